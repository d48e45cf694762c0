import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SignInRequest } from '../../shared/connection.ts';
import type { Fault } from '../../simulator/faults.ts';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { allowAtOnce } from '../../simulator/testing.ts';
import type { Clock } from '../clock.ts';
import { AppFailure } from '../failure.ts';
import { MAX_ATTEMPTS } from '../retry-policy.ts';
import { createMemoryStore } from '../secrets/memory.ts';
import type { SecretStore, SecretsUnavailable } from '../secrets/store.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { openConnectionsFile } from './connections-file.ts';
import { createSession, type Session, type SessionDeps } from './session.ts';

const run = new AbortController().signal;
const LOCKED: SecretsUnavailable = { kind: 'unavailable', reason: 'locked', message: 'locked' };

let simulator: Simulator;
let otherOrg: Simulator;
let folder: string;
beforeAll(async () => {
  simulator = await startSimulator({ users: 60, limit: 100_000 });
  otherOrg = await startSimulator({ users: 60, limit: 100_000, seed: 99 });
});
afterAll(() => Promise.all([simulator.close(), otherOrg.close()]));
beforeEach(async () => {
  simulator.reset();
  folder = await mkdtemp(join(tmpdir(), 'session-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Short waits, as those of the gate, pass at once; long ones, as until a renewal, pass when the test says so. */
function testClock() {
  const manual = createManualClock();
  const clock: Clock = {
    ...manual,
    sleep: (ms, signal) => (ms < 10_000 ? manual.advance(ms) : manual.sleep(ms, signal)),
  };
  return { clock, manual };
}

/** A keychain that can be made to fail, or to wait. */
function testKeychain() {
  const store = createMemoryStore();
  let failing: SecretsUnavailable | null = null;
  let held: Promise<void> = Promise.resolve();
  let set = 0;
  const keychain: SecretStore = {
    get: (key) => (failing ? Promise.resolve(failing) : store.get(key)),
    set: async (key, secret) => {
      set += 1;
      await held;
      return failing ?? store.set(key, secret);
    },
    delete: (key) => (failing ? Promise.resolve(failing) : store.delete(key)),
    state: () => Promise.resolve(failing ?? { kind: 'ready' }),
  };
  return {
    keychain,
    store,
    fail: (how: SecretsUnavailable | null) => {
      failing = how;
    },
    hold: () => {
      let release = (): void => undefined;
      held = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
    get sets() {
      return set;
    },
  };
}

async function open(more: Partial<SessionDeps> = {}) {
  const { clock, manual } = testClock();
  const chain = testKeychain();
  const path = join(folder, 'connections.json');
  const { file } = await openConnectionsFile(path, () => clock.now());
  let ids = 0;
  const session = createSession({
    clock,
    random: () => 0,
    newId: () => `c${(ids += 1)}`,
    fetch: globalThis.fetch,
    startDemo: () =>
      Promise.resolve({
        apiBase: simulator.api,
        loginBase: simulator.login,
        token: simulator.issueToken(simulator.userId),
        expiresInSeconds: 86_400,
      }),
    readClipboard: () => Promise.resolve(''),
    openBrowser: () => Promise.reject(new Error('no browser here')),
    browserLimitMs: 120_000,
    hostOverride: { apiBase: simulator.api, loginBase: simulator.login },
    lookUp: () => Promise.resolve([]),
    keychain: chain.keychain,
    memory: createMemoryStore(),
    connectionsFile: file,
    rateShare: () => 0.9,
    ...more,
  });
  return { session, manual, chain, saved: () => readFile(path, 'utf8').catch(() => null) };
}

const region = { kind: 'genesys', id: 'eu-central-1' } as const;
const byClient = (more: { secret?: string; remember?: boolean; label?: string } = {}): SignInRequest => ({
  method: 'client-credentials',
  region,
  clientId: simulator.clientId,
  clientSecret: { from: 'typed', value: more.secret ?? simulator.clientSecret },
  label: more.label ?? 'Production',
  remember: more.remember ?? true,
});
const byToken = (value = simulator.token, remember = true): SignInRequest => ({
  method: 'access-token',
  region,
  token: { from: 'typed', value },
  label: '',
  remember,
});

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no failure',
    (error: unknown) => (error instanceof AppFailure ? error.error.code : String(error)),
  );

const signedIn = (session: Session) => {
  const state = session.state();
  if (state.kind !== 'signed-in') throw new Error(`Expected signed-in, found ${state.kind}.`);
  return state;
};

describe('signing in', () => {
  it('to the demo organisation needs no secret, and finds the same connection again', async () => {
    const { session, chain } = await open();
    await session.signIn({ method: 'demo' });
    expect(signedIn(session)).toMatchObject({
      connection: { id: 'demo', method: 'demo', region: { kind: 'demo' }, label: simulator.org.name },
      secretPlace: 'none',
      token: { user: { id: simulator.userId }, permissions: { 'oauth:token:delete': 'held' } },
    });
    await session.signIn({ method: 'demo' });
    expect(session.connections()).toHaveLength(1);
    expect(chain.sets).toBe(0);
  });

  it('by client credentials says whose token it is and keeps the client secret, and no secret is in the file or the state', async () => {
    const { session, chain, saved, manual } = await open();
    const states: string[] = [];
    session.onChange(({ kind }) => states.push(kind));
    await session.signIn(byClient());
    const state = signedIn(session);
    expect(state).toMatchObject({
      secretPlace: 'keychain',
      connection: { id: 'c1', label: 'Production', clientId: simulator.clientId, region },
      token: { user: null, allPermissions: null, client: { grant: 'CLIENT-CREDENTIALS', builtIn: false } },
    });
    expect(state.token.expiresAt).not.toBeNull();
    expect(Date.parse(state.token.expiresAt!)).toBeGreaterThan(manual.now());
    expect(states).toEqual(['signed-in']);
    expect((await chain.store.get({ connectionId: 'c1', kind: 'client-secret' })).kind).toBe('found');
    expect((await chain.store.get({ connectionId: 'c1', kind: 'access-token' })).kind).toBe('absent');
    const visible = `${await saved()} ${JSON.stringify(state)} ${inspect(session.api(), { depth: 5 })}`;
    expect(visible).not.toContain(simulator.clientSecret);
    expect(session.api()?.operator).toEqual({ userId: null, name: 'Token administration' });
  });

  it('asks who it is before anything is kept', async () => {
    const { session, chain, saved } = await open();
    simulator.addFaults({ kind: 'status', status: 403, route: 'GET /api/v2/users/me' });
    expect(await codeOf(session.signIn(byToken()))).toBe('forbidden');
    const routes = simulator.ledger().requests.map(({ route }) => route);
    expect(routes).toEqual(['GET /api/v2/tokens/me', 'GET /api/v2/users/me']);
    expect([chain.sets, session.connections(), await saved(), session.state().kind]).toEqual([
      0,
      [],
      null,
      'signed-out',
    ]);
  });

  it('takes a token from the clipboard, with or without its header', async () => {
    const { session } = await open({
      readClipboard: () => Promise.resolve(`Authorization: Bearer ${simulator.token}\n`),
    });
    await session.signIn({ ...byToken(), token: { from: 'clipboard' } } as SignInRequest);
    expect(signedIn(session)).toMatchObject({
      connection: { method: 'access-token', clientId: null, label: simulator.org.name },
      token: { user: { id: simulator.userId }, expiresAt: null },
      secretPlace: 'keychain',
    });
    expect(session.api()?.operator.userId).toBe(simulator.userId);
  });

  it.each([
    ['', 'empty'],
    ['  Bearer   ', 'empty'],
    ['two words', 'white space'],
    ['tökén', 'ASCII'],
    ['x'.repeat(4097), 'longer'],
    ['a\u0000b', 'ASCII'],
  ])('refuses %j as a token before anything is sent, without quoting it', async (value, word) => {
    const { session } = await open();
    const error: unknown = await session.signIn(byToken(value)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ error: { code: 'invalid-input' } });
    expect((error as AppFailure).error.message).toContain(word);
    if (value.length > 5) expect((error as AppFailure).error.message).not.toContain(value.trim());
    expect(simulator.ledger().requests).toEqual([]);
  });

  it.each<[string, () => SignInRequest, string]>([
    ['a wrong secret', () => byClient({ secret: 'wrong' }), 'wrong-credentials'],
    ['a dead token', () => byToken('dead'), 'wrong-credentials'],
    [
      'an unknown region',
      () => ({ ...byToken(), region: { kind: 'demo' } }) as SignInRequest,
      'invalid-input',
    ],
    [
      'a client id with a colon',
      () => ({ ...byClient(), clientId: 'a:b' }) as SignInRequest,
      'invalid-input',
    ],
  ])('with %s leaves the earlier session as it was', async (_what, request, code) => {
    const noOverride = _what === 'an unknown region' ? { hostOverride: null } : {};
    const { session, chain } = await open(noOverride);
    await session.signIn({ method: 'demo' });
    const before = session.state();
    expect(await codeOf(session.signIn(request()))).toBe(code);
    expect(session.state()).toEqual(before);
    expect(session.connections()).toHaveLength(1);
    expect(chain.sets).toBe(0);
    expect((await session.verify()).valid).toBe(true);
  });

  it('sends nothing to a custom host whose name leads to this computer, by whatever grant', async () => {
    const custom = {
      kind: 'custom',
      apiBase: 'https://api.attacker.example',
      loginBase: 'https://login.attacker.example',
    } as const;
    let sent = 0;
    const { session } = await open({
      hostOverride: null,
      lookUp: (name) => Promise.resolve([name.startsWith('api.') ? '127.0.0.1' : '8.8.8.8']),
      fetch: () => Promise.reject(new Error(`sent ${(sent += 1)}`)),
      openBrowser: () => Promise.reject(new Error(`sent ${(sent += 1)}`)),
    });
    const byBrowser = {
      method: 'pkce',
      clientId: 'a-client',
      promptLogin: false,
      sso: null,
      label: '',
      remember: false,
    } as const;
    for (const request of [byToken(), byClient(), byBrowser])
      expect(await codeOf(session.signIn({ ...request, region: custom } as SignInRequest))).toBe(
        'invalid-input',
      );
    expect(sent).toBe(0);
  });

  it('says when the demo organisation does not start', async () => {
    const { session } = await open({ startDemo: () => Promise.reject(new Error('no port')) });
    expect(await codeOf(session.signIn({ method: 'demo' }))).toBe('demo-failed');
  });

  it('the same way to the same org is the same connection, with the new label', async () => {
    const { session } = await open();
    await session.signIn(byClient());
    await session.signIn(byClient({ label: 'Renamed' }));
    expect(session.connections().map(({ id, label }) => [id, label])).toEqual([['c1', 'Renamed']]);
    await session.signIn(byToken());
    expect(session.connections().map(({ id }) => id)).toEqual(['c1', 'c2']);
  });

  it('gives the gate the limit of the org and the share of the settings', async () => {
    let share = 0.9;
    const { session } = await open({ rateShare: () => share });
    await session.signIn({ method: 'demo' });
    const { pacer } = session.api()!;
    expect(pacer.pacePerMinute).toBeCloseTo(pacer.limitPerMinute * 0.9);
    share = 0.5;
    session.applyRateShare();
    expect(pacer.pacePerMinute).toBeCloseTo(pacer.limitPerMinute * 0.5);
  });
});

describe('secrets', () => {
  it('stay in memory when they are not to be remembered, and are gone with the program', async () => {
    const { session, chain } = await open();
    await session.signIn(byClient({ remember: false }));
    expect(signedIn(session).secretPlace).toBe('memory');
    expect(chain.sets).toBe(0);
    await session.signOut();
    await session.switchTo('c1');
    expect(signedIn(session).secretPlace).toBe('memory');
    const next = await open();
    expect(next.session.connections()).toHaveLength(1);
    expect(await codeOf(next.session.switchTo('c1'))).toBe('signed-out');
  });

  it('stay in memory when the keychain does not work', async () => {
    const { session, chain } = await open();
    chain.fail(LOCKED);
    await session.signIn(byClient());
    expect(signedIn(session).secretPlace).toBe('memory');
  });

  it('come back from the keychain', async () => {
    const { session, chain } = await open();
    await session.signIn(byClient());
    const next = await open({ keychain: chain.keychain });
    await next.session.switchTo('c1');
    expect(signedIn(next.session)).toMatchObject({ secretPlace: 'keychain', connection: { id: 'c1' } });
    chain.fail(LOCKED);
    const third = await open({ keychain: chain.keychain });
    expect(await codeOf(third.session.switchTo('c1'))).toBe('keychain-locked');
    expect(await codeOf(third.session.switchTo('nobody'))).toBe('no-such-item');
  });

  it('that lead to another org now are not used', async () => {
    const { session, chain } = await open();
    await session.signIn({ ...byToken(), token: { from: 'typed', value: simulator.token } } as SignInRequest);
    const next = await open({
      keychain: chain.keychain,
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('authorization', `Bearer ${otherOrg.token}`);
        const url = new Request(input).url.replace(simulator.api, otherOrg.api);
        return fetch(url, { ...init, headers });
      },
    });
    expect(await codeOf(next.session.switchTo('c1'))).toBe('other-organization');
    expect(next.session.state().kind).toBe('signed-out');
  });
});

describe('ending', () => {
  it('by signing out forgets a pasted token, and keeps a client secret as the way back', async () => {
    const { session, chain } = await open();
    await session.signIn(byToken());
    expect(await session.signOut()).toEqual({ kind: 'signed-out' });
    expect((await chain.store.get({ connectionId: 'c1', kind: 'access-token' })).kind).toBe('absent');
    expect([session.api(), session.connections().length]).toEqual([null, 1]);
    expect(() => session.client()).toThrow(AppFailure);
    await session.signIn(byClient());
    await session.signOut();
    await session.switchTo('c2');
    expect(session.state().kind).toBe('signed-in');
  });

  it('by revoking ends the token at Genesys Cloud first', async () => {
    const { session } = await open();
    await session.signIn(byToken());
    simulator.addFaults({ kind: 'status', status: 503, route: 'DELETE /api/v2/tokens/me' });
    expect(await codeOf(session.revokeCurrent())).toBe('server-failed');
    expect(session.state().kind).toBe('signed-in');
    expect(await session.revokeCurrent()).toEqual({ kind: 'signed-out' });
    expect(await codeOf(session.signIn(byToken()))).toBe('wrong-credentials');
    expect(await codeOf(session.switchTo('c1'))).toBe('signed-out');
    expect(await codeOf(session.revokeCurrent())).toBe('signed-out');
  });

  it('by removing deletes connection and secrets, and signs out of it', async () => {
    const { session, chain, saved } = await open();
    const lists: number[] = [];
    session.onConnectionsChange((list) => lists.push(list.length));
    await session.signIn(byClient());
    chain.fail(LOCKED);
    expect(await codeOf(session.remove('c1'))).toBe('keychain-locked');
    expect([session.connections().length, session.state().kind]).toEqual([1, 'signed-in']);
    chain.fail(null);
    expect(await session.remove('c1')).toEqual([]);
    expect(session.state().kind).toBe('signed-out');
    expect((await chain.store.get({ connectionId: 'c1', kind: 'client-secret' })).kind).toBe('absent');
    expect(JSON.parse((await saved())!)).toEqual({ version: 1, connections: [] });
    expect(lists).toEqual([1, 0]);
    expect(await codeOf(session.remove('c1'))).toBe('no-such-item');
  });

  it('where keytar is missing, removing is possible all the same', async () => {
    const { session, chain } = await open();
    chain.fail({ kind: 'unavailable', reason: 'missing', message: 'no keytar' });
    await session.signIn(byToken());
    expect(await session.remove('c1')).toEqual([]);
  });

  it('renaming reaches the session and the file', async () => {
    const { session, saved } = await open();
    await session.signIn(byClient());
    await session.rename('c1', 'New name');
    expect(signedIn(session).connection.label).toBe('New name');
    expect(session.api()?.connection.label).toBe('New name');
    expect(await saved()).toContain('New name');
    expect(await codeOf(session.rename('c9', 'x'))).toBe('no-such-item');
  });
});

describe('removing with the token', () => {
  const isAlive = async (token: string): Promise<boolean> =>
    (await fetch(`${simulator.api}/api/v2/tokens/me`, { headers: { authorization: `Bearer ${token}` } })).ok;

  it('ends the one in use, and one that is only kept', async () => {
    const { session } = await open();
    const kept = simulator.issueToken(simulator.userId);
    await session.signIn(byToken(kept));
    await session.signIn(byClient());
    expect(await session.remove('c1', { revokeToken: true })).toHaveLength(1);
    expect([await isAlive(kept), session.state().kind]).toEqual([false, 'signed-in']);
    await session.remove('c2', { revokeToken: true });
    expect(session.state().kind).toBe('signed-out');
    expect(simulator.ledger().counts['DELETE /api/v2/tokens/me']).toEqual({ 200: 2 });
  });

  it('removes nothing while the token may still be valid', async () => {
    const { session, chain } = await open();
    await session.signIn(byToken());
    await session.signOut();
    await session.signIn(byToken());
    await session.signIn(byClient());
    simulator.addFaults({ kind: 'status', status: 503, route: 'DELETE /api/v2/tokens/me' });
    expect(await codeOf(session.remove('c1', { revokeToken: true }))).toBe('server-failed');
    expect(session.connections()).toHaveLength(2);
    expect((await chain.store.get({ connectionId: 'c1', kind: 'access-token' })).kind).toBe('found');
    expect(await session.remove('c1', { revokeToken: true })).toHaveLength(1);
  });

  it('does not mind a token that is no longer kept', async () => {
    const { session } = await open();
    await session.signIn(byToken());
    await session.signOut();
    expect(await session.remove('c1', { revokeToken: true })).toEqual([]);
  });
});

describe('a secret that the keychain does not take', () => {
  it('is kept for this session, with the reason, and put there when that works again', async () => {
    const { session, chain } = await open();
    chain.fail(LOCKED);
    await session.signIn(byClient());
    expect(signedIn(session)).toMatchObject({ secretPlace: 'memory', notKept: { code: 'keychain-locked' } });
    expect(await session.keepSecret()).toMatchObject({
      secretPlace: 'memory',
      notKept: { code: 'keychain-locked' },
    });
    chain.fail(null);
    await session.keepSecret();
    expect(signedIn(session).secretPlace).toBe('keychain');
    expect(signedIn(session).notKept).toBeUndefined();
    expect((await chain.store.get({ connectionId: 'c1', kind: 'client-secret' })).kind).toBe('found');
  });

  it('has no reason to give when it was not meant to be remembered', async () => {
    const { session, chain } = await open();
    chain.fail(LOCKED);
    await session.signIn(byClient({ remember: false }));
    expect(signedIn(session).secretPlace).toBe('memory');
    expect(signedIn(session).notKept).toBeUndefined();
  });

  it('is not put there when it was not meant to be remembered, whatever the window asks for', async () => {
    const { session, chain } = await open();
    await session.signIn(byClient({ remember: false }));
    await session.keepSecret();
    expect(signedIn(session).secretPlace).toBe('memory');
    expect(chain.sets).toBe(0);
  });
});

describe('by way of the browser', () => {
  const byBrowser: SignInRequest = {
    method: 'pkce',
    region,
    get clientId() {
      return simulator.clients.pkce.id;
    },
    promptLogin: false,
    sso: null,
    label: '',
    remember: true,
  };
  const allow = (address: string): Promise<void> => allowAtOnce(simulator, address);

  it('keeps the token and when it expires, also after coming back', async () => {
    const { session, chain, saved } = await open({ openBrowser: allow });
    await session.signIn(byBrowser);
    const { token, connection } = signedIn(session);
    expect(connection).toMatchObject({ method: 'pkce', clientId: simulator.clients.pkce.id });
    expect(token.user?.id).toBe(simulator.userId);
    expect(connection.tokenExpiresAt).toBe(token.expiresAt);
    expect(await saved()).toContain(token.expiresAt);
    const next = await open({ keychain: chain.keychain });
    await next.session.switchTo('c1');
    expect(signedIn(next.session).token.expiresAt).toBe(token.expiresAt);
  });

  it('is cancelled by the person, and the session before stays', async () => {
    let opened = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      opened = resolve;
    });
    const { session } = await open({
      openBrowser: () => {
        opened();
        return Promise.resolve();
      },
    });
    await session.signIn(byToken());
    const signingIn = codeOf(session.signIn(byBrowser));
    await waiting;
    session.cancelSignIn();
    expect(await signingIn).toBe('cancelled');
    expect(signedIn(session).connection.method).toBe('access-token');
    expect((await session.verify()).valid).toBe(true);
  });
});

