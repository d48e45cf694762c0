import { describe, expect, it } from 'vitest';
import type { Simulator } from './index.ts';
import { call, useSimulators } from './testing.ts';

const start = useSimulators();
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe('idle timer', () => {
  it('ends a token that made no call for as long as is set', async () => {
    const { simulator, clock } = await start({ idleTimeoutSeconds: 600 });
    clock.advance(599);
    expect((await call(simulator, 'GET /api/v2/tokens/me')).status).toBe(200);
    clock.advance(599);
    expect((await call(simulator, 'HEAD /api/v2/tokens/me')).status).toBe(200);
    clock.advance(600);
    const dead = await call(simulator, 'GET /api/v2/tokens/me');
    expect(dead.status).toBe(401);
    expect(dead.body).toMatchObject({ code: 'bad.credentials' });
  });

  it('is left alone by preserveIdleTTL=true', async () => {
    const { simulator, clock } = await start({ idleTimeoutSeconds: 600 });
    const first = await call(simulator, 'GET /api/v2/tokens/me');
    clock.advance(300);
    const look = await call(simulator, 'GET /api/v2/tokens/me?preserveIdleTTL=true');
    expect(look.body?.['dateTokenIdles']).toBe(first.body?.['dateTokenIdles']);
    clock.advance(300);
    expect((await call(simulator, 'GET /api/v2/tokens/me?preserveIdleTTL=true')).status).toBe(401);
  });

  it('follows a change for every token at once', async () => {
    const { simulator, clock } = await start({ idleTimeoutSeconds: 28_800 });
    const other = simulator.issueToken(simulator.org.user(10).id);
    const set = { enableIdleTokenTimeout: true, idleTokenTimeoutSeconds: 300 };
    expect((await call(simulator, 'PUT /api/v2/tokens/timeout', { body: set })).status).toBe(200);
    clock.advance(300);
    expect((await call(simulator, 'GET /api/v2/tokens/me', { token: other })).status).toBe(401);
  });

  it('is not told and never ends a token when it is off, but age does', async () => {
    const { simulator, clock } = await start({ idleTimeoutEnabled: false, tokenSeconds: 86_400 });
    clock.advance(86_399);
    const { status, body } = await call(simulator, 'GET /api/v2/tokens/me');
    expect(status).toBe(200);
    expect(body).not.toHaveProperty('dateTokenIdles');
    clock.advance(1);
    expect((await call(simulator, 'GET /api/v2/tokens/me')).status).toBe(401);
  });

  it('is shorter for the groups that have one of their own', async () => {
    const { simulator, clock } = await start({ idleTimeoutSeconds: 28_800 });
    const [group] = simulator.org.groups.filter(({ name }) => name === 'All Hands');
    const users = Array.from({ length: 60 }, (_, index) => simulator.org.user(index)).filter(
      ({ state, index }) => state === 'active' && index > 2,
    );
    const inside = users.find((user) => group?.has(user));
    const outside = users.find((user) => !group?.has(user));
    const [short, long] = [inside, outside].map((user) => simulator.issueToken(user?.id ?? ''));
    const body = {
      enableIdleTokenTimeout: true,
      idleTokenTimeoutSeconds: 28_800,
      inactivityTimeoutGroupsEnabled: true,
      inactivityTimeoutGroupBundles: [{ priority: 1, timeoutSeconds: 300, groups: [group?.id] }],
    };
    expect((await call(simulator, 'PUT /api/v2/tokens/timeout', { body })).status).toBe(200);
    clock.advance(300);
    expect((await call(simulator, 'GET /api/v2/tokens/me', { token: short ?? '' })).status).toBe(401);
    expect((await call(simulator, 'GET /api/v2/tokens/me', { token: long ?? '' })).status).toBe(200);
  });
});

