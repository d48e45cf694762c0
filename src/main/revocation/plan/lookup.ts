import { LISTED_IDS, SEARCH_VALUES } from '../../api-limits.ts';
import { failure } from '../../failure.ts';
import type { Identifier } from '../lists/identify.ts';
import type { Directory, DirectoryUser } from '../ports.ts';
import type { Lookup } from './decide.ts';
import type { Known } from './sitting.ts';

/** Batches asked for at once, so that latency does not add up; the directory's own pacing stays the limit. */
const AT_ONCE = 4;

type Batch = { readonly kind: 'id' | 'email'; readonly keys: readonly string[] };

/** Keys in batches of at most `size`. */
export const inBatches = (keys: readonly string[], size: number): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(keys.length / size) }, (_, n) => keys.slice(n * size, (n + 1) * size));

function batchesOf(identifiers: readonly Identifier[], kind: Batch['kind'], known: Known): Batch[] {
  const earlier = kind === 'id' ? known.byId : known.byEmail;
  const keys = new Set(identifiers.filter((i) => i.kind === kind && !earlier.has(i.key)).map((i) => i.key));
  return inBatches([...keys], kind === 'id' ? LISTED_IDS : SEARCH_VALUES).map((some) => ({
    kind,
    keys: some,
  }));
}

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

/**
 * Looks every identifier up that is not known yet, each once.
 * @param onProgress identifiers asked for so far, and all of them.
 * @throws as `forEachAtOnce`.
 */
export async function lookUp(
  identifiers: readonly Identifier[],
  directory: Directory,
  known: Known,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<Lookup> {
  const batches = [...batchesOf(identifiers, 'id', known), ...batchesOf(identifiers, 'email', known)];
  const total = batches.reduce((sum, { keys }) => sum + keys.length, 0);
  let done = 0;

  await forEachAtOnce(batches, signal, async ({ kind, keys }, stop) => {
    const users =
      kind === 'id' ? await directory.usersByIds(keys, stop) : await directory.usersByEmails(keys, stop);
    // Only what was asked for counts, whatever else the answer holds.
    const found = new Map<string, DirectoryUser[]>(keys.map((key) => [key, []]));
    for (const user of users) {
      const same = found.get((kind === 'id' ? user.id : (user.email ?? '')).toLowerCase());
      if (same?.every(({ id }) => id !== user.id)) same.push(user);
    }
    for (const [key, some] of found) {
      if (kind === 'id') known.byId.set(key, some[0] ?? null);
      else known.byEmail.set(key, some);
    }
    done += keys.length;
    onProgress(done, total);
  });
  return known;
}
