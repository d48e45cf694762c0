import { cleanText } from '../../../shared/clean-text.ts';
import type { PlanRow } from '../../../shared/plan.ts';
import {
  NO_COUNTS,
  type OutcomeCounts,
  type OutcomeKind,
  type OutcomeRow,
  type RunAbout,
  type RunState,
  type RunSummary,
} from '../../../shared/run.ts';
import { AppFailure } from '../../failure.ts';
import { isMissing } from '../../files/regular-file.ts';
import { checkPlan, journalChunks, readPlan } from '../journal/files.ts';
import { Replay, type ReplayedRun } from '../journal/replay.ts';
import { JOURNAL_START, readJournal, type JournalEnd } from '../journal/reader.ts';
import type { OwnerFields } from '../journal/records.ts';
import { outcomeRow } from '../report/rows.ts';
import { hasEnded } from '../run/state.ts';

/** A run as its journal tells it. */
export interface RecordedRun extends JournalEnd {
  readonly runId: string;
  readonly replayed: ReplayedRun;
}

const NO_FIRST_LINE =
  'The journal has no whole first line: the app stopped before any call was made, or the journal was cut later.';

/**
 * What is recorded in a run's folder, whatever state it is in: evidence that is damaged is shown as damaged, and never
 * left out.
 */
export async function readRun(folder: string, runId: string): Promise<RecordedRun> {
  const replayed = new Replay();
  let end: JournalEnd;
  try {
    end = await readJournal(journalChunks(folder), (record) => replayed.add(record));
  } catch (error) {
    return { runId, replayed: new Replay(), tail: JOURNAL_START, damage: whyUnreadable(error) };
  }
  const damage = end.damage ?? (await faultOfHeader(folder, runId, replayed));
  return { runId, replayed, ...end, damage };
}

function whyUnreadable(error: unknown): string {
  if (isMissing(error)) return 'The journal of this run is missing.';
  const why = error instanceof AppFailure ? error.error.message : 'The disk failed.';
  return `The journal of this run cannot be read. ${why}`;
}

async function faultOfHeader(folder: string, runId: string, { header }: ReplayedRun): Promise<string | null> {
  if (header === null) return NO_FIRST_LINE;
  if (header.runId !== runId) return `The journal is that of another run, ${cleanText(header.runId)}.`;
  return checkPlan(folder, header);
}

/** Who is not running now was interrupted, whatever the journal says last. */
const stateOf = ({ state }: ReplayedRun, elsewhere: boolean): RunState =>
  hasEnded(state) || elsewhere ? state : { kind: 'interrupted' };

/** As the rows of the report say: who has no outcome was not attempted, or has no recorded answer. */
function countsOf({ header, settled }: ReplayedRun, unanswered: number): OutcomeCounts {
  const counts: Record<OutcomeKind, number> = { ...NO_COUNTS };
  for (const { outcome } of settled.values()) counts[outcome] += 1;
  const users = header?.users ?? settled.size;
  counts.failed += unanswered;
  counts['not-attempted'] += Math.max(0, users - settled.size - unanswered);
  counts['kept-back'] += header?.keptBack ?? 0;
  return counts;
}

/** Users of whom nothing certain is recorded: of a damaged journal, everybody whose outcome stands in what can be read no more. */
const unansweredOf = ({ header, settled, open }: ReplayedRun, damage: string | null): number =>
  damage === null ? open.size : Math.max(open.size, (header?.users ?? 0) - settled.size);

const UNKNOWN = 'Unknown';

/** When a run was begun, by its id; for a journal that does not say. */
const timeOf = (runId: string): string =>
  runId.replace(/^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-.*$/, '$1-$2-$3T$4:$5:$6.000Z');

/** Whose a record is and why, as far as its header tells. @param createdAt for one that has none. */
export const aboutOf = (
  header: (OwnerFields & { readonly choice?: string; readonly at?: string }) | null,
  createdAt: string,
): RunAbout => ({
  connectionId: header?.connectionId ?? '',
  connectionLabel: header?.connectionLabel ?? UNKNOWN,
  region: header?.region ?? '',
  organization: { id: header?.orgId ?? '', name: header?.orgName ?? UNKNOWN },
  demo: header?.region === 'demo',
  operator: header?.operator.name ?? UNKNOWN,
  operatorId: header?.operator.userId ?? null,
  reason: header?.reason ?? '',
  ticket: header?.ticket ?? '',
  choice: header?.choice ?? null,
  createdAt: header?.at ?? createdAt,
});

/** @param elsewhere whether another process writes that run now. */
export function summarise({ runId, replayed, ...run }: RecordedRun, elsewhere: boolean): RunSummary {
  const { header } = replayed;
  const state = stateOf(replayed, elsewhere);
  // What another process writes at this moment can look torn.
  const damage = elsewhere ? null : run.damage;
  const unanswered = unansweredOf(replayed, damage);
  const counts = countsOf(replayed, unanswered);
  return {
    runId,
    state,
    dryRun: header?.dryRun ?? false,
    ...aboutOf(header, timeOf(runId)),
    planHash: header?.planHash ?? '',
    parent: header?.parent ?? null,
    endedWhy: hasEnded(state) ? replayed.why : null,
    endedAt: hasEnded(state) ? state.at : null,
    users: Math.max(0, (header?.users ?? 0) - (counts['kept-back'] - (header?.keptBack ?? 0))),
    counts,
    unanswered,
    damage,
    elsewhere: elsewhere && !hasEnded(state),
  };
}

/** A run with its plan. */
export interface LoadedRun extends RecordedRun {
  readonly rows: readonly PlanRow[];
}

/** Whether each record of the journal belongs to the plan. */
const fits = (rows: readonly PlanRow[], { settled, open }: ReplayedRun): boolean =>
  [...settled].every(([index, { userId }]) => rows[index]?.userId === userId) &&
  [...open].every(([index, userId]) => rows[index]?.userId === userId);

/**
 * @param earlier what was loaded before, if anything: a plan that is still the same, which reading the journal has just
 * checked, is not read again.
 * @throws AppFailure `journal-damaged` when the plan was changed or cannot be read.
 */
export async function loadRun(
  folder: string,
  run: RecordedRun,
  earlier: LoadedRun | null = null,
): Promise<LoadedRun> {
  const planHash = run.replayed.header?.planHash ?? '';
  const known = run.damage === null && earlier?.replayed.header?.planHash === planHash ? earlier.rows : null;
  const rows = known ?? (await readPlan(folder, planHash));
  const damage =
    run.damage ?? (fits(rows, run.replayed) ? null : 'The journal names users that are not in the plan.');
  return { ...run, rows, damage };
}

/** Rows of the report, one per row of the plan. */
export function* reportRows(
  { rows, replayed, damage }: LoadedRun,
  from = 0,
  count = rows.length,
): Generator<OutcomeRow> {
  for (const row of rows.slice(from, from + count))
    yield outcomeRow(row, replayed.settled.get(row.index), replayed.open.has(row.index), damage === null);
}
