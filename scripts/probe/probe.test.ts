import { afterEach, describe, expect, it } from 'vitest';
import { wrongOnPurpose } from '../../contract/judge/tests.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/index.ts';
import { createCaller, plainWord } from './caller.ts';
import { putTimeoutAsIs } from './changes.ts';
import { table, type Finding } from './finding.ts';
import { probe, type Credentials, type ProbeOptions } from './probe.ts';

/** One more than the API takes: whether it is refused is what the probe asks. */
const ASKED_WRONG = [
  'GET /api/v2/users: parameter id has too many values',
  'POST /api/v2/users/search: pageSize is not from 1 to 100',
  'POST /api/v2/users/search: query[].values has too many values',
].map((kind) => `asked wrong: ${kind}`);

let simulator: Simulator;
afterEach(() => simulator.close());

/** Time passes by waiting only. */
function manualTime() {
  let now = Date.now();
  return {
    now: () => now,
    wait: (ms: number) => {
      now += ms;
      return Promise.resolve();
    },
  };
}

async function ask(
  options: SimulatorOptions,
  holder: 'user' | 'client',
  changes: Partial<Pick<ProbeOptions, 'timeoutAsIs' | 'revokeOwn' | 'agree'>> = {},
): Promise<ReadonlyMap<string, Finding>> {
  simulator = await startSimulator({ users: 700, seed: 1, ...options });
  const credentials: Credentials =
    holder === 'user'
      ? { kind: 'token', token: simulator.token }
      : { kind: 'client', clientId: simulator.clientId, clientSecret: simulator.clientSecret };
  const findings = await wrongOnPurpose(ASKED_WRONG, () =>
    probe({
      apiBase: simulator.api,
      loginBase: simulator.login,
      credentials,
      timeoutAsIs: false,
      revokeOwn: false,
      agree: () => Promise.resolve(true),
      ...manualTime(),
      ...changes,
    }),
  );
  return new Map(findings.map((one) => [one.id, one]));
}

const writes = (): readonly string[] =>
  Object.keys(simulator.ledger().counts).filter(
    (route) => /^(PUT|DELETE|PATCH|POST) /.test(route) && !/search|oauth/.test(route),
  );

describe.each(['user', 'client'] as const)('asked with a token of a %s', (holder) => {
  it('only reads, and finds what the app assumes', async () => {
    const findings = await ask({}, holder);
    expect(writes()).toEqual([]);
    for (const id of [
      'token-info',
      'verify-alive',
      'verify-dead',
      'ids-most',
      'ids-more',
      'users-page',
      'users-pages',
      'users-total',
      'search-case',
      'not-found',
      'timeout-read',
      'timeout-range',
      'search-most',
      'permissions',
      'rate-limit',
      'users-me',
      'search-more',
      'search-page',
    ])
      expect({ id, verdict: findings.get(id)?.verdict }).toEqual({ id, verdict: 'agrees' });
    // Plain http on this computer tells nothing about Genesys' protocol.
    expect(findings.get('http-version')?.verdict).toBe('open');
  });

  it('tells no secret, name, address or id', async () => {
    const findings = await ask({}, holder, { timeoutAsIs: true });
    const text = JSON.stringify([...findings.values()]) + table([...findings.values()]);
    const { org } = simulator;
    const people = Array.from({ length: 700 }, (_, index) => org.user(index));
    for (const told of [
      simulator.token,
      simulator.clientSecret,
      simulator.clientId,
      org.id,
      org.name,
      ...people.flatMap(({ id, name, email }) => [id, name, email]),
    ])
      expect(text.includes(told)).toBe(false);
  });
});

