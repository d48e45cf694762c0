import { PackedPlanRow } from '../../../shared/plan-block.ts';
import { rowsOf } from '../../../shared/packed-rows.ts';
import type { DecidedPlan, PlanRow } from '../../../shared/plan.ts';
import { call } from '../bridge.ts';
import { decidedRows } from '../domain/decided-rows.ts';
import { loadChanged, type Loaded, type LoadedRows, type RowSource } from './load-rows.ts';

/** Where the rows of a plan come from. */
export const planRows = (planId: string): RowSource<PlanRow> => ({
  rows: (from, count) => call('plan.rows', { planId, from, count }),
  block: (from, count) => call('plan.packedRows', { planId, from, count }),
  unpack: (block) => rowsOf(block, PackedPlanRow),
});

/** The rows after a decision; `unknown` when all of them have to be read again. */
export async function decidedPlanRows(
  before: LoadedRows<PlanRow>,
  decided: DecidedPlan,
  isStale: () => boolean,
): Promise<Exclude<Loaded<PlanRow>, { kind: 'failed' }> | { kind: 'unknown' }> {
  const { keptBack, rows } = decided;
  if (!rows) return { kind: 'unknown' };
  if (before.blocks.length === 0)
    return { kind: 'loaded', rows: decidedRows(before.rows, keptBack, rows), blocks: [] };
  const changed = [...keptBack, ...rows.map(({ index }) => index)];
  const next = await loadChanged(planRows(decided.plan.planId), before, changed, isStale);
  return next.kind === 'failed' ? { kind: 'unknown' } : next;
}
