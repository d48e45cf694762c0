import type { PlanRow } from '../../../shared/plan.ts';
import {
  NO_COUNTS,
  type OutcomeCounts,
  type OutcomeKind,
  type OutcomeRow,
  type RunState,
  type RunSummary,
} from '../../../shared/run.ts';
import { journalChunks, readPlan } from '../journal/files.ts';
import { createFold, type Folded } from '../journal/fold.ts';
import { readJournal, type JournalEnd } from '../journal/reader.ts';
import { outcomeRow } from '../report/rows.ts';
import { hasEnded } from '../run/state.ts';

/** A run as its journal tells it. */
export interface RecordedRun extends JournalEnd {
  readonly runId: string;
  readonly folded: Folded;
}

/** @returns null when no run ever began in that folder. Throws when the journal cannot be opened. */
export async function readRun(folder: string, runId: string): Promise<RecordedRun | null> {
  const folded = createFold();
  const end = await readJournal(journalChunks(folder), folded.add);
  // Without a whole header nothing was started, unless the header was damaged later.
  return folded.header === null && end.damage === null ? null : { runId, folded, ...end };
}

/** Who is not running now was interrupted, whatever the journal says last. */
const stateOf = ({ state }: Folded): RunState => (hasEnded(state) ? state : { kind: 'interrupted' });

/** As the rows of the report say: who has no outcome was not attempted, or has no recorded answer. */
function countsOf({ header, settled, open }: Folded): OutcomeCounts {
  const counts: Record<OutcomeKind, number> = { ...NO_COUNTS };
  for (const { outcome } of settled.values()) counts[outcome] += 1;
  const users = header?.users ?? settled.size;
  counts.failed += open.size;
  counts['not-attempted'] += Math.max(0, users - settled.size - open.size);
  counts['kept-back'] = header?.keptBack ?? 0;
  return counts;
}

const UNKNOWN = 'Unknown';

export function summarise({ runId, folded, damage }: RecordedRun): RunSummary {
  const { header } = folded;
  const state = stateOf(folded);
  return {
    runId,
    state,
    dryRun: header?.dryRun ?? false,
    connectionId: header?.connectionId ?? '',
    connectionLabel: header?.connectionLabel ?? UNKNOWN,
    organization: { id: header?.orgId ?? '', name: header?.orgName ?? UNKNOWN },
    demo: header?.region === 'demo',
    operator: header?.operator.name ?? UNKNOWN,
    reason: header?.reason ?? '',
    ticket: header?.ticket ?? '',
    planHash: header?.planHash ?? '',
    parent: header?.parent ?? null,
    createdAt: header?.at ?? '',
    endedWhy: hasEnded(state) ? folded.why : null,
    endedAt: state.kind === 'finished' || state.kind === 'cancelled' ? state.at : null,
    users: header?.users ?? 0,
    counts: countsOf(folded),
    unanswered: folded.open.size,
    damage,
  };
}

/** A run with its plan. */
export interface LoadedRun extends RecordedRun {
  readonly rows: readonly PlanRow[];
}

/** Whether each record of the journal belongs to the plan. */
const fits = (rows: readonly PlanRow[], { settled, open }: Folded): boolean =>
  [...settled].every(([index, { userId }]) => rows[index]?.userId === userId) &&
  [...open].every(([index, userId]) => rows[index]?.userId === userId);

/** @throws AppFailure `journal-damaged` when the plan was changed or cannot be read. */
export async function loadRun(folder: string, run: RecordedRun): Promise<LoadedRun> {
  const rows = await readPlan(folder, run.folded.header?.planHash ?? '');
  const damage =
    run.damage ?? (fits(rows, run.folded) ? null : 'The journal names users that are not in the plan.');
  return { ...run, rows, damage };
}

/** Rows of the report, one per row of the plan. */
export function* reportRows(
  { rows, folded }: LoadedRun,
  from = 0,
  count = rows.length,
): Generator<OutcomeRow> {
  for (const row of rows.slice(from, from + count))
    yield outcomeRow(row, folded.settled.get(row.index), folded.open.has(row.index));
}
