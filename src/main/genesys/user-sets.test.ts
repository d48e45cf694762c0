import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createSecret } from '../secrets/secret.ts';
import { listsForTests } from '../revocation/lists/testing.ts';
import { createPlans } from '../revocation/plan/plans.ts';
import { createSavedPlans } from '../revocation/plan/saved.ts';
import type { RevocationSession } from '../revocation/ports.ts';
import { createFakeOrg } from '../revocation/testing/fake-org.ts';
import { countUsers, findEntries } from './directory-entries.ts';
import { sendJson, startTestServer, testClient } from './testing-server.fixture.ts';
import { createDirectory } from './users.ts';

const run = new AbortController().signal;
const quiet = (): void => undefined;

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ users: 12_000, limit: 100_000 });
});
afterAll(() => simulator.close());
beforeEach(() => simulator.reset());

const client = () => testClient(simulator.api, { token: () => createSecret(simulator.token) }).client;
const calls = (): number => simulator.ledger().requests.length;
const idsWhere = (fits: (index: number) => boolean): readonly string[] =>
  simulator.org.ids.filter((_, index) => fits(index)).toSorted();
const ids = (users: readonly { readonly id: string }[]): readonly string[] =>
  users.map(({ id }) => id).toSorted();

// A large org on a busy machine takes its time; nothing here is about time.
describe('sets of users', () => {
  it('reads the whole directory by pages of 500, with the newest token', async () => {
    const directory = createDirectory(client());
    const { items: active } = await directory.usersOfState('active', run, quiet);
    expect(ids(active)).toEqual(idsWhere((index) => simulator.org.stateOf(index) === 'active'));
    expect(calls()).toBe(Math.ceil(active.length / 500));
    expect(directory.calls).toBe(calls());
    const some = active.find(({ lastTokenIssued }) => lastTokenIssued !== null);
    expect(Date.parse(some?.lastTokenIssued ?? '')).toBeGreaterThan(0);
    expect(some?.divisionId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('reads dynamic groups, roles, searches, and who is on a call', async () => {
    const directory = createDirectory(client());
    const group = simulator.org.groups.find(({ name }) => name === 'Whole of Billing');
    const { items: members } = await directory.groupMembers(group?.id ?? '', run, quiet);
    expect(ids(members)).toEqual(
      idsWhere(
        (index) => simulator.org.stateOf(index) === 'active' && !!group?.has(simulator.org.person(index)),
      ),
    );
    expect(members.every(({ state, name }) => state === 'active' && name !== '')).toBe(true);
    const role = simulator.org.roles.find(({ name }) => name === 'Admin');
    expect(await directory.roleMembers(role?.id ?? '', run, quiet)).toEqual({
      kind: 'whole',
      items: [simulator.userId],
    });
    const { items: found } = await directory.searchUsers('department', 'billing', run, quiet);
    expect(found.length).toBeGreaterThan(members.length);
    const activity = await directory.activityOf(ids(members).slice(0, 100), ['on-call'], run);
    expect(activity).toHaveLength(100);
    expect(activity.every(({ lastTokenIssued }) => lastTokenIssued === null)).toBe(true);
    for (const { id, onCall } of activity)
      expect(onCall).toBe(simulator.org.user(simulator.org.indexOf(id) ?? 0).onCall);
  });

  it('finds divisions, groups and roles by name with their counts, and counts the users', async () => {
    expect((await findEntries(client(), 'division', 'care', run)).entries).toHaveLength(3);
    const [shift] = (await findEntries(client(), 'group', 'Night', run)).entries;
    expect(shift?.users).toBeGreaterThan(0);
    expect((await findEntries(client(), 'role', '', run)).entries.every(({ users }) => users !== null)).toBe(
      true,
    );
    const { active, inactive } = await countUsers(client(), run);
    expect((active ?? 0) + (inactive ?? 0)).toBeLessThan(12_000);
    expect(active).toBeGreaterThan(inactive ?? Infinity);
  });

  it('resolves 10,000 addresses in at most 200 calls', async () => {
    const directory = createDirectory(client());
    const clock = createManualClock();
    const lists = listsForTests(() => 0.5);
    const plans = createPlans({
      lists,
      saved: createSavedPlans(() => 0.5),
      protectedEntries: () => Promise.resolve([]),
      clock,
      random: () => 0.5,
      onProgress: quiet,
    });
    const { listId } = await lists.fromText(simulator.org.emails.slice(0, 10_000).join('\n'));
    const session: RevocationSession = { ...createFakeOrg({ users: [], clock }).session, directory };
    const summary = await plans.resolve(
      { include: [{ kind: 'list', listId, column: 0 }], exclude: [] },
      session,
    );
    expect(summary.total).toBe(10_000);
    expect(calls()).toBeLessThanOrEqual(200);
    expect(summary.callsUsed).toBe(calls());
  }, 120_000);

  it('never takes a part for all: too many are refused, and so is a group that is no id', async () => {
    const directory = createDirectory(client());
    await expect(directory.searchUsers('email', '@', run, quiet)).rejects.toMatchObject({
      error: { code: 'too-many-users' },
    });
    expect(calls()).toBe(1);
    await expect(directory.groupMembers('../users', run, quiet)).rejects.toMatchObject({
      error: { code: 'not-found' },
    });
    expect(calls()).toBe(1);
  });
});

it('refuses inactive users beyond what the API lists, at its first answer or when it says 400', async () => {
  const serve = async (total: number) => {
    const server = await startTestServer((request, response) => {
      const page = Number(new URL(request.url, 'http://x').searchParams.get('pageNumber'));
      if (page > 20) sendJson(response, 400, { message: 'Too many', code: 'bad.request' });
      else
        sendJson(response, 200, {
          total,
          pageCount: 21,
          entities: Array.from({ length: 500 }, (_, n) => ({ id: `${page}-${n}` })),
        });
    });
    const directory = createDirectory(testClient(server.base).client);
    await expect(directory.usersOfState('inactive', run, quiet)).rejects.toMatchObject({
      error: { code: 'too-many-users' },
    });
    return server.received.length;
  };
  expect(await serve(10_001)).toBe(1);
  expect(await serve(10_000)).toBeLessThanOrEqual(24);
});
