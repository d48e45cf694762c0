import { describe, expect, it } from 'vitest';
import { call, useSimulators } from '../src/simulator/testing.ts';
import { OPERATIONS } from './description/operations.ts';
import { SEARCH_LIMITS, SEARCH_RATES } from './description/search.ts';
import { wrongOnPurpose } from './judge/tests.ts';

// The simulator refuses what the vendor refuses, by default and with the vendor's codes.

const start = useSimulators();
const NAMES = Object.keys(OPERATIONS);
const SCOPES = ['authorization', 'groups', 'organization', 'user-basic-info', 'users'].flatMap((scope) => [
  scope,
  `${scope}:readonly`,
]);
const BODIES: Readonly<Record<string, unknown>> = {
  'PUT /api/v2/tokens/timeout': { idleTokenTimeoutSeconds: 900 },
  'POST /api/v2/users/search': { query: [{ type: 'MATCH_ALL' }] },
  'POST /api/v2/groups/search': { query: [{ type: 'MATCH_ALL' }] },
};

/** A request of that operation that should succeed. */
const request = (name: string, ids: Readonly<Record<string, string>>) => {
  const path = name.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => ids[parameter] ?? 'missing');
  const query = OPERATIONS[name]?.requiredQuery.map((parameter) => `${parameter}=oauth:token:delete`) ?? [];
  return { line: query.length === 0 ? path : `${path}?${query.join('&')}`, body: BODIES[name] };
};

type Started = Awaited<ReturnType<typeof start>>['simulator'];
const idsOf = ({ org }: Started): Readonly<Record<string, string>> => ({
  userId: org.user(10).id,
  groupId: org.groups[0]?.id ?? '',
  divisionId: org.divisions[0]?.id ?? '',
  roleId: org.roles[0]?.id ?? '',
  namespaceName: 'platform.api',
});