describe('PUT /tokens/timeout', () => {
  it.each([
    ['seconds that are too few', { idleTokenTimeoutSeconds: 299 }],
    ['seconds that are too many', { idleTokenTimeoutSeconds: 28_801 }],
    ['a unit in capitals', { inactivityTimeoutUnit: 'MINUTES' }],
    [
      'a group that does not exist',
      { inactivityTimeoutGroupBundles: [{ priority: 1, timeoutSeconds: 300, groups: [UNKNOWN] }] },
    ],
    [
      'a priority of 6',
      { inactivityTimeoutGroupBundles: [{ priority: 6, timeoutSeconds: 300, groups: [UNKNOWN] }] },
    ],
    ['no object', 'on'],
  ])('refuses %s and changes nothing', async (_, body) => {
    const { simulator } = await start();
    const before = (await call(simulator, 'GET /api/v2/tokens/timeout')).body;
    expect((await call(simulator, 'PUT /api/v2/tokens/timeout', { body })).status).toBe(400);
    expect((await call(simulator, 'GET /api/v2/tokens/timeout')).body).toEqual(before);
  });

  it('replaces or merges, as the switch says', async () => {
    const body = { idleTokenTimeoutSeconds: 1200 };
    const replace = (await start({ timeoutExtras: { future: 1 } })).simulator;
    await call(replace, 'PUT /api/v2/tokens/timeout', { body });
    expect((await call(replace, 'GET /api/v2/tokens/timeout')).body).toEqual({
      idleTokenTimeoutSeconds: 1200,
      enableIdleTokenTimeout: false,
      inactivityTimeoutUnit: 'Minutes',
      inactivityTimeoutGroupsEnabled: false,
      inactivityTimeoutGroupBundles: [],
    });
    const merge = (await start({ putTimeout: 'merge', timeoutExtras: { future: 1 } })).simulator;
    const before = (await call(merge, 'GET /api/v2/tokens/timeout')).body;
    await call(merge, 'PUT /api/v2/tokens/timeout', { body });
    expect((await call(merge, 'GET /api/v2/tokens/timeout')).body).toEqual({ ...before, ...body });
    expect(before).toHaveProperty('future', 1);
  });

  it('holds a HIPAA org to 900 seconds', async () => {
    const { simulator } = await start({ hipaa: true });
    const put = (idleTokenTimeoutSeconds: number) =>
      call(simulator, 'PUT /api/v2/tokens/timeout', {
        body: { enableIdleTokenTimeout: true, idleTokenTimeoutSeconds },
      });
    expect((await put(901)).status).toBe(400);
    expect((await put(900)).status).toBe(200);
  });
});

describe('PUT /tokens/timeout with groups', () => {
  const bundle = { priority: 2, timeoutSeconds: 900, groups: ['Night shift', UNKNOWN], future: 'kept' };
  const read = async (simulator: Simulator): Promise<Record<string, unknown>> =>
    (await call(simulator, 'GET /api/v2/tokens/timeout')).body!;

  it('keeps a group that was deleted since, unless the switch says otherwise', async () => {
    const { simulator } = await start({ timeoutBundles: [bundle] });
    const body = await read(simulator);
    const night = simulator.org.groups.find(({ name }) => name === 'Night shift')?.id;
    expect(body['inactivityTimeoutGroupBundles']).toMatchObject([
      { groups: [night, UNKNOWN], future: 'kept' },
    ]);
    expect((await call(simulator, 'PUT /api/v2/tokens/timeout', { body })).status).toBe(200);
    expect(await read(simulator)).toEqual(body);
    const strict = (await start({ timeoutBundles: [bundle], putTimeoutDeletedGroups: 'refuse' })).simulator;
    const refused = await call(strict, 'PUT /api/v2/tokens/timeout', { body: await read(strict) });
    expect(refused).toMatchObject({ status: 400, body: { message: `Group ${UNKNOWN} does not exist.` } });
  });

  it.each(['replace', 'merge'] as const)('can take a field and not keep it (%s)', async (putTimeout) => {
    const { simulator } = await start({ putTimeout, putTimeoutDrops: ['inactivityTimeoutGroupBundles'] });
    const before = await read(simulator);
    const body = { ...before, idleTokenTimeoutSeconds: 900, inactivityTimeoutGroupBundles: [] };
    expect((await call(simulator, 'PUT /api/v2/tokens/timeout', { body })).status).toBe(200);
    expect(await read(simulator)).toEqual({ ...before, idleTokenTimeoutSeconds: 900 });
  });
});

