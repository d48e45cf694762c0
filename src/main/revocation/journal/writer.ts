import { type Clock, nowIso } from '../../clock.ts';
import { hashLine, type Chain } from './chain.ts';
import { encodeRecord, type RecordBody } from './records.ts';
import type { JournalTail } from './reader.ts';

/** The file under a journal. Each function throws when the disk does not do its part. */
export interface JournalFile {
  /** Writes all of the bytes at the end, or throws, and then may have written some. */
  append(bytes: Uint8Array): Promise<void>;
  /**
   * Makes the file fit to go on at that length, at the start and after each failure: what stands behind it is cut off,
   * what the disk may have dropped is written again, and a file that was removed is put back. Throws while it cannot.
   */
  recover(length: number): Promise<void>;
  /** Resolves when what was appended survives a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface ChainWriter<Body> {
  /** Resolves when the record is written: from then on it survives the end of the app. Rejects when it could not be. */
  append(body: Body): Promise<void>;
  /** Resolves when everything appended survives a power cut. */
  sync(): Promise<void>;
  /** What failed last, as the disk said it; undefined when nothing has. */
  readonly lastError: unknown;
  /** Syncs and closes; the journal takes no more records. */
  close(): Promise<void>;
}

/** The writer of a run's journal. */
export type JournalWriter = ChainWriter<RecordBody>;

/** At most this long until a written record is on the disk for good, ms. A sync takes 1 to 5 ms, an hour of them 20 s. */
export const SYNC_MS = 250;

interface Waiting<Body> {
  readonly body: Body;
  readonly at: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The one writer of a journal. Records are written in the order they come, those of one tick together; the queue is as
 * long as there are callers waiting.
 * A write that fails rejects its records and leaves the chain as it was; after a write or a sync that failed, the next
 * write first recovers the file.
 * @param onSyncFailed the disk failed behind a record that was written.
 * Long: short functions over one queue of records, whose order is what the journal promises.
 */
export function createChainWriter<Body>(
  file: JournalFile,
  from: JournalTail,
  clock: Clock,
  onSyncFailed: (error: unknown) => void,
  encodeLine: (body: Body, chain: Chain) => Buffer,
): ChainWriter<Body> {
  let tail = from;
  let waiting: Waiting<Body>[] = [];
  let flushing: Promise<void> | null = null;
  /** Counted, for a sync can fail while a record is being written, and that is written well. */
  let failures = 1;
  let madeGood = 0;
  let lastError: unknown;
  let syncing: Promise<void> | null = null;
  const closed = new AbortController();

  const encode = (batch: readonly Waiting<Body>[]): { bytes: Buffer; after: JournalTail } => {
    let { length, seq, prev } = tail;
    const lines = batch.map(({ body, at }) => {
      const line = encodeLine(body, { seq, at, prev });
      length += line.length;
      seq += 1;
      prev = hashLine(line);
      return line;
    });
    return { bytes: Buffer.concat(lines), after: { length, seq, prev } };
  };

  const makeGood = async (): Promise<void> => {
    const known = failures;
    if (madeGood === known) return;
    await file.recover(tail.length);
    madeGood = known;
  };

  const write = async (batch: readonly Waiting<Body>[]): Promise<void> => {
    await makeGood();
    const { bytes, after } = encode(batch);
    try {
      await file.append(bytes);
    } catch (error) {
      failures += 1;
      throw error;
    }
    tail = after;
  };

  const sync = async (): Promise<void> => {
    try {
      await file.sync();
    } catch (error) {
      failures += 1;
      lastError = error;
      throw error;
    }
  };

  const syncSoon = (): void => {
    syncing ??= clock
      .sleep(SYNC_MS, closed.signal)
      .then(
        () => sync().catch(onSyncFailed),
        () => undefined,
      )
      .finally(() => {
        syncing = null;
      });
  };

  const flush = async (): Promise<void> => {
    await Promise.resolve(); // the rest of this tick's records
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await write(batch);
        for (const { resolve } of batch) resolve();
        syncSoon();
      } catch (error) {
        lastError = error;
        for (const { reject } of batch) reject(error);
      }
    }
    flushing = null;
  };

  return {
    append: (body) =>
      new Promise((resolve, reject) => {
        if (closed.signal.aborted) {
          reject(new Error('The journal is closed'));
          return;
        }
        waiting.push({ body, at: nowIso(clock), resolve, reject });
        flushing ??= flush();
      }),
    sync: async () => {
      await flushing;
      await sync();
    },
    get lastError() {
      return lastError;
    },
    close: async () => {
      if (closed.signal.aborted) return;
      closed.abort();
      await flushing;
      await syncing;
      try {
        await makeGood();
        await file.sync().catch(async () => {
          await file.recover(tail.length);
          await file.sync();
        });
      } finally {
        await file.close();
      }
    },
  };
}

/** As `createChainWriter`, for the records of a run. */
export const createJournalWriter = (
  file: JournalFile,
  from: JournalTail,
  clock: Clock,
  onSyncFailed: (error: unknown) => void,
): JournalWriter => createChainWriter(file, from, clock, onSyncFailed, encodeRecord);
