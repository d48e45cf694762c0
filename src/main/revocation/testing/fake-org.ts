import type { Clock } from '../../clock.ts';
import { REQUEST_TIMEOUT_MS } from '../../genesys/deadline.ts';
import type { Pacer } from '../../genesys/pacing.ts';
import type { Directory, DirectoryUser, RevocationSession, RevokeAnswer } from '../ports.ts';
import { failure } from '../../failure.ts';
import type { Listing } from '../../listing.ts';

/** A user id whose last digits are `n`. */
export const userId = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

export const fakeUser = (n: number, over: Partial<DirectoryUser> = {}): DirectoryUser => ({
  id: userId(n),
  name: `User ${n}`,
  email: `user${n}@example.org`,
  department: null,
  division: n % 2 === 0 ? 'Home' : 'Sales',
  state: 'active',
  ...over,
});

/** The row of a plan that says to revoke that user. */
export const revokeRow = (index: number) => {
  const { id, ...fields } = fakeUser(index);
  return { index, input: id, userId: id, ...fields, decision: { kind: 'revoke' } } as const;
};

/** Those of users 0 to `count - 1`. */
export const revokeRows = (count: number) => Array.from({ length: count }, (_, index) => revokeRow(index));

export const answered = { status: 200, correlationId: 'c-1' } as const;

export const unclear = (offline = false): RevokeAnswer => ({
  kind: 'unclear',
  status: offline ? null : 503,
  correlationId: null,
  message: offline ? 'No network' : 'Service unavailable',
  trouble: offline ? 'offline' : null,
  sent: offline ? 'no' : 'maybe',
});

/** What the org does with one call, and whether it told so truthfully: `applied` is the ground truth. */
export interface FakeAnswer {
  readonly answer: RevokeAnswer;
  readonly applied: boolean;
}

export interface FakeOrg {
  readonly session: RevocationSession;
  readonly directory: Directory;
  /** Ground truth: how often each user's tokens were really revoked. */
  readonly revoked: ReadonlyMap<string, number>;
  /** Every DELETE that came, in order. */
  readonly requests: readonly string[];
  /** Most calls that were under way together. */
  readonly mostInFlight: number;
}

/** A gate that is always open, for tests that are not about pacing. */
export const openGate: Pacer = {
  acquire: (signal) => (signal.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve()),
  closeFor: () => undefined,
  pacePerMinute: 300,
  limitPerMinute: 300,
  setLimit: () => undefined,
};

const TIMED_OUT: RevokeAnswer = {
  kind: 'unclear',
  status: null,
  correlationId: null,
  message: 'There was no answer within 30 seconds.',
  trouble: 'timed-out',
  sent: 'maybe',
};

/** The call's time limit, as the API client has it: what the server did by then, or does later, is not told. */
async function inTime(
  clock: Clock,
  signal: AbortSignal,
  work: () => Promise<RevokeAnswer>,
): Promise<RevokeAnswer> {
  const enough = new AbortController();
  const follow = (): void => enough.abort();
  signal.addEventListener('abort', follow);
  const limit = clock.sleep(REQUEST_TIMEOUT_MS, enough.signal).then(
    () => TIMED_OUT,
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([work(), limit]);
  } finally {
    signal.removeEventListener('abort', follow);
    enough.abort();
  }
}

