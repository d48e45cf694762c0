import type { Directory, DirectoryUser, ListedUser, RevocationSession } from '../ports.ts';

/** What the directory has said so far. Keys are lower case; null is an id that nobody has. */
export interface Known {
  readonly byId: Map<string, DirectoryUser | null>;
  readonly byEmail: Map<string, readonly DirectoryUser[]>;
  readonly listed: Map<'active' | 'inactive', readonly ListedUser[]>;
  /** Ids of the users of a search, group or role. */
  readonly sets: Map<string, readonly string[]>;
}

/** What is known of the directory in this sitting, of one connection and operator at a time. */
export interface Sitting {
  /** @param afresh forgets what was known. */
  of(session: RevocationSession, afresh: boolean): Known;
}

/** As large as the org and the lists that were resolved, and gone when somebody else signs in. */
export function createSitting(): Sitting {
  let owner = '';
  let known = nothingKnown();
  return {
    of: ({ connection, operator }, afresh) => {
      const now = JSON.stringify([connection.id, connection.organization.id, operator.userId]);
      if (afresh || now !== owner) known = nothingKnown();
      owner = now;
      return known;
    },
  };
}

/** The beginning of a sitting. */
export const nothingKnown = (): Known => ({
  byId: new Map(),
  byEmail: new Map(),
  listed: new Map(),
  sets: new Map(),
});

/** Remembers users by their ids. @returns the ids, lower case. */
export function remember({ byId }: Known, users: readonly DirectoryUser[]): readonly string[] {
  return users.map((user) => {
    const key = user.id.toLowerCase();
    byId.set(key, user);
    return key;
  });
}

/** @returns what `read` reads, or what it read earlier in this sitting. Nothing is kept of a reading that fails. */
export async function once<K, V>(map: Map<K, V>, key: K, read: () => Promise<V>): Promise<V> {
  const earlier = map.get(key);
  if (earlier !== undefined) return earlier;
  const value = await read();
  map.set(key, value);
  return value;
}

/** The directory as the sources use it. */
export interface Reading {
  readonly directory: Directory;
  readonly known: Known;
  readonly signal: AbortSignal;
  /** Progress of the source that is being read. */
  readonly onPage: (done: number, total: number) => void;
}