describe('the simulator by the description', () => {
  it.each(NAMES)('answers %s', async (name) => {
    const { simulator } = await start();
    const { line, body } = request(name, idsOf(simulator));
    const success = OPERATIONS[name]?.success;
    expect((await call(simulator, line, { body })).status).toBe(success === 'any' ? 200 : success);
  });

  it.each(SCOPES)('lets a token with the scope %s do what it allows, by the switch', async (scope) => {
    const { simulator } = await start({ enforceScopes: true, clientScopes: [scope] });
    for (const name of NAMES) {
      const { line, body } = request(name, idsOf(simulator));
      const token = simulator.issueToken(simulator.userId);
      const answer = await call(simulator, line, { body, token });
      const allowed = OPERATIONS[name]?.scopes.includes(scope) ?? false;
      expect([name, answer.status < 300]).toEqual([name, allowed]);
      if (!allowed && !name.startsWith('HEAD'))
        expect(answer).toMatchObject({ status: 403, body: { code: 'app.not.authorized.for.scope' } });
    }
  });

  it('asks client credentials for no scope', async () => {
    const { simulator } = await start({ enforceScopes: true });
    const basic = Buffer.from(`${simulator.clientId}:${simulator.clientSecret}`).toString('base64');
    const login = await fetch(`${simulator.login}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token: token } = (await login.json()) as { access_token: string };
    expect((await call(simulator, 'GET /api/v2/users', { token })).status).toBe(200);
  });
});

describe('searches', () => {
  const USERS = 'POST /api/v2/users/search';
  const exact = (count: number) => ({
    type: 'EXACT',
    fields: ['email'],
    values: Array.from({ length: count }, (_, at) => `person.${at}@fernhollow.example`),
  });

  it.each<[string, unknown, string, readonly string[]]>([
    [
      '51 values',
      { query: [exact(51)] },
      'search.criteria.values.exceed.limit',
      ['query[].values has too many values'],
    ],
    [
      '51 values of groups',
      { query: [{ ...exact(51), fields: ['name'] }] },
      'search.criteria.values.exceed.limit',
      ['query[].values has too many values'],
    ],
    ['a page of 101', { pageSize: 101 }, 'too.many.requested.results', ['pageSize is not from 1 to 100']],
    [
      'the 101st page of 100',
      { pageSize: 100, pageNumber: 101 },
      'too.many.requested.results',
      ['pageNumber goes beyond the first 10,000 results'],
    ],
    ['51 criteria', { query: Array.from({ length: 51 }, () => exact(1)) }, 'too.many.search.criteria', []],
    [
      'a value of 301 characters',
      {
        query: [{ type: 'EXACT', fields: ['name'], value: 'x'.repeat(SEARCH_LIMITS.charactersPerValue + 1) }],
      },
      'invalid.value',
      ['query[].value is too long'],
    ],
  ])('refuses %s', async (what, body, code, kinds) => {
    const { simulator } = await start();
    const route = what.endsWith('groups') ? 'POST /api/v2/groups/search' : USERS;
    await wrongOnPurpose(
      kinds.map((kind) => `asked wrong: ${route}: ${kind}`),
      async () => {
        expect(await call(simulator, route, { body })).toMatchObject({ status: 400, body: { code } });
      },
    );
  });

  it('takes 50 values of 300 characters', async () => {
    const { simulator } = await start();
    const values = exact(SEARCH_LIMITS.valuesPerCriterion).values.map((value) => value.padStart(300, 'x'));
    const body = { pageSize: 100, pageNumber: 100, query: [{ type: 'EXACT', fields: ['email'], values }] };
    expect((await call(simulator, USERS, { body })).status).toBe(200);
  });

  it.each(['CONTAINS', 'STARTS_WITH', 'TERM', 'QUERY_STRING'])(
    'of %s are held to their rate',
    async (type) => {
      const { simulator, clock } = await start({ limit: 10_000 });
      const body = { pageSize: 1, query: [{ type, fields: ['name'], value: 'a' }] };
      const search = () => call(simulator, USERS, { body });
      for (let at = 0; at < (SEARCH_RATES[type] ?? 0); at += 1) expect((await search()).status).toBe(200);
      clock.advance(20);
      const refused = await search();
      expect(refused.status).toBe(429);
      expect(refused.headers.get('retry-after')).toBe('40');
      clock.advance(40);
      expect((await search()).status).toBe(200);
    },
  );
});

it.each<[string, string]>([
  ['/api/v2/users?expand=conversationsummary', 'invalid.query.param.value'],
  ['/api/v2/users?state=asleep', 'invalid.query.param.value'],
  ['/api/v2/authorization/divisionspermitted/paged/me', 'missing.permission.param'],
])('refuses GET %s with %s', async (path, code) => {
  const { simulator } = await start();
  await wrongOnPurpose([expect.stringContaining('asked wrong') as string], async () => {
    expect(await call(simulator, `GET ${path}`)).toMatchObject({ status: 400, body: { code } });
  });
});

it.each<[string, boolean, object, string]>([
  ['too long a time', false, { idleTokenTimeoutSeconds: 28_801 }, 'token.timeout.exceeded'],
  [
    'too long a time under HIPAA',
    true,
    { enableIdleTokenTimeout: true, idleTokenTimeoutSeconds: 901 },
    'token.timeout.exceeded.hipaa',
  ],
  [
    'too long a time of a group',
    false,
    { inactivityTimeoutGroupBundles: [{ priority: 1, timeoutSeconds: 28_801, groups: ['a group'] }] },
    'max.idle.token.timeout.exceeded',
  ],
])('refuses %s', async (_, hipaa, body, code) => {
  const { simulator } = await start({ hipaa });
  const [group] = simulator.org.groups;
  const sent: unknown = JSON.parse(JSON.stringify(body).replace('a group', group?.id ?? ''));
  const refused = await call(simulator, 'PUT /api/v2/tokens/timeout', { body: sent });
  expect(refused).toMatchObject({ status: 400, body: { code } });
});

it('refuses an answer that would be larger than its switch allows', async () => {
  const { simulator } = await start({ responseBytesMax: 20_000 });
  const status = async (pageSize: number) =>
    (await call(simulator, `GET /api/v2/users?pageSize=${pageSize}`)).body?.['code'] ?? 'fine';
  expect([await status(50), await status(10)]).toEqual(['response.entity.too.large', 'fine']);
});

it('can give users a username of their own, by which a search finds them', async () => {
  const { simulator } = await start({ usernames: 'own' });
  const find = async (field: string, value: string) => {
    const body = { query: [{ type: 'EXACT', fields: [field], value }] };
    const answer = await call(simulator, 'POST /api/v2/users/search', { body });
    return (answer.body as unknown as { results: { id: string; username: string }[] }).results;
  };
  const { email, id } = simulator.org.user(0);
  const [found] = await find('email', email);
  expect(found?.username).not.toBe(email);
  expect((await find('username', found?.username.toUpperCase() ?? '')).map((user) => user.id)).toEqual([id]);
  expect(await find('username', email)).toEqual([]);
});
