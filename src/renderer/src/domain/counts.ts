import {
  NO_COUNTS,
  OUTCOMES,
  type OutcomeCounts,
  type OutcomeRow,
  type RunProgress,
} from '../../../shared/run.ts';

/** All kinds together. */
export const totalOf = (counts: Readonly<Partial<Record<string, number>>>): number =>
  Object.values(counts).reduce<number>((sum, count = 0) => sum + count, 0);

/** Users of a run that have an outcome. */
export function doneOf({ counts }: Pick<RunProgress, 'counts'>): number {
  const { revoked, forbidden, failed } = counts;
  return revoked + counts['would-revoke'] + counts['not-found'] + forbidden + failed;
}

/** Tells whether outcomes have moved: two runs with the same key have as many users of every outcome. */
export const countsKey = ({ counts }: Pick<RunProgress, 'counts'>): string =>
  OUTCOMES.map((outcome) => counts[outcome]).join(' ');

/** Users of a run that have no outcome yet. */
export const remainingOf = (run: Pick<RunProgress, 'counts' | 'users'>): number =>
  Math.max(0, run.users - doneOf(run));

/** Users of an ended run whose tokens it did not end, and for whom another run can. */
export const retryableOf = ({ counts }: Pick<RunProgress, 'counts'>): number =>
  counts.failed + counts.forbidden + counts['not-attempted'];

/** Of those rows. */
export function outcomeCounts(rows: readonly OutcomeRow[]): OutcomeCounts {
  const counts = { ...NO_COUNTS };
  for (const { outcome } of rows) counts[outcome] += 1;
  return counts;
}

/** Whether nothing more will happen to the run without being asked. A cancelled one still waits for its last answers. */
export const isOver = ({ state, inFlight }: Pick<RunProgress, 'state' | 'inFlight'>): boolean =>
  inFlight === 0 && ['finished', 'cancelled', 'interrupted'].includes(state.kind);
