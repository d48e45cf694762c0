import type { PlanDecision, PlanRow, RowDetail } from './plan.ts';
import { createSharedText } from './string-interner.ts';

/** The decision that most rows have, one for all of them. */
export const REVOKE: PlanDecision = { kind: 'revoke' };

/**
 * Rows that are parsed or come from another process have each their own copy of every word. @returns a function that
 * gives the same row with what it shares with others kept once: 100,000 rows take a quarter less memory.
 */
export function createRowKeeper(): (row: PlanRow) => PlanRow {
  const shared = createSharedText();
  return (row) => ({
    index: row.index,
    input: row.input === row.email ? row.email : row.input,
    userId: row.userId,
    name: row.name,
    email: row.email,
    department: shared(row.department),
    division: shared(row.division),
    state: shared(row.state),
    decision: row.decision.kind === 'revoke' && row.decision.note === undefined ? REVOKE : row.decision,
    ...(row.line !== undefined && { line: row.line }),
    ...(row.details && {
      details: row.details.map(([column, value]): RowDetail => [shared(column), shared(value)]),
    }),
  });
}
