import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { IpcMainInvokeEvent } from 'electron';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallInput, CallName } from '../../shared/ipc.ts';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { allowAtOnce } from '../../simulator/testing.ts';
import { systemClock } from '../clock.ts';
import { AppFailure } from '../failure.ts';
import { createSaveExport } from '../files/export-file.ts';
import { checkedHosts } from '../genesys/hosts.ts';
import { createMemoryStore } from '../secrets/memory.ts';
import { openConnectionsFile } from '../session/connections-file.ts';
import { createSession } from '../session/session.ts';
import { createKeptRecords } from '../triage/kept-records.ts';
import { Triage } from '../triage/triage.ts';
import type { Handlers } from '../consent/calls.ts';
import { createConsent } from '../consent/consent.ts';
import { listen } from './router.ts';
import { sessionCalls } from './session-calls.ts';
import { triageCalls } from './triage-calls.ts';
import { createRandom } from '../hardening/scale.ts';

/** Chance, the same each time. One for the file: what it names is named once. */
const random = createRandom(1);

let simulator: Simulator;
let folder: string;
beforeAll(async () => {
  simulator = await startSimulator({ users: 60, limit: 100_000 });
  folder = await mkdtemp(join(tmpdir(), 'answers-'));
});
afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true });
});

/** The session and the triage behind the real router, and everything that leaves it: answers, events, log. */
async function open() {
  const sent: unknown[] = [];
  const hosts = { apiBase: simulator.api, loginBase: simulator.login };
  const { file } = await openConnectionsFile(join(folder, 'connections.json'), () => Date.now());
  const shared = {
    clock: systemClock,
    random,
    fetch: globalThis.fetch,
    readClipboard: () => Promise.resolve(''),
  };
  const session = createSession({
    ...shared,
    newId: () => crypto.randomUUID(),
    startDemo: () => Promise.reject(new Error('no demo here')),
    openBrowser: allow,
    browserLimitMs: 10_000,
    hostOverride: hosts,
    lookUp: () => Promise.resolve([]),
    keychain: createMemoryStore(),
    memory: createMemoryStore(),
    connectionsFile: file,
    rateShare: () => 0.9,
  });
  session.onChange((state) => sent.push(state));
  session.onConnectionsChange((connections) => sent.push(connections));
  const triage = new Triage({
    ...shared,
    hostsOf: () => Promise.resolve(checkedHosts({ ...hosts, allowLoopbackHttp: true })),
    isOwnToken: (token) => session.usesToken(token),
  });
  const handlers = {
    ...sessionCalls({
      writeClipboard: () => Promise.resolve(),
      session,
      loginPages: {
        waiting: () => null,
        forget: () => undefined,
        open: allow,
        openAgain: () => Promise.resolve(),
        address: () => '',
      },
      localAllowed: true,
      forget: () => Promise.resolve(),
    }),
    ...triageCalls({
      triage,
      records: createKeptRecords(() => folder),
      saveExport: createSaveExport((name) => Promise.resolve(join(folder, name))),
      now: () => Date.now(),
    }),
  } as Handlers;
  const channels = new Map<string, (event: IpcMainInvokeEvent, input: unknown) => unknown>();
  listen(handlers, {
    ipcMain: { handle: (name, handler) => channels.set(name, handler) },
    isTrusted: () => true,
    consent: createConsent({
      show: (dialog) => Promise.resolve(sent.push(dialog) > 0),
      clock: systemClock,
      record: (decision) => sent.push(decision),
    }),
    toAppError: (error) => (error instanceof AppFailure ? error.error : null),
    log: { error: (...line) => sent.push(line), warn: (...line) => sent.push(line) },
  });
  const call = async <K extends CallName>(name: K, input: CallInput<K>): Promise<unknown> => {
    const answer = await channels.get(name)?.({} as IpcMainInvokeEvent, input);
    sent.push(answer);
    return answer;
  };
  return { call, sent, triage };
}

const allow = (address: string): Promise<void> => allowAtOnce(simulator, address);

it('nothing that main sends to the window or to the log holds a secret, whatever goes well or wrong', async () => {
  const { call, sent } = await open();
  const region = { kind: 'genesys', id: 'eu-central-1' } as const;
  const typed = (value: string) => ({ from: 'typed', value }) as const;
  const leaked = simulator.issueToken(simulator.org.user(2).id);
  const wrong = 'a-wrong-secret-4711';
  const client = (clientSecret: string) =>
    ({
      method: 'client-credentials',
      region,
      clientId: simulator.clientId,
      clientSecret: typed(clientSecret),
      label: '',
      remember: true,
    }) as const;
  const token = (value: string) =>
    ({ method: 'access-token', region, token: typed(value), label: '', remember: true }) as const;

  await call('connections.signIn', client(wrong));
  await call('connections.signIn', client(`${wrong} with white space`));
  await call('connections.signIn', client(simulator.clientSecret));
  await call('connections.signIn', token('x'.repeat(86)));
  await call('connections.signIn', token(simulator.token));
  await call('connections.signIn', { ...token(simulator.token), unknown: simulator.token } as never);
  await call('connections.signIn', {
    method: 'pkce',
    region,
    clientId: simulator.clients.pkce.id,
    promptLogin: true,
    sso: null,
    label: 'By browser',
    remember: true,
  });
  await call('token.refresh', { whole: true });
  await call('token.verify', null);
  await call('connections.keepSecret', null);
  simulator.addFaults({ kind: 'malformed', route: 'GET /api/v2/tokens/me' });
  await call('token.refresh', { whole: true });
  await call('triage.find', typed(`Authorization: Bearer ${leaked}`));
  const ask = { tokenId: '1-1', regions: [region], agreedHosts: ['api.mypurecloud.de'] };
  await call('triage.ask', { ...ask, agreedHosts: [] });
  await call('triage.ask', ask);
  await call('triage.saveRecord', { text: `with the token ${leaked}` });
  await call('triage.revoke', { tokenId: '1-1' });
  await call('triage.close', null);
  await call('triage.revoke', { tokenId: '1-1' });
  await call('token.revoke', null);
  await call('connections.signOut', null);

  const kinds = sent.map((one) => (one as { ok?: boolean }).ok);
  expect(kinds.filter((ok) => ok === true).length).toBeGreaterThan(8);
  expect(kinds.filter((ok) => ok === false).length).toBeGreaterThan(5);
  const everything = `${JSON.stringify(sent)}${inspect(sent, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null })}`;
  // The search would find something: what the window may know is there.
  expect(everything).toContain(simulator.userId);
  for (const secret of [wrong, simulator.clientSecret, simulator.token, leaked]) {
    expect(everything).not.toContain(secret);
  }
  // The tokens that main fetched itself are known to nobody here, but nothing else is as long without a break.
  expect(everything.match(/[\w-]{80,}/g) ?? []).toEqual([]);
});
