import type { ListingDifference } from '../../../shared/plan.ts';
import { mapListing, type Listing } from '../../listing.ts';
import type { Directory, DirectoryUser, ListedUser, RevocationSession } from '../ports.ts';

/** What the directory has said so far. Keys are lower case; null is an id that nobody has. */
export interface KnownUsers {
  readonly byId: Map<string, DirectoryUser | null>;
  readonly byEmail: Map<string, readonly DirectoryUser[]>;
  /** Of addresses that nobody has: those who sign in with them. */
  readonly byUsername: Map<string, readonly DirectoryUser[]>;
  /** Users that looking addresses up counted, and showed. */
  readonly addresses: { counted: number; shown: number };
  readonly listed: Map<'active' | 'inactive', Listing<ListedUser>>;
  /** Ids of the users of a search, group or role. */
  readonly sets: Map<string, Listing<string>>;
}

/** What is known of the directory since the app started, of one connection and operator at a time. */
export interface DirectoryCache {
  /** @param afresh forgets what was known. */
  of(session: RevocationSession, afresh: boolean): KnownUsers;
}

/** As large as the org and the lists that were resolved, and gone when somebody else signs in. */
export function createDirectoryCache(): DirectoryCache {
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

/** What is known at the beginning. */
export const nothingKnown = (): KnownUsers => ({
  byId: new Map(),
  byEmail: new Map(),
  byUsername: new Map(),
  addresses: { counted: 0, shown: 0 },
  listed: new Map(),
  sets: new Map(),
});

/** Remembers users by their ids. @returns the ids, lower case. */
export function remember({ byId }: KnownUsers, users: Listing<DirectoryUser>): Listing<string> {
  return mapListing(users, (user) => {
    const key = user.id.toLowerCase();
    byId.set(key, user);
    return key;
  });
}

/** @returns what `read` reads, or what it read earlier. Nothing is kept of a reading that fails. */
export async function memoize<K, V>(map: Map<K, V>, key: K, read: () => Promise<V>): Promise<V> {
  const earlier = map.get(key);
  if (earlier !== undefined) return earlier;
  const value = await read();
  map.set(key, value);
  return value;
}

/** The directory as the sources use it. */
export interface LookupContext {
  readonly directory: Directory;
  readonly known: KnownUsers;
  readonly signal: AbortSignal;
  /** Progress of the source that is being read. */
  readonly onPage: (done: number, total: number) => void;
  /** What it counts is not what it shows. */
  readonly onDifference: (difference: ListingDifference) => void;
}

/** Tells it where a listing counts another number than it shows. @returns the listing. */
export function heeding<T>({ onDifference }: LookupContext, what: string, listing: Listing<T>): Listing<T> {
  const shown = listing.items.length;
  if (listing.kind === 'miscounted') onDifference({ what, counted: listing.counted, shown });
  return listing;
}
