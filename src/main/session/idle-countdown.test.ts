import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../../simulator/index.ts';
import { AppFailure } from '../failure.ts';
import { createMemoryStore } from '../secrets/memory.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { openConnectionsFile } from './connections-file.ts';
import { createSession } from './session.ts';

const MINUTE = 60_000;
const ROUTE = 'GET /api/v2/tokens/me';

/** Signed in with a pasted token of an org whose tokens idle out after ten minutes; one clock for both sides. */
async function open() {
  const clock = createManualClock();
  const simulator = await startSimulator(
    { users: 60, limit: 100_000, idleTimeoutSeconds: 600 },
    { now: () => clock.now() },
  );
  const folder = await mkdtemp(join(tmpdir(), 'idle-'));
  onTestFinished(async () => {
    await simulator.close();
    await rm(folder, { recursive: true });
  });
  const { file } = await openConnectionsFile(join(folder, 'connections.json'), () => clock.now());
  const session = createSession({
    // The gate's short waits pass at once, and take no time: the countdown is what is measured.
    clock: {
      ...clock,
      sleep: (ms, signal) => (ms < 10_000 ? Promise.resolve() : clock.sleep(ms, signal)),
      monotonic,
    },
    random: () => 0,
    newId: () => 'c1',
    fetch: globalThis.fetch,
    startDemo: () => Promise.reject(new Error('no demo here')),
    readClipboard: () => Promise.resolve(''),
    openBrowser: () => Promise.reject(new Error('no browser here')),
    browserLimitMs: 1,
    hostOverride: { apiBase: simulator.api, loginBase: simulator.login },
    lookUp: () => Promise.resolve([]),
    keychain: createMemoryStore(),
    memory: createMemoryStore(),
    connectionsFile: file,
    rateShare: () => 0.9,
  });
  const state = await session.signIn({
    method: 'access-token',
    region: { kind: 'genesys', id: 'eu-central-1' },
    token: { from: 'typed', value: simulator.token },
    label: '',
    remember: false,
  });
  const paths = (): readonly string[] => simulator.ledger().requests.map(({ route }) => route);
  const before = paths().length;
  return { clock, session, state, since: () => paths().slice(before), start: clock.now() };
}

let ticks = 0;
/** Far enough apart for the gate, whatever the wall clock does. */
const monotonic = (): number => (ticks += 1_000);

it('looking again, as often as it may be, does not keep the token alive', async () => {
  const { clock, session, state, since, start } = await open();
  const idlesAt = new Date(start + 10 * MINUTE).toISOString();
  expect(state).toMatchObject({ kind: 'signed-in', token: { idlesAt, user: { name: 'Ines Albrecht' } } });
  for (let minute = 1; minute < 10; minute += 1) {
    await clock.advance(MINUTE);
    expect(await session.refresh()).toMatchObject({
      idlesAt,
      readAt: new Date(clock.now()).toISOString(),
      user: { name: 'Ines Albrecht' },
      permissions: { 'oauth:token:delete': 'held' },
    });
  }
  expect(new Set(since())).toEqual(new Set([ROUTE]));
  await clock.advance(MINUTE);
  await expect(session.refresh()).rejects.toThrow(AppFailure);
  expect(session.state().kind).toBe('expired');
});

it('a check keeps it alive, and so does asking for everything: the countdown begins anew', async () => {
  const { clock, session, start } = await open();
  await clock.advance(9 * MINUTE);
  expect(await session.verify()).toMatchObject({ valid: true });
  expect((await session.refresh()).idlesAt).toBe(new Date(start + 19 * MINUTE).toISOString());
  await clock.advance(9 * MINUTE);
  await session.refresh(true);
  expect((await session.refresh()).idlesAt).toBe(new Date(start + 28 * MINUTE).toISOString());
});
