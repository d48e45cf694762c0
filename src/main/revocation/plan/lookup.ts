import { LISTED_IDS, SEARCH_VALUES } from '../../api-limits.ts';
import { failure } from '../../failure.ts';
import { steadyItems, type Listing } from '../../listing.ts';
import type { Identifier } from '../lists/identify.ts';
import type { Directory, DirectoryUser } from '../ports.ts';
import type { Lookup } from './decide.ts';
import type { KnownUsers } from './directory-cache.ts';

/** Batches asked for at once, so that latency does not add up; the directory's own pacing stays the limit. */
const AT_ONCE = 4;

/** Keys in batches of at most `size`. */
export const inBatches = (keys: readonly string[], size: number): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(keys.length / size) }, (_, n) => keys.slice(n * size, (n + 1) * size));

/**
 * Does the work for each item, some at once; the first that fails ends the whole: a set is never silently smaller.
 * @throws what the work throws; AppFailure `cancelled` when aborted.
 */
export async function forEachAtOnce<T>(
  items: readonly T[],
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const others = new AbortController();
  const stop = AbortSignal.any([signal, others.signal]);
  const queue = items.values();
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      stop.throwIfAborted();
      await work(item, stop);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  } catch (error) {
    others.abort();
    if (signal.aborted) throw failure('cancelled', 'Reading the users was cancelled.', error);
    throw error;
  }
}

/** Of the identifiers of a kind, those that are not known yet, each once. */
const unknownOf = (
  identifiers: Iterable<Identifier>,
  kind: Identifier['kind'],
  known: ReadonlyMap<string, unknown>,
): readonly string[] => {
  const keys = new Set<string>();
  for (const identifier of identifiers)
    if (identifier.kind === kind && !known.has(identifier.key)) keys.add(identifier.key);
  return [...keys];
};

/** Sorts users by the key that they were asked for by, without others that the answer holds. */
function byKey<T extends DirectoryUser>(
  keys: readonly string[],
  users: readonly T[],
  keyOf: (user: T) => string | null,
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>(keys.map((key) => [key, []]));
  for (const user of users) {
    const same = found.get(keyOf(user)?.toLowerCase() ?? '');
    if (same?.every(({ id }) => id !== user.id)) same.push(user);
  }
  return found;
}

/**
 * Looks every identifier up that is not known yet, each once. Addresses that nobody has are asked for once more as user
 * names: in many orgs people sign in with another address than the one they are written to.
 * @param identifiers gone through several times.
 * @param onProgress keys asked for so far, and all of them as far as they are known.
 * @throws as `forEachAtOnce`; AppFailure `directory-changed`.
 */
export async function lookUp(
  identifiers: Iterable<Identifier>,
  directory: Directory,
  known: KnownUsers,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<Lookup> {
  const ids = unknownOf(identifiers, 'id', known.byId);
  const emails = unknownOf(identifiers, 'email', known.byEmail);
  let total = ids.length + emails.length;
  let done = 0;
  const inTurn = (
    keys: readonly string[],
    size: number,
    ask: (batch: readonly string[], stop: AbortSignal) => Promise<void>,
  ): Promise<void> =>
    forEachAtOnce(inBatches(keys, size), signal, async (batch, stop) => {
      await ask(batch, stop);
      done += batch.length;
      onProgress(done, total);
    });
  const steady = <T>(listing: Listing<T>): readonly T[] => {
    known.addresses.shown += listing.items.length;
    known.addresses.counted += listing.kind === 'miscounted' ? listing.counted : listing.items.length;
    return steadyItems(listing);
  };

  await inTurn(ids, LISTED_IDS, async (batch, stop) => {
    const found = byKey(batch, await directory.usersByIds(batch, stop), ({ id }) => id);
    for (const [key, [user = null]] of found) known.byId.set(key, user);
  });
  await inTurn(emails, SEARCH_VALUES, async (batch, stop) => {
    const users = steady(await directory.usersByEmails(batch, stop));
    for (const [key, found] of byKey(batch, users, ({ email }) => email)) known.byEmail.set(key, found);
  });

  const nobodys = unknownOf(identifiers, 'email', known.byUsername).filter(
    (key) => known.byEmail.get(key)?.length === 0,
  );
  total += nobodys.length;
  await inTurn(nobodys, SEARCH_VALUES, async (batch, stop) => {
    const users = steady(await directory.usersByUsernames(batch, stop));
    for (const [key, found] of byKey(batch, users, ({ username }) => username))
      known.byUsername.set(key, found);
  });
  return known;
}
