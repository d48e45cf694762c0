import { failure } from '../../failure.ts';
import type { Identifier } from '../lists/identify.ts';
import type { Directory, DirectoryUser } from '../ports.ts';
import type { Lookup } from './decide.ts';

/** The API's `max.user.ids`; the same for addresses, so that 10,000 of them take about 100 calls. */
const BATCH = 100;

/** Batches asked for at once, so that latency does not add up; the directory's own pacing stays the limit. */
const AT_ONCE = 4;

type Batch = { readonly kind: 'id' | 'email'; readonly keys: readonly string[] };

function batchesOf(identifiers: readonly Identifier[], kind: Batch['kind']): Batch[] {
  const keys = [...new Set(identifiers.filter((i) => i.kind === kind).map((i) => i.key))];
  return Array.from({ length: Math.ceil(keys.length / BATCH) }, (_, n) => ({
    kind,
    keys: keys.slice(n * BATCH, (n + 1) * BATCH),
  }));
}

/**
 * Looks every identifier up, each once. A batch that fails ends the whole: a set is never silently smaller.
 * @param onProgress identifiers asked for so far, and all of them.
 * @throws what the directory throws; AppFailure `cancelled` when aborted.
 */
export async function lookUp(
  identifiers: readonly Identifier[],
  directory: Directory,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<Lookup> {
  const byId = new Map<string, DirectoryUser>();
  const byEmail = new Map<string, DirectoryUser[]>();
  const batches = [...batchesOf(identifiers, 'id'), ...batchesOf(identifiers, 'email')];
  const total = batches.reduce((sum, { keys }) => sum + keys.length, 0);
  const others = new AbortController();
  const stop = AbortSignal.any([signal, others.signal]);
  const queue = batches.values();
  let done = 0;

  const ask = async ({ kind, keys }: Batch): Promise<void> => {
    const users =
      kind === 'id' ? await directory.usersByIds(keys, stop) : await directory.usersByEmails(keys, stop);
    // Only what was asked for counts, whatever else the answer holds.
    const asked = new Set(keys);
    for (const user of users) {
      const key = (kind === 'id' ? user.id : user.email)?.toLowerCase();
      if (key === undefined || !asked.has(key)) continue;
      if (kind === 'id') byId.set(key, user);
      else byEmail.set(key, [...(byEmail.get(key) ?? []).filter((u) => u.id !== user.id), user]);
    }
    done += keys.length;
    onProgress(done, total);
  };
  const worker = async (): Promise<void> => {
    for (const batch of queue) {
      stop.throwIfAborted();
      await ask(batch);
    }
  };

  try {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, batches.length) }, worker));
  } catch (error) {
    others.abort();
    if (signal.aborted) throw failure('cancelled', 'Reading the users was cancelled.', error);
    throw error;
  }
  return { byId, byEmail };
}
