import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { createSecret } from '../secrets/secret.ts';
import { groupMembers, groupsByIds, searchGroups } from './groups.ts';
import { findUsers, userWithGroups } from './people.ts';
import { sendJson, startTestServer, testClient, type Answering } from './testing-server.fixture.ts';
import { readTimeout, saveTimeout, type TimeoutObserver } from './timeout.ts';
import { isAsSent, type RawTimeout } from './timeout-value.ts';

const run = new AbortController().signal;
const NOBODY = '0f8fad5b-d9cb-469f-a165-70867728950e';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({
    users: 400,
    limit: 100_000,
    timeoutBundles: [
      { priority: 2, timeoutSeconds: 600, groups: ['Night shift', NOBODY], inLater: { kept: true } },
    ],
  });
});
afterAll(() => simulator.close());
beforeEach(() => simulator.reset());

const admin = (token = simulator.token) => testClient(simulator.api, { token: () => createSecret(token) });
const group = (name: string) => simulator.org.groups.find((one) => one.name === name)!;
async function serve(answer: Answering) {
  const server = await startTestServer(answer);
  return { server, ...testClient(server.base) };
}

function watch() {
  const seen: [string, unknown][] = [];
  const observer: TimeoutObserver = {
    read: (value) => Promise.resolve(void seen.push(['read', value['idleTokenTimeoutSeconds']])),
    written: (value) => Promise.resolve(void seen.push(['written', value['idleTokenTimeoutSeconds']])),
  };
  return { seen, observer };
}

describe('group timeouts', () => {
  const change = { enabled: true, seconds: 3600, unit: 'Hours' } as const;

  it('go back as they came where they are not changed, and with their unknown fields where they are', async () => {
    const { client, clock } = admin();
    const before = await readTimeout(client, clock, run);
    const [bundle] = before.groupBundles;
    expect(bundle).toMatchObject({ priority: 2, groupIds: [group('Night shift').id, NOBODY] });
    expect(bundle?.other).toEqual({ inLater: { kept: true } });
    const groups = { enabled: true, bundles: [{ ...bundle!, priority: 1, timeoutSeconds: 900 }] };
    const saved = await saveTimeout(
      client,
      clock,
      { change: { ...change, groups }, expected: before.json },
      run,
    );
    expect(saved.kind).toBe('saved');
    const after = JSON.parse((await readTimeout(client, clock, run)).json) as RawTimeout;
    expect(after['inactivityTimeoutGroupBundles']).toEqual([
      {
        priority: 1,
        timeoutSeconds: 900,
        inactivityTimeoutUnit: 'Minutes',
        groups: [group('Night shift').id, NOBODY],
        inLater: { kept: true },
      },
    ]);
  });

  it.each([
    ['a priority of 6', { priority: 6, timeoutSeconds: 600, unit: null, groupIds: ['g'] }],
    ['no group', { priority: 1, timeoutSeconds: 600, unit: null, groupIds: [] }],
    ['299 seconds', { priority: 1, timeoutSeconds: 299, unit: null, groupIds: ['g'] }],
  ])('are refused with %s before any call', async (_, bundle) => {
    const { client, server, clock } = await serve((_request, response) => sendJson(response, 200, {}));
    const save = { change: { ...change, groups: { enabled: true, bundles: [bundle] } }, expected: '{}' };
    await expect(saveTimeout(client, clock, save, run)).rejects.toMatchObject({
      error: { code: 'invalid-input' },
    });
    expect(server.received).toHaveLength(0);
  });

  it('keep a unit from the future', async () => {
    const stored = {
      enableIdleTokenTimeout: true,
      idleTokenTimeoutSeconds: 900,
      inactivityTimeoutGroupBundles: [
        { priority: 1, timeoutSeconds: 600, inactivityTimeoutUnit: 'Days', groups: ['g'] },
      ],
    };
    const { client, clock } = await serve((_request, response) => sendJson(response, 200, stored));
    const [bundle] = (await readTimeout(client, clock, run)).groupBundles;
    expect(bundle).toMatchObject({ unit: null, other: { inactivityTimeoutUnit: 'Days' } });
  });

  it('may come back in another order, and in no other way', () => {
    const bundle = (priority: number, groups: readonly string[]) => ({
      priority,
      timeoutSeconds: 600,
      groups,
    });
    const sent = { inactivityTimeoutGroupBundles: [bundle(1, ['a', 'b']), bundle(2, ['c'])] };
    const back = (bundles: unknown) => isAsSent(sent, { inactivityTimeoutGroupBundles: bundles });
    expect(back([bundle(2, ['c']), bundle(1, ['b', 'a'])])).toBe(true);
    expect(back([bundle(1, ['a', 'b'])])).toBe(false);
    expect(back([bundle(2, ['a', 'b']), bundle(1, ['c'])])).toBe(false);
    expect(back(undefined)).toBe(false);
    expect(back('nonsense')).toBe(false);
  });
});