it('ends when its token acts in another org all of a sudden', async () => {
  let elsewhere = false;
  const { session } = await open({
    fetch: (input, init) => {
      if (!elsewhere) return fetch(input, init);
      const headers = new Headers(init?.headers);
      headers.set('authorization', `Bearer ${otherOrg.token}`);
      return fetch(new Request(input).url.replace(simulator.api, otherOrg.api), { ...init, headers });
    },
  });
  await session.signIn(byToken());
  elsewhere = true;
  expect(await codeOf(session.refresh())).toBe('other-organization');
  expect([session.state().kind, session.api()]).toEqual(['expired', null]);
});

describe('a dead token', () => {
  it('expires the session once, keeps the connection, and signing in again goes on with it', async () => {
    const { session } = await open();
    await session.signIn(byToken());
    const states: string[] = [];
    session.onChange(({ kind }) => states.push(kind));
    simulator.addFaults({ kind: 'expire-token', afterCalls: 0, route: 'GET /api/v2/tokens/me' });
    const user = simulator.org.user(9).id;
    const api = session.api()!;
    expect(await codeOf(session.refresh())).toBe('signed-out');
    expect(await api.revokeUserTokens(user, run)).toMatchObject({ kind: 'signed-out' });
    expect(session.state()).toMatchObject({ kind: 'expired', connection: { id: 'c1' } });
    expect(states).toEqual(['expired']);
    expect(session.api()).toBeNull();
    await session.signIn(byToken(simulator.issueToken(simulator.userId)));
    expect(signedIn(session).connection.id).toBe('c1');
  });

  it('of client credentials is replaced before it expires, and no one notices', async () => {
    const { session, manual } = await open();
    await session.signIn(byClient());
    const before = signedIn(session).token.expiresAt!;
    const logins = () => simulator.ledger().counts['POST /oauth/token']?.['200'];
    expect(logins()).toBe(1);
    const renewed = new Promise<void>((resolve) => {
      session.onChange(() => resolve());
    });
    await manual.advance((86_400 - 300) * 1000);
    await renewed;
    expect(logins()).toBe(2);
    expect(Date.parse(signedIn(session).token.expiresAt!)).toBeGreaterThan(Date.parse(before));
    expect((await session.verify()).valid).toBe(true);
    await session.signOut();
    expect(manual.sleeping).toBe(0);
  });

  it('of client credentials is replaced after a 401: once for all who noticed', async () => {
    const { session } = await open();
    await session.signIn(byClient());
    simulator.addFaults({ kind: 'expire-token', afterCalls: 0, route: 'DELETE /api/v2/tokens/:userId' });
    const api = session.api()!;
    const ids = [1, 2, 3, 4].map((index) => simulator.org.user(index + 10).id);
    const answers = await Promise.all(ids.map((id) => api.revokeUserTokens(id, run)));
    for (const { kind } of answers) expect(['unclear', 'revoked']).toContain(kind);
    expect(answers.some(({ kind, status }) => kind === 'unclear' && status === 401)).toBe(true);
    expect(simulator.ledger().counts['POST /oauth/token']?.['200']).toBe(2);
    expect(await api.revokeUserTokens(ids[0]!, run)).toMatchObject({ kind: 'revoked' });
    expect(session.state().kind).toBe('signed-in');
  });

  it('of client credentials that cannot be replaced expires the session, and is not asked for again and again', async () => {
    const { session } = await open();
    await session.signIn(byClient());
    simulator.addFaults(
      { kind: 'expire-token', afterCalls: 0, route: 'GET /api/v2/tokens/me' },
      { kind: 'status', status: 401, route: 'POST /oauth/token', count: 100 },
    );
    expect(await codeOf(session.refresh())).toBe('signed-out');
    expect(session.state().kind).toBe('expired');
    expect(simulator.ledger().counts['POST /oauth/token']).toEqual({ 200: 1, 401: 1 });
  });

  it.each<[string, Partial<Fault>]>([
    ['does not answer', { kind: 'reset' }],
    ['fails', { kind: 'status', status: 503 }],
    ['has had too many logins', { kind: 'status', status: 429 }],
  ])(
    'of client credentials is replaced later where the login host %s, and nobody is signed out',
    async (_what, fault) => {
      const { session } = await open();
      await session.signIn(byClient());
      const api = session.api()!;
      simulator.addFaults({ kind: 'expire-token', afterCalls: 0, route: 'DELETE /api/v2/tokens/:userId' }, {
        ...fault,
        route: 'POST /oauth/token',
        count: 1,
      } as Fault);
      const user = simulator.org.user(11).id;
      // The 401 says that nothing was done.
      expect(await api.revokeUserTokens(user, run)).toMatchObject({ kind: 'unclear', sent: 'no' });
      expect(session.state().kind).toBe('signed-in');
      expect(await api.revokeUserTokens(user, run)).toMatchObject({ kind: 'unclear', status: 401 });
      expect(await api.revokeUserTokens(user, run)).toMatchObject({ kind: 'revoked' });
      expect(session.state().kind).toBe('signed-in');
    },
  );

  it('of client credentials whose login host is down for long says so, and goes on when it is up again', async () => {
    const { session } = await open();
    await session.signIn(byClient());
    simulator.addFaults(
      { kind: 'expire-token', afterCalls: 0, route: 'GET /api/v2/tokens/me' },
      { kind: 'status', status: 503, route: 'POST /oauth/token', count: MAX_ATTEMPTS },
    );
    expect(await codeOf(session.refresh())).toBe('server-failed');
    expect(session.state().kind).toBe('signed-in');
    expect(await codeOf(session.refresh())).toBe('no failure');
  });

  it('of a client whose every new token is refused ends after one more', async () => {
    const { session } = await open();
    await session.signIn(byClient());
    simulator.addFaults({ kind: 'status', status: 401, route: 'GET /api/v2/tokens/me', count: 100 });
    expect(await codeOf(session.refresh())).toBe('signed-out');
    expect(session.state().kind).toBe('expired');
    expect(simulator.ledger().counts['POST /oauth/token']).toEqual({ 200: 2 });
  });
});