describe('DELETE /tokens/{userId}', () => {
  it('ends the caller with the rest when it is their own', async () => {
    const { simulator } = await start();
    expect((await call(simulator, `DELETE /api/v2/tokens/${simulator.userId}`)).status).toBe(204);
    expect((await call(simulator, 'GET /api/v2/tokens/me')).status).toBe(401);
  });

  it('answers for unknown and deleted users, and those without tokens, as the switches say', async () => {
    const { simulator: strict } = await start({ revokeWithoutTokens: 'not-found', users: 1000 });
    const { simulator: lax } = await start({ revokeUnknownUser: 204, revokeDeletedUser: 204, users: 1000 });
    const users = Array.from({ length: 1000 }, (_, index) => strict.org.user(index));
    const deleted = users.find(({ state }) => state === 'deleted')?.id ?? '';
    const without = users.find(({ state, tokens }) => state === 'active' && tokens === 0)?.id ?? '';
    const statuses = async (simulator: typeof strict) =>
      Promise.all(
        [UNKNOWN, deleted, without, 'not-an-id'].map(
          async (id) => (await call(simulator, `DELETE /api/v2/tokens/${id}`)).status,
        ),
      );
    expect(await statuses(strict)).toEqual([404, 404, 404, 400]);
    expect(await statuses(lax)).toEqual([204, 204, 204, 400]);
    expect(strict.ledger().revocations).toEqual({});
    expect(Object.keys(lax.ledger().revocations)).toEqual([without]);
  });

  it('does not touch the tokens of client credentials', async () => {
    const { simulator } = await start();
    const login = await fetch(`${simulator.login}/oauth/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${simulator.clientId}:${simulator.clientSecret}`).toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token: token } = (await login.json()) as { access_token: string };
    await call(simulator, `DELETE /api/v2/tokens/${simulator.userId}`);
    expect((await call(simulator, 'GET /api/v2/tokens/me', { token })).status).toBe(200);
    expect((await call(simulator, 'GET /api/v2/users/me', { token })).status).toBe(400);
  });
});

describe('tokens of a user', () => {
  it('are ten at most: the eleventh ends the first', async () => {
    const { simulator } = await start();
    const { id } = simulator.org.user(10);
    const tokens = Array.from({ length: 11 }, () => simulator.issueToken(id));
    const statuses = await Promise.all(
      tokens.map(async (token) => (await call(simulator, 'HEAD /api/v2/tokens/me', { token })).status),
    );
    expect(statuses).toEqual([401, ...Array.from({ length: 10 }, () => 200)]);
  });

  it('are refused from an address that is not allowed', async () => {
    const { simulator } = await start({ ipAllowed: false });
    const { status, body } = await call(simulator, 'GET /api/v2/tokens/me');
    expect({ status, code: body?.['code'] }).toEqual({ status: 401, code: 'ip.not.authorized' });
  });
});

it('tells when a user last got a token, at the start and after signing in again', async () => {
  const { simulator, clock } = await start();
  const user = Array.from({ length: 40 }, (_, index) => simulator.org.user(index + 10)).find(
    ({ state, lastTokenIssuedAgo }) => state === 'active' && lastTokenIssuedAgo !== null,
  );
  const ask = async (): Promise<unknown> =>
    (await call(simulator, `GET /api/v2/users/${user?.id}?expand=lasttokenissued`)).body?.['lastTokenIssued'];
  const before = await ask();
  clock.advance(60);
  await call(simulator, `DELETE /api/v2/tokens/${user?.id}`);
  expect(await ask()).toEqual(before);
  simulator.issueToken(user?.id ?? '');
  expect(await ask()).toEqual({ dateIssued: new Date(clock.now()).toISOString() });
  expect(before).not.toEqual(await ask());
});