describe('where the org is another', () => {
  it.each<[string, SimulatorOptions, 'user' | 'client', string, Finding['verdict']]>([
    [
      'divisionspermitted refuses clients',
      { clientCredentialsCanAskPermissions: false },
      'client',
      'permissions',
      'differs',
    ],
    [
      'the timeout has a new field',
      { timeoutExtras: { newField: true } },
      'user',
      'timeout-fields',
      'differs',
    ],
    ['the limit is another', { limit: 600 }, 'user', 'rate-limit', 'differs'],
    ['the timeout is off', { idleTimeoutEnabled: false }, 'user', 'timeout-read', 'agrees'],
    ['HIPAA holds', { hipaa: true, idleTimeoutSeconds: 900 }, 'user', 'timeout-range', 'agrees'],
    ['searches find active users only', { searchFindsDeleted: false }, 'user', 'users-total', 'agrees'],
    ['answers take their time', { latency: [1, 5] }, 'client', 'token-info', 'agrees'],
  ])('%s', async (_what, options, holder, id, verdict) => {
    expect((await ask(options, holder)).get(id)?.verdict).toBe(verdict);
  });

  it('an address that is not allowed ends the probe, with the API’s code', async () => {
    await expect(ask({ ipAllowed: false }, 'user')).rejects.toThrow(
      'GET /api/v2/users/me: 401 ip.not.authorized',
    );
  });

  it('a limit that is reached is waited for', async () => {
    const findings = await ask({ limit: 20, windowSeconds: 1 }, 'user');
    expect(findings.get('token-info')?.verdict).toBe('agrees');
  });
});

describe('what changes something', () => {
  it('happens only when it is agreed to', async () => {
    const asked: string[] = [];
    const agree = (what: string) => {
      asked.push(what);
      return Promise.resolve(false);
    };
    const findings = await ask({}, 'user', { timeoutAsIs: true, revokeOwn: true, agree });
    expect(asked).toEqual(['timeout-as-is', 'revoke-own']);
    expect(writes()).toEqual([]);
    expect(findings.has('timeout-put') || findings.has('revoke-own')).toBe(false);
  });

  it.each<SimulatorOptions>([
    { putTimeout: 'replace' },
    { putTimeout: 'merge' },
    { timeoutExtras: { newField: 1 } },
  ])('a PUT of the timeout as it is: %j', async (options) => {
    const findings = await ask(options, 'user', { timeoutAsIs: true });
    expect(findings.get('timeout-put')?.verdict).toBe('agrees');
    expect(findings.get('timeout-same')?.verdict).toBe('agrees');
  });

  it('a PUT that loses a field is noticed', async () => {
    simulator = await startSimulator({ users: 50 });
    const caller = createCaller(simulator.api, simulator.token, () => Promise.resolve());
    let reads = 0;
    const findings = await putTimeoutAsIs({
      call: async (method, path, options) => {
        const answer = await caller.call(method, path, options);
        reads += method === 'GET' ? 1 : 0;
        return reads === 2 ? { ...answer, body: {} } : answer;
      },
    });
    expect(findings.map(({ verdict }) => verdict)).toEqual(['agrees', 'differs']);
  });

  it('its own token is ended last, and is dead at once', async () => {
    const findings = await ask({}, 'user', { revokeOwn: true });
    expect([...findings.keys()].slice(-2)).toEqual(['revoke-own', 'revoke-at-once']);
    expect(findings.get('revoke-at-once')).toMatchObject({ verdict: 'agrees' });
    const again = createCaller(simulator.api, simulator.token, () => Promise.resolve());
    expect((await again.call('GET', '/api/v2/users/me')).status).toBe(401);
  });
});

it('a wrong secret is said without quoting it', async () => {
  simulator = await startSimulator({ users: 50 });
  const attempt = probe({
    apiBase: simulator.api,
    loginBase: simulator.login,
    credentials: { kind: 'client', clientId: simulator.clientId, clientSecret: 'wrong-secret' },
    timeoutAsIs: false,
    revokeOwn: false,
    agree: () => Promise.resolve(false),
    ...manualTime(),
  });
  await expect(attempt).rejects.toThrow(/^Signing in: answered 40[01]$/);
});

it('no server is quoted but in plain words', async () => {
  simulator = await startSimulator({ users: 50 });
  expect(plainWord('max.user.ids')).toBe('max.user.ids');
  expect(plainWord('Ines Albrecht <ines@example.org>')).toBe('(other)');
});

it('what differs comes first in the table', async () => {
  simulator = await startSimulator({ users: 50 });
  const rows = table([
    { id: 'a', assumption: 'first', answer: '200', verdict: 'agrees' },
    { id: 'b', assumption: 'second', answer: '404', verdict: 'differs' },
  ]).split('\n');
  expect(rows.slice(2)).toEqual(['NO   second           404', 'yes  first            200']);
});
