import { afterEach, describe, expect, it } from 'vitest';
import { wrongOnPurpose } from '../../contract/judge/tests.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/index.ts';
import { optionsSchema } from '../../src/simulator/options.ts';
import { createCaller, plainWord } from './caller.ts';
import { putTimeoutAsIs } from './changes.ts';
import { table, type Finding } from './finding.ts';
import { probe, type Credentials, type ProbeOptions } from './probe.ts';

/** One more than the API takes: whether it is refused is what the probe asks. */
const ASKED_WRONG = [
  'GET /api/v2/users: parameter expand is none of the values that there are',
  'GET /api/v2/users: parameter id has too many values',
  'POST /api/v2/users/search: pageSize is not from 1 to 100',
  'POST /api/v2/users/search: query[].values has too many values',
].map((kind) => `asked wrong: ${kind}`);

let simulator: Simulator;
afterEach(() => simulator.close());

/** Time passes by waiting only. It begins now, since the probe compares it to the date of a server's real answer. */
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
      'usernames',
      'unknown-expand',
      'search-deleted',
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

/** What the probe says of an org where that switch of the simulator is set, but for what agrees. */
interface Case {
  readonly options: SimulatorOptions;
  readonly holder?: 'user' | 'client';
  /** With the PUT of the idle timeout as it is. */
  readonly put?: true;
  readonly says?: Readonly<Record<string, Finding['verdict']>>;
}

const DELETED_GROUP = '00000000-0000-4000-8000-000000000001';
const oneBundle = [{ priority: 1, timeoutSeconds: 600, groups: [DELETED_GROUP] }];

const CASES: readonly Case[] = [
  { options: { limit: 600 }, says: { 'rate-limit': 'differs' } },
  // 300 in half a minute.
  { options: { windowSeconds: 30 }, says: { 'rate-limit': 'differs' } },
  { options: { latency: [1, 5] } },
  { options: { loginLimit: 5 }, holder: 'client' },
  { options: { tokenSeconds: 400 }, holder: 'client' },
  { options: { maxTokensPerUser: 1 } },
  // Only revoking somebody would tell.
  { options: { revokeStatus: 200 } },
  { options: { revokeUnknownUser: 204 } },
  { options: { revokeDeletedUser: 204 } },
  { options: { revokeWithoutTokens: 'not-found' } },
  { options: { putTimeout: 'replace' }, put: true },
  { options: { putTimeout: 'merge' }, put: true },
  { options: { timeoutExtras: { newField: true } }, put: true, says: { 'timeout-fields': 'differs' } },
  // What is sent as it was read cannot tell that a change of it would not be kept.
  { options: { putTimeoutDrops: ['inactivityTimeoutGroupBundles'] }, put: true },
  { options: { timeoutBundles: oneBundle, putTimeoutDeletedGroups: 'accept' }, put: true },
  {
    options: { timeoutBundles: oneBundle, putTimeoutDeletedGroups: 'refuse' },
    put: true,
    says: { 'timeout-put': 'differs' },
  },
  { options: { idleTimeoutSeconds: 300 } },
  { options: { idleTimeoutEnabled: false } },
  { options: { hipaa: true, idleTimeoutSeconds: 900 } },
  { options: { clientCredentialsCanAskPermissions: false }, holder: 'user' },
  {
    options: { clientCredentialsCanAskPermissions: false },
    holder: 'client',
    says: { permissions: 'differs' },
  },
  { options: { unknownExpand: 'ignore' }, says: { 'unknown-expand': 'differs' } },
  {
    options: { maxSearchCriteria: 1 },
    says: {
      'search-most': 'differs',
      'search-more': 'open',
      'search-page': 'open',
      'search-case': 'open',
    },
  },
  { options: { searchRates: false } },
  { options: { enforceScopes: true }, holder: 'client' },
  { options: { enforceScopes: true }, holder: 'user' },
  { options: { responseBytesMax: 50_000 }, says: { 'users-page': 'differs' } },
  { options: { usernames: 'own' }, says: { usernames: 'differs' } },
  { options: { searchFindsDeleted: false }, says: { 'search-deleted': 'differs' } },
];

describe('where the org is another', () => {
  it.each(CASES)('$options $holder', async ({ options, holder = 'user', put = false, says = {} }) => {
    const findings = [...(await ask(options, holder, { timeoutAsIs: put })).values()];
    const others = findings.filter(({ id, verdict }) => verdict !== 'agrees' && id !== 'http-version');
    expect(Object.fromEntries(others.map(({ id, verdict }) => [id, verdict]))).toEqual(says);
    if (put) expect(findings.map(({ id }) => id)).toContain('timeout-same');
  });

  it('a limit that is reached is waited for; one that never opens is said, and no answer to any question', async () => {
    const findings = [...(await ask({ limit: 20, windowSeconds: 3600 }, 'user')).values()];
    expect(findings.find(({ id }) => id === 'token-info')?.verdict).toBe('agrees');
    expect(findings.filter(({ answer }) => /^429/.test(answer))).toEqual([]);
    expect(
      findings.filter(({ answer }) => answer.includes('refused by the rate limit')).length,
    ).toBeGreaterThan(0);
  });

  it('every switch of the simulator is among them', () => {
    const OF_THE_TEST = ['seed', 'users', 'port', 'loginPort'];
    const ENDS_THE_PROBE = ['ipAllowed', 'clientScopes'];
    const asked = CASES.flatMap(({ options }) => Object.keys(options));
    const missing = Object.keys(optionsSchema.shape).filter(
      (name) => ![...asked, ...OF_THE_TEST, ...ENDS_THE_PROBE].includes(name),
    );
    expect(missing).toEqual([]);
  });

  it.each<[SimulatorOptions, string]>([
    [{ ipAllowed: false }, '401 ip.not.authorized'],
    [{ enforceScopes: true, clientScopes: [] }, '403 app.not.authorized.for.scope'],
  ])('%j ends the probe, with the API’s code', async (options, said) => {
    await expect(ask(options, 'user')).rejects.toThrow(`GET /api/v2/users/me: ${said}`);
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
