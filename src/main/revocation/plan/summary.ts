import type { KeptBackReason, PlanRow, PlanSummary } from '../../../shared/plan.ts';

/** For users whose division the API did not tell. */
const NO_DIVISION = 'No division';

/** Counts of a plan's rows. Divisions count the users to revoke, most first. */
export function countRows(
  rows: readonly PlanRow[],
): Pick<PlanSummary, 'total' | 'revoke' | 'keptBack' | 'byDivision'> {
  const keptBack: Partial<Record<KeptBackReason, number>> = {};
  const divisions = new Map<string, number>();
  let revoke = 0;
  for (const { decision, division } of rows) {
    if (decision.kind === 'kept-back') {
      keptBack[decision.reason] = (keptBack[decision.reason] ?? 0) + 1;
    } else {
      revoke += 1;
      const name = division ?? NO_DIVISION;
      divisions.set(name, (divisions.get(name) ?? 0) + 1);
    }
  }
  const byDivision = [...divisions]
    .map(([division, users]) => ({ division, users }))
    .sort((a, b) => b.users - a.users || (a.division < b.division ? -1 : 1));
  return { total: rows.length, revoke, keptBack, byDivision };
}