/** An organisation with these users, whose answers a test chooses. Each call takes `latencyMs` of the given clock. */
export function createFakeOrg(options: {
  readonly users: readonly DirectoryUser[];
  readonly clock: Clock;
  readonly pacer?: Pacer;
  readonly operatorId?: string | null;
  readonly connectionId?: string;
  readonly organizationId?: string;
  readonly latencyMs?: () => number;
  /** Calls that can be under way at once: the rest waits in order, unseen, while its time limit runs. */
  readonly sockets?: () => number;
  /** How far the server's clock is ahead of the given one, ms. */
  readonly aheadMs?: number;
  readonly respond?: (id: string, request: number) => FakeAnswer;
  /** Ids of the members of groups and roles, by the group's or role's id. */
  readonly sets?: ReadonlyMap<string, readonly string[]>;
  /** Newest token, by user id. */
  readonly tokens?: ReadonlyMap<string, string>;
  readonly onCall?: ReadonlySet<string>;
  /** What users sign in with, by user id. */
  readonly usernames?: ReadonlyMap<string, string>;
  /** What a group or role counts instead of its members. */
  readonly counted?: ReadonlyMap<string, number | 'unsteady'>;
}): FakeOrg {
  const { users, clock, latencyMs = () => 50 } = options;
  const revoked = new Map<string, number>();
  const requests: string[] = [];
  let calls = 0;
  let inFlight = 0;
  let mostInFlight = 0;
  const sentAt = (): string => {
    const answeredAt = Math.floor((clock.now() + (options.aheadMs ?? 0)) / 1000) * 1000;
    return new Date(answeredAt - latencyMs()).toISOString();
  };
  const respond =
    options.respond ??
    (() => ({ answer: { kind: 'revoked', ...answered, sentAt: sentAt() }, applied: true }));

  const sockets = options.sockets ?? (() => Infinity);
  const queue: (() => void)[] = [];
  let inUse = 0;
  const enter = async (): Promise<void> => {
    if (inUse >= sockets()) await new Promise<void>((resolve) => queue.push(resolve));
    inUse += 1;
  };
  const leave = (): void => {
    inUse -= 1;
    if (inUse < sockets()) queue.shift()?.();
  };

  const lookup =
    (most: number, key: (user: DirectoryUser) => string | undefined) =>
    async (keys: readonly string[], signal: AbortSignal): Promise<readonly DirectoryUser[]> => {
      if (keys.length > most) throw new Error(`More than ${most} at once`);
      calls += 1;
      await clock.sleep(20, signal);
      const asked = new Set(keys.map((k) => k.toLowerCase()));
      return users.filter((user) => asked.has(key(user) ?? ''));
    };
  const membersOf = async (id: string, signal: AbortSignal): Promise<readonly string[]> => {
    calls += 1;
    await clock.sleep(20, signal);
    const members = options.sets?.get(id);
    if (!members) throw failure('not-found', 'There is no such group or role.');
    return members;
  };
  const usernames = options.usernames ?? new Map<string, string>();
  const byEmail = lookup(50, (user) => user.email?.toLowerCase());
  const byUsername = lookup(50, (user) => usernames.get(user.id)?.toLowerCase());
  const whole = <T>(items: readonly T[]): Listing<T> => ({ kind: 'whole', items });
  /** A group or role that counts other than it shows, or was never the same. */
  const told = <T>(id: string, items: readonly T[]): Listing<T> => {
    const counted = options.counted?.get(id);
    if (counted === undefined) return whole(items);
    return counted === 'unsteady' ? { kind: 'unsteady', items } : { kind: 'miscounted', items, counted };
  };
  const directory: Directory = {
    usersByIds: lookup(100, (user) => user.id),
    usersByEmails: async (emails, signal) => whole(await byEmail(emails, signal)),
    usersByUsernames: async (names, signal) => {
      const found = await byUsername(names, signal);
      return whole(found.map((user) => ({ ...user, username: usernames.get(user.id) ?? '' })));
    },
    usersOfState: async (state, signal, onPage) => {
      calls += 1;
      await clock.sleep(20, signal);
      onPage(users.length, users.length);
      return whole(
        users
          .filter((user) => user.state === state)
          .map((user) => ({
            ...user,
            divisionId: user.division,
            lastTokenIssued: options.tokens?.get(user.id) ?? null,
          })),
      );
    },
    searchUsers: async (field, text, signal) => {
      calls += 1;
      await clock.sleep(20, signal);
      const of = (user: DirectoryUser): string =>
        field === 'department' ? (user.department ?? '') : `${user.name}\n${user.email ?? ''}`;
      return whole(
        users.filter(
          (user) => user.state !== 'deleted' && of(user).toLowerCase().includes(text.toLowerCase()),
        ),
      );
    },
    groupMembers: async (groupId, signal) => {
      const ids = await membersOf(groupId, signal);
      return told(
        groupId,
        users.filter(({ id }) => ids.includes(id)),
      );
    },
    roleMembers: async (roleId, signal) => told(roleId, await membersOf(roleId, signal)),
    activityOf: async (ids, about, signal) => {
      calls += 1;
      await clock.sleep(20, signal);
      return users
        .filter(({ id }) => ids.includes(id))
        .map(({ id }) => ({
          id,
          lastTokenIssued: about.includes('last-token') ? (options.tokens?.get(id) ?? null) : null,
          onCall: about.includes('on-call') ? (options.onCall?.has(id) ?? false) : null,
        }));
    },
    profilesOf: async (ids, signal) => {
      calls += 1;
      await clock.sleep(20, signal);
      return users
        .filter(({ id }) => ids.includes(id))
        .map((user) => ({ ...user, title: null, lastTokenIssued: options.tokens?.get(user.id) ?? null }));
    },
    get calls() {
      return calls;
    },
  };

  return {
    directory,
    revoked,
    requests,
    get mostInFlight() {
      return mostInFlight;
    },
    session: {
      connection: {
        id: options.connectionId ?? 'connection-1',
        label: 'Test org',
        method: 'client-credentials',
        region: { kind: 'genesys', id: 'eu-central-1' },
        clientId: 'client-1',
        organization: { id: options.organizationId ?? 'org-1', name: 'Aurora Ltd' },
        createdAt: '2026-01-05T09:00:00.000Z',
      },
      operator: {
        userId: options.operatorId === undefined ? userId(9_999) : options.operatorId,
        name: 'Olive Operator',
      },
      directory,
      pacer: options.pacer ?? openGate,
      revokeUserTokens: async (id, signal) => {
        const request = requests.push(id);
        inFlight += 1;
        mostInFlight = Math.max(mostInFlight, inFlight);
        try {
          return await inTime(clock, signal, async () => {
            await enter();
            const { answer, applied } = respond(id, request);
            if (applied) revoked.set(id, (revoked.get(id) ?? 0) + 1);
            await clock.sleep(latencyMs(), signal).finally(leave);
            return answer;
          });
        } finally {
          inFlight -= 1;
        }
      },
    },
  };
}
