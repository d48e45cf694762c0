import type { PlanRow } from '../../../shared/plan.ts';
import type { OutcomeRow } from '../../../shared/run.ts';
import { linesOf } from '../../files/lines.ts';
import { journalChunks, planChunks, rowSchema } from '../journal/files.ts';
import { readJournal } from '../journal/reader.ts';
import { MAX_LINE_BYTES } from '../journal/chain.ts';
import { Replay, type ReplayedRun } from '../journal/replay.ts';
import { outcomeRow } from '../report/rows.ts';

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** A run's two files in pieces of any size. */
interface RecordPieces {
  readonly plan: Pieces;
  readonly journal: Pieces;
}

/**
 * So far a journal is read for the first rows: of users whose calls were made one after the other, their outcomes stand
 * within the first few hundred thousand bytes of it.
 */
const MOST_JOURNAL_BYTES = 4 * 1024 * 1024;

/**
 * The first rows of a stored report, before the rest of its record is read: an outcome that the journal has told stays
 * what it is, whatever follows. The chain is checked as far as it is read; the rest, and the plan's hash, are not.
 * @returns the longest beginning of the report, up to `count` rows, that is certain. Empty where that is none, or where
 * anything does not fit: reading the whole record says what.
 */
export const readFirstRows = (folder: string, runId: string, count: number): Promise<readonly OutcomeRow[]> =>
  firstRowsOf({ plan: planChunks(folder), journal: journalChunks(folder) }, runId, count).catch(() => []);

/** As `readFirstRows`, of the files' pieces; throws where a file cannot be read. */
export async function firstRowsOf(
  { plan, journal }: RecordPieces,
  runId: string,
  count: number,
): Promise<readonly OutcomeRow[]> {
  const rows = await firstOfPlan(plan, count);
  const replayed = new Replay();
  const isCertain = ({ decision, index }: PlanRow): boolean =>
    decision.kind === 'kept-back' || replayed.settled.has(index);
  /** Rows whose outcome is certain, and whether the journal was read to its end. */
  const known = { rows: 0, isWhole: true };
  const untilCertain = async function* (): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const piece of journal) {
      bytes += piece.length;
      yield piece;
      for (let row = rows[known.rows]; row && isCertain(row); row = rows[known.rows]) known.rows += 1;
      known.isWhole = known.rows < rows.length && bytes <= MOST_JOURNAL_BYTES;
      if (!known.isWhole) return;
    }
  };
  const { damage } = await readJournal(untilCertain(), (record) => replayed.add(record));
  if (replayed.header?.runId !== runId || !rows.every((row, n) => row.index === n && fits(row, replayed)))
    return [];
  return rows
    .slice(0, known.isWhole && damage === null ? rows.length : known.rows)
    .map((row) => outcomeRow(row, replayed.settled.get(row.index), replayed.open.has(row.index)));
}

async function firstOfPlan(pieces: Pieces, count: number): Promise<readonly PlanRow[]> {
  const rows: PlanRow[] = [];
  for await (const lines of linesOf(pieces, MAX_LINE_BYTES))
    for (const line of lines) {
      rows.push(rowSchema.parse(JSON.parse(line.toString('utf8'))));
      if (rows.length === count) return rows;
    }
  return rows;
}

/** Whether the journal means the same user by that row. */
const fits = ({ index, userId }: PlanRow, { settled, open }: ReplayedRun): boolean => {
  const named = settled.get(index)?.userId ?? open.get(index);
  return named === undefined || named === userId;
};
