import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { createSecret } from '../secrets/secret.ts';
import { readDirectoryNames } from './directory-names.ts';
import { findPeople, peopleCriteria } from './people-search.ts';
import { sendJson, startTestServer, testClient } from './testing-server.fixture.ts';

const run = new AbortController().signal;
let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ users: 1000, seed: 1, limit: 60_000 });
});
afterAll(() => simulator.close());
beforeEach(() => simulator.reset());
const client = (api = simulator.api) =>
  testClient(api, { token: () => createSecret(simulator.token) }).client;

describe('people by what is typed', () => {
  it('are found in one call, with what tells namesakes apart', async () => {
    const user = simulator.org.user(60);
    const { people, total } = await findPeople(client(), user.email, run);
    expect(simulator.ledger().requests.map(({ route }) => route)).toEqual(['POST /api/v2/users/search']);
    expect([people.length, total]).toEqual([1, 1]);
    expect(people[0]).toMatchObject({
      id: user.id,
      name: user.name,
      email: user.email,
      department: user.department,
      title: user.title,
      state: user.state,
    });
    expect(people[0]).toHaveProperty('lastTokenIssued');
    expect(people[0]?.division).not.toBeNull();
  });

  it('are found by their words in any order, across name and department', async () => {
    const user = simulator.org.user(60);
    const words = user.name.split(' ').toReversed().join(' ').toLowerCase();
    const found = await findPeople(client(), `${words} ${user.department}`, run);
    expect(found.people.map(({ id }) => id)).toContain(user.id);
    expect((await findPeople(client(), `${words} nowhere-at-all`, run)).people).toEqual([]);
  });

  it('are at most 20 of all, without the deleted; an id finds its user in every state', async () => {
    const { people, total } = await findPeople(client(), 'a', run);
    expect(people).toHaveLength(20);
    expect(total).toBeGreaterThan(20);
    expect(people.every(({ state }) => state !== 'deleted')).toBe(true);
    const deleted = simulator.org.ids.find((_, index) => simulator.org.stateOf(index) === 'deleted') ?? '';
    expect((await findPeople(client(), deleted, run)).people.map(({ id }) => id)).toEqual([deleted]);
  });

  it('are asked for by fields and types that the API knows, never by more than six words', () => {
    const criteria = peopleCriteria('any', '  one two  three four five six seven ');
    expect(criteria.map((one) => ('value' in one ? one.value : one.values.join()))).toEqual([
      ...['one', 'two', 'three', 'four', 'five', 'six'],
      'active,inactive',
    ]);
    expect(peopleCriteria('department', 'Customer Care')[0]).toEqual({
      type: 'CONTAINS',
      fields: ['department'],
      value: 'Customer Care',
    });
  });
});

describe('the names of what users are chosen by', () => {
  it('are read once, all of them, with their counts', async () => {
    const { division, group, role } = await readDirectoryNames(client(), run);
    const { org } = simulator;
    expect(group.entries.map(({ name }) => name).toSorted()).toEqual(
      org.groups.map(({ name }) => name).toSorted(),
    );
    expect(role.entries.map(({ name }) => name)).toContain('Admin');
    expect([division, group, role].every(({ complete, problem }) => complete && problem === null)).toBe(true);
    expect(simulator.ledger().requests).toHaveLength(3);
  });

  it('say which kind could not be read, and how far a long one goes', async () => {
    const server = await startTestServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url, 'http://localhost');
      if (pathname.endsWith('/roles')) {
        sendJson(response, 403, { code: 'missing.any.permissions', message: 'No', status: 403 });
        return;
      }
      const page = Number(searchParams.get('pageNumber'));
      const entities = Array.from({ length: 100 }, (_, n) => ({ id: `${page}-${n}`, name: `Entry ${n}` }));
      sendJson(response, 200, { entities, total: 9000 });
    });
    const { division, role } = await readDirectoryNames(client(server.base), run);
    expect(role).toMatchObject({ entries: [], complete: false, problem: { code: 'forbidden' } });
    expect([division.entries.length, division.complete]).toEqual([500, false]);
  });
});
