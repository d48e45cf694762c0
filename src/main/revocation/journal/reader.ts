import { LineTooLong, linesOf } from '../../files/lines.ts';
import { hashLine, MAX_LINE_BYTES, NO_LINE, type Chain } from './chain.ts';
import { decodeRecord, type JournalRecord } from './records.ts';

/** Where the next record goes. */
export interface JournalTail {
  /** Bytes that are certain: a torn last line stands behind them. */
  readonly length: number;
  readonly seq: number;
  /** Hash of the last line. */
  readonly prev: string;
}

/** Of a journal that holds nothing yet. */
export const JOURNAL_START: JournalTail = { length: 0, seq: 0, prev: NO_LINE };

export interface JournalEnd {
  readonly tail: JournalTail;
  /** What is wrong in the middle, and where; null when the journal is whole. */
  readonly damage: string | null;
}

const OTHER_LINE = 'it does not fit the line before';

function fault(record: (Chain & { readonly type: string }) | null, tail: JournalTail): string | null {
  if (record === null) return 'it cannot be read';
  if (record.seq !== tail.seq) return `its number is ${record.seq} instead of ${tail.seq}`;
  if (record.prev !== tail.prev) return OTHER_LINE;
  if ((record.type === 'header') !== (tail.seq === 0)) return 'the header is not the first line';
  return null;
}

/**
 * Reads a journal from its bytes and checks the chain. What follows a fault is not read: it is not certain. Where two
 * lines do not fit, one of them was changed; the next line tells which, and the one before is certain only if it was not.
 * A last line without its line feed is what a crash leaves, and ignored.
 * @param chunks the file in pieces of any size.
 */
export async function readChain<R extends Chain & { readonly type: string }>(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  decode: (line: string) => R | null,
  onRecord: (record: R) => void,
): Promise<JournalEnd> {
  let tail = JOURNAL_START;
  /** The last line that fits, and where it begins: the line behind it confirms it. */
  let last: { readonly record: R; readonly from: JournalTail } | null = null;
  /** Does not fit that one. */
  let odd: Uint8Array | null = null;
  const confirmLast = (): void => {
    if (last) onRecord(last.record);
    last = null;
  };
  const damaged = (wrong: string): JournalEnd => {
    const damage = `Line ${tail.seq + 1} of the journal is damaged: ${wrong}.`;
    if (wrong !== OTHER_LINE) confirmLast();
    return { tail: last?.from ?? tail, damage };
  };
  try {
    for await (const lines of linesOf(chunks, MAX_LINE_BYTES)) {
      for (const line of lines) {
        const record = decode(line.toString('utf8'));
        if (odd) {
          if (record?.prev !== hashLine(odd)) confirmLast();
          return damaged(OTHER_LINE);
        }
        const wrong = fault(record, tail);
        if (wrong === OTHER_LINE) {
          odd = line;
          continue;
        }
        if (wrong !== null || record === null) return damaged(wrong ?? '');
        confirmLast();
        last = { record, from: tail };
        tail = { length: tail.length + line.length, seq: tail.seq + 1, prev: hashLine(line) };
      }
    }
  } catch (error) {
    if (error instanceof LineTooLong) return damaged(odd ? OTHER_LINE : 'it has no end');
    throw error;
  }
  if (odd) return damaged(OTHER_LINE);
  confirmLast();
  return { tail, damage: null };
}

/** As `readChain`, for the records of a run. */
export const readJournal = (
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  onRecord: (record: JournalRecord) => void,
): Promise<JournalEnd> => readChain(chunks, decodeRecord, onRecord);