describe('what a save is asked of', () => {
  it('leaves seconds and unit alone where the change says nothing of them', async () => {
    const { client, clock } = admin();
    const before = await readTimeout(client, clock, run);
    const off = { change: { enabled: false, seconds: null, unit: null }, expected: before.json };
    expect(await saveTimeout(client, clock, off, run)).toMatchObject({
      kind: 'saved',
      value: { enabled: false, seconds: before.seconds, unit: before.unit },
    });
  });

  it('is never on without a time', async () => {
    const { client, clock, server } = await serve((_request, response) => sendJson(response, 200, {}));
    const on = { change: { enabled: true, seconds: null, unit: null }, expected: '{}' };
    await expect(saveTimeout(client, clock, on, run)).rejects.toMatchObject({
      error: { code: 'invalid-input' },
    });
    expect(server.received.map(({ method }) => method)).toEqual(['GET']);
  });

  it('brings back the unknown fields of a restored value, and nothing else of it', async () => {
    let stored: RawTimeout = {
      enableIdleTokenTimeout: true,
      idleTokenTimeoutSeconds: 900,
      future: 2,
      newer: 1,
    };
    const { client, clock } = await serve((request, response) => {
      if (request.method === 'PUT') stored = JSON.parse(request.body) as RawTimeout;
      sendJson(response, 200, stored);
    });
    const restored = { enableIdleTokenTimeout: false, idleTokenTimeoutSeconds: 600, future: 1, gone: ['x'] };
    const change = { enabled: true, seconds: 1200, unit: null };
    const save = { change, expected: JSON.stringify(stored), restored };
    expect((await saveTimeout(client, clock, save, run)).kind).toBe('saved');
    expect(stored).toEqual({
      enableIdleTokenTimeout: true,
      idleTokenTimeoutSeconds: 1200,
      future: 1,
      newer: 1,
      gone: ['x'],
    });
  });
});

describe('a observer', () => {
  const change = { enabled: true, seconds: 3600, unit: null };

  it('sees what was read and what was written', async () => {
    const { client, clock } = admin();
    const { seen, observer } = watch();
    const { json } = await readTimeout(client, clock, run, observer);
    await saveTimeout(client, clock, { change, expected: json }, run, observer);
    expect(seen).toEqual([
      ['read', 7200],
      ['read', 7200],
      ['written', 3600],
    ]);
  });

  it('sees a write whose answer was lost', async () => {
    const { client, clock } = admin();
    const { seen, observer } = watch();
    const { json } = await readTimeout(client, clock, run);
    simulator.addFaults({ kind: 'answer-lost', route: 'PUT /api/v2/tokens/timeout' });
    await saveTimeout(client, clock, { change, expected: json }, run, observer);
    expect(seen.at(-1)).toEqual(['written', 3600]);
  });

  it('that cannot keep the value prevents the save', async () => {
    const { client, clock } = admin();
    const { json } = await readTimeout(client, clock, run);
    const full = { ...watch().observer, read: () => Promise.reject(new Error('disk full')) };
    await expect(saveTimeout(client, clock, { change, expected: json }, run, full)).rejects.toThrow(
      'disk full',
    );
    expect((await readTimeout(client, clock, run)).seconds).toBe(7200);
  });
});

