import type { PlanRow, RowRange } from '../../../shared/plan.ts';

const BY_YOU: PlanRow['decision'] = { kind: 'kept-back', reason: 'by-you', note: null };

/** The rows after a decision. @param keptBack indexes of those that the operator keeps back now. */
export function decidedRows(
  rows: readonly PlanRow[],
  keptBack: readonly number[],
  changed: readonly PlanRow[],
): readonly PlanRow[] {
  const next = [...rows];
  for (const index of keptBack) {
    const row = next[index];
    if (row) next[index] = { ...row, decision: BY_YOU };
  }
  for (const row of changed) next[row.index] = row;
  return next;
}

/** Rows as main is told of them: ranges, in order. */
export function rangesOf(rows: readonly PlanRow[]): readonly RowRange[] {
  const ranges: [number, number][] = [];
  for (const index of rows.map((row) => row.index).sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[0] + last[1] === index) last[1] += 1;
    else ranges.push([index, 1]);
  }
  return ranges;
}