describe('changes at once', () => {
  it('of two sign-ins the last wins, and the first leaves nothing', async () => {
    const { session, chain } = await open();
    const first = codeOf(session.signIn(byClient()));
    const second = session.signIn(byToken());
    expect(await first).toBe('cancelled');
    await second;
    expect(signedIn(session).connection.method).toBe('access-token');
    expect(session.connections().map(({ method }) => method)).toEqual(['access-token']);
    expect(chain.sets).toBe(1);
  });

  it('signing out while a secret is being kept undoes it', async () => {
    const { session, chain } = await open();
    const release = chain.hold();
    const signingIn = codeOf(session.signIn(byClient()));
    while (chain.sets === 0) await new Promise((resolve) => setImmediate(resolve));
    await session.signOut();
    release();
    expect(await signingIn).toBe('cancelled');
    expect([session.state().kind, session.connections()]).toEqual(['signed-out', []]);
    expect((await chain.store.get({ connectionId: 'c1', kind: 'client-secret' })).kind).toBe('absent');
  });

  it('a connection removed while it is signed in to is not brought back', async () => {
    const { session, manual } = await open();
    await session.signIn(byClient());
    await session.signOut();
    const switching = codeOf(session.switchTo('c1'));
    await session.remove('c1');
    expect(await switching).toMatch(/no-such-item|signed-out/);
    expect([session.state().kind, session.connections()]).toEqual(['signed-out', []]);
    expect(manual.sleeping).toBe(0);
  });

  it('many of them end in one state, that of the last', async () => {
    const { session } = await open();
    const attempts = Array.from({ length: 8 }, (_, index) =>
      codeOf(session.signIn(index % 2 ? byToken() : byClient())),
    );
    const codes = await Promise.all(attempts);
    expect(codes.filter((code) => code === 'no failure')).toHaveLength(1);
    expect(codes.at(-1)).toBe('no failure');
    expect(signedIn(session).connection.method).toBe('access-token');
    expect(session.connections()).toHaveLength(1);
  });
});