describe('groups', () => {
  it('are found by a part of their name, with their sizes', async () => {
    const { groups, total } = await searchGroups(admin().client, 'SHIFT', run);
    expect(total).toBe(1);
    expect(groups).toEqual([
      { id: group('Night shift').id, name: 'Night shift', memberCount: expect.any(Number) as number },
    ]);
    expect(await searchGroups(admin().client, 'no such name', run)).toEqual({ groups: [], total: 0 });
  });

  it('are looked up by id, fifty a call; what does not exist is missing, and nobody asks without ids', async () => {
    const { client } = admin();
    const found = await groupsByIds(client, [group('Trainers').id, NOBODY, 'no id'], run);
    expect(found.map(({ name }) => name)).toEqual(['Trainers']);
    const { client: other, server } = await serve((_request, response) =>
      sendJson(response, 200, { entities: [], total: 0 }),
    );
    expect(await groupsByIds(other, ['no id'], run)).toEqual([]);
    expect(server.received).toHaveLength(0);
    const many = Array.from({ length: 120 }, (_, at) => NOBODY.slice(0, -3) + String(100 + at));
    await groupsByIds(other, many, run);
    expect(server.received).toHaveLength(3);
  });

  it('that were deleted count as missing, and others than asked for are an error', async () => {
    const entity = (id: string, state: string) => ({ entities: [{ id, name: 'x', state }] });
    const deleted = await serve((_request, response) => sendJson(response, 200, entity(NOBODY, 'deleted')));
    expect(await groupsByIds(deleted.client, [NOBODY], run)).toEqual([]);
    const wrong = await serve((_request, response) => sendJson(response, 200, entity('other', 'active')));
    await expect(groupsByIds(wrong.client, [NOBODY], run)).rejects.toMatchObject({
      error: { code: 'unexpected-answer' },
    });
  });

  it('tell their members, unless there are more than 2,000', async () => {
    const night = group('Night shift');
    const expected = simulator.org.ids.filter(
      (_, at) => simulator.org.stateOf(at) !== 'deleted' && night.has(simulator.org.user(at)),
    );
    const members = await groupMembers(admin().client, night.id, run);
    expect(members).not.toHaveLength(0);
    expect(expected).toEqual(expect.arrayContaining([...members!]));
    const { client, server } = await serve((request, response) => {
      const page = new URL(request.url, 'http://x').searchParams.get('pageNumber') ?? '';
      const entities = Array.from({ length: 100 }, (_, at) => ({ id: `u-${page}-${at}` }));
      sendJson(response, 200, { pageCount: 1000, entities: [...entities, { name: 'without an id' }] });
    });
    expect(await groupMembers(client, NOBODY, run)).toBeNull();
    expect(server.received.length).toBeLessThan(26);
    expect(await groupMembers(client, '../users/me', run)).toEqual([]);
    const told = await serve((_request, response) =>
      sendJson(response, 200, { total: 2001, pageCount: 21, entities: [{ id: 'u-1' }] }),
    );
    expect(await groupMembers(told.client, NOBODY, run)).toBeNull();
    expect(told.server.received).toHaveLength(1);
  });
});

describe('people', () => {
  const somebody = () =>
    simulator.org.user(
      simulator.org.ids.findIndex((_, at) => at > 20 && simulator.org.stateOf(at) === 'active'),
    );

  it('are found by a part of name or email, or by id', async () => {
    const user = somebody();
    const { client } = admin();
    const byName = await findUsers(client, user.email.slice(0, -3), run);
    expect(byName.users.map(({ id }) => id)).toContain(user.id);
    expect(await findUsers(client, user.id, run)).toEqual({
      users: [{ id: user.id, name: user.name, email: user.email, department: user.department }],
      total: 1,
    });
    expect(await findUsers(client, NOBODY, run)).toEqual({ users: [], total: 0 });
  });

  it('can be found by id without the permission to search', async () => {
    const { client } = admin(simulator.issueToken(simulator.org.user(10).id));
    expect((await findUsers(client, simulator.userId, run)).total).toBe(1);
    await expect(findUsers(client, 'ann', run)).rejects.toMatchObject({ error: { code: 'forbidden' } });
  });

  it('come with their groups, or with null where the API does not tell them', async () => {
    const user = somebody();
    const { groupIds } = await userWithGroups(admin().client, user.id, run);
    expect(groupIds).toEqual(simulator.org.groupsOf(user).map(({ id }) => id));
    const silent = await serve((_request, response) => sendJson(response, 200, { id: user.id, name: 'A' }));
    expect((await userWithGroups(silent.client, user.id, run)).groupIds).toBeNull();
    await expect(userWithGroups(admin().client, NOBODY, run)).rejects.toMatchObject({
      error: { code: 'not-found' },
    });
  });
});
