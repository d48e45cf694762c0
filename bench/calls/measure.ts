import sdk from 'purecloud-platform-client-v2';
import { createPlans } from '../../src/main/revocation/plan/plans.ts';
import { createSavedPlans } from '../../src/main/revocation/plan/saved.ts';
import { listsForTests } from '../../src/main/revocation/lists/testing.ts';
import type { RevocationSession } from '../../src/main/revocation/ports.ts';
import { createFakeOrg } from '../../src/main/revocation/testing/fake-org.ts';
import { testClient } from '../../src/main/genesys/testing-server.fixture.ts';
import { createDirectory } from '../../src/main/genesys/users.ts';
import { createSecret } from '../../src/main/secrets/secret.ts';
import { createManualClock } from '../../src/main/testing/manual-clock.ts';
import type { TargetSource } from '../../src/shared/plan.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/index.ts';

export type Task = 'addresses' | 'group' | 'everyone';

interface Counted {
  readonly task: Task;
  readonly users: number;
  readonly calls: number;
}

/** Most calls that the app takes to know whom a choice stands for: 50 addresses, 100 members, 500 users each. */
export const MOST_CALLS: Readonly<Record<Task, number>> = { addresses: 200, group: 52, everyone: 42 };

const ADDRESSES = 10_000;
/** Makes a group of 5,000 of the active users, and 20,000 who are active. */
const GROUP_ORG = 15_500;
const LARGE_ORG = 21_650;
/** What the vendor's examples ask for. */
const SDK_PAGE = 100;

const count = async (task: Task, simulator: Simulator, work: () => Promise<number>): Promise<Counted> => {
  const sent = (): number => {
    const { requests, notListed } = simulator.ledger();
    return requests.length + notListed;
  };
  const before = sent();
  const users = await work();
  return { task, users, calls: sent() - before };
};

/** The app's own way from a choice to a plan, against the simulator. @returns how many users the plan has. */
const plan = async (simulator: Simulator, source: (listId: string) => TargetSource): Promise<number> => {
  const clock = createManualClock();
  const random = (): number => 0.5;
  const lists = listsForTests(random);
  const plans = createPlans({
    lists,
    saved: createSavedPlans(random),
    protectedEntries: () => Promise.resolve([]),
    clock,
    random,
    onProgress: () => undefined,
  });
  const { client } = testClient(simulator.api, { token: () => createSecret(simulator.token) });
  const session: RevocationSession = {
    ...createFakeOrg({ users: [], clock }).session,
    directory: createDirectory(client),
  };
  const { listId } = await lists.fromText(simulator.org.emails.slice(0, ADDRESSES).join('\n'));
  return (await plans.resolve({ include: [source(listId)], exclude: [] }, session)).total;
};

const useSdk = (simulator: Simulator): void => {
  const { hostname, port } = new URL(simulator.api);
  const client = sdk.ApiClient.instance;
  client.setGateway({ host: hostname, protocol: 'http', port: Number(port) });
  client.setAccessToken(simulator.token);
};

/** Reads page after page. @returns how many there were. */
const everyPage = async (
  read: (
    pageNumber: number,
  ) => Promise<{ readonly entities?: readonly unknown[]; readonly pageCount?: number }>,
): Promise<number> => {
  let users = 0;
  for (let pageNumber = 1; ; pageNumber += 1) {
    const { entities = [], pageCount = 0 } = await read(pageNumber);
    users += entities.length;
    if (pageNumber >= pageCount) return users;
  }
};

const bySdk = {
  /** One search an address: the loop that one writes. */
  addresses: async (simulator: Simulator): Promise<number> => {
    const users = new sdk.UsersApi();
    for (const value of simulator.org.emails.slice(0, ADDRESSES))
      await users.postUsersSearch({ query: [{ type: 'EXACT', fields: ['email'], value }] });
    return ADDRESSES;
  },
  group: (groupId: string) =>
    everyPage((pageNumber) =>
      new sdk.GroupsApi().getGroupMembers(groupId, { pageSize: SDK_PAGE, pageNumber }),
    ),
  everyone: () =>
    everyPage((pageNumber) =>
      new sdk.UsersApi().getUsers({ pageSize: SDK_PAGE, pageNumber, state: 'active' }),
    ),
};

/** Room enough for either way; the rates of searching hold for the app, and would end the loop after 4,000 searches. */
const LIMIT = 100_000;

const groupOf = ({ org }: Simulator): { readonly id: string; readonly name: string } => {
  const group = org.groups.find(({ name }) => name === 'Home office');
  if (!group) throw new Error('The simulated org has lost its group.');
  return group;
};

const withSimulator = async <T>(
  options: SimulatorOptions,
  work: (simulator: Simulator) => Promise<T>,
): Promise<T> => {
  const simulator = await startSimulator({ limit: LIMIT, ...options });
  try {
    return await work(simulator);
  } finally {
    await simulator.close();
  }
};

/** How many calls the app takes for 10,000 addresses, a group of 5,000 and everyone of 20,000. */
export const callsOfTokendesk = async (): Promise<readonly Counted[]> => {
  const smaller = await withSimulator({ users: GROUP_ORG }, async (simulator) => {
    const { id, name } = groupOf(simulator);
    return [
      await count('addresses', simulator, () =>
        plan(simulator, (listId) => ({ kind: 'list', listId, column: 0 })),
      ),
      await count('group', simulator, () => plan(simulator, () => ({ kind: 'group', id, name }))),
    ];
  });
  const everyone = await withSimulator({ users: LARGE_ORG }, (simulator) =>
    count('everyone', simulator, () => plan(simulator, () => ({ kind: 'everyone', inactive: false }))),
  );
  return [...smaller, everyone];
};

/** The same by a loop over the official SDK. */
export const callsOfSdk = async (): Promise<readonly Counted[]> => {
  const smaller = await withSimulator({ users: GROUP_ORG, searchRates: false }, async (simulator) => {
    useSdk(simulator);
    return [
      await count('addresses', simulator, () => bySdk.addresses(simulator)),
      await count('group', simulator, () => bySdk.group(groupOf(simulator).id)),
    ];
  });
  const everyone = await withSimulator({ users: LARGE_ORG }, (simulator) => {
    useSdk(simulator);
    return count('everyone', simulator, bySdk.everyone);
  });
  return [...smaller, everyone];
};
