import type { Clock } from '../../clock.ts';
import { encodeRecord, hashLine, type RecordBody } from './records.ts';
import type { JournalTail } from './reader.ts';

/** The file under a journal. Each function throws when the disk does not do its part. */
export interface JournalFile {
  /** Writes all of the bytes at the end, or throws, and then may have written some. */
  append(bytes: Uint8Array): Promise<void>;
  truncate(length: number): Promise<void>;
  /** Resolves when what was appended survives a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface JournalWriter {
  /** Resolves when the record is written: from then on it survives the end of the app. Rejects when it could not be. */
  append(body: RecordBody): Promise<void>;
  /** Resolves when everything appended survives a power cut. */
  sync(): Promise<void>;
  /** Syncs and closes; the journal takes no more records. */
  close(): Promise<void>;
}

/** At most this long until a written record is on the disk for good, ms. A sync takes 1 to 5 ms, an hour of them 20 s. */
export const SYNC_MS = 250;

interface Waiting {
  readonly body: RecordBody;
  readonly at: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The one writer of a journal. Records are written in the order they come, those of one tick together; the queue is as
 * long as there are callers waiting.
 * A write that fails rejects its records and leaves the chain as it was: the next one first cuts off what the failed one
 * may have left behind.
 * @param onSyncFailed the disk failed behind a record that was written.
 */
export function createJournalWriter(
  file: JournalFile,
  from: JournalTail,
  clock: Clock,
  onSyncFailed: (error: unknown) => void,
): JournalWriter {
  let tail = from;
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | null = null;
  let cutFirst = true;
  let syncing: Promise<void> | null = null;
  const closed = new AbortController();

  const encode = (batch: readonly Waiting[]): { bytes: Buffer; after: JournalTail } => {
    let { length, seq, prev } = tail;
    const lines = batch.map(({ body, at }) => {
      const line = encodeRecord(body, { seq, at, prev });
      length += line.length;
      seq += 1;
      prev = hashLine(line);
      return line;
    });
    return { bytes: Buffer.concat(lines), after: { length, seq, prev } };
  };

  const write = async (batch: readonly Waiting[]): Promise<void> => {
    if (cutFirst) await file.truncate(tail.length);
    cutFirst = true;
    const { bytes, after } = encode(batch);
    await file.append(bytes);
    cutFirst = false;
    tail = after;
  };

  const syncSoon = (): void => {
    syncing ??= clock
      .sleep(SYNC_MS, closed.signal)
      .then(
        () => file.sync().catch(onSyncFailed),
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
        waiting.push({ body, at: new Date(clock.now()).toISOString(), resolve, reject });
        flushing ??= flush();
      }),
    sync: async () => {
      await flushing;
      await file.sync();
    },
    close: async () => {
      if (closed.signal.aborted) return;
      closed.abort();
      await flushing;
      await syncing;
      try {
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}
