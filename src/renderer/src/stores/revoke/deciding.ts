import type { Ref } from 'vue';
import type { PlanRow, PlanSummary, ReviewDecision } from '../../../../shared/plan.ts';
import { useCall } from '../../composables/use-call.ts';
import { rangesOf } from '../../domain/decided-rows.ts';
import { decidedPlanRows, planRows } from '../plan-rows.ts';
import type { useLoadedRows } from '../use-loaded-rows.ts';

/**
 * What the operator decides about rows of the plan.
 * @param onOver what was confirmed was confirmed for another plan.
 */
export function useDeciding(
  plan: Ref<PlanSummary | null>,
  rows: ReturnType<typeof useLoadedRows<PlanRow>>,
  onOver: () => void,
) {
  const { busy: deciding, error: decisionError, run, reset: resetDecision } = useCall('plan.decide');

  /** Main decides, and makes a new plan of it. One decision at a time. */
  async function decide(decision: ReviewDecision): Promise<void> {
    if (!plan.value || deciding.value) return;
    const decided = await run({ planId: plan.value.planId, decision });
    if (!decided) return;
    onOver();
    plan.value = decided.plan;
    const next = await decidedPlanRows(rows.loaded.value, decided, rows.staleness());
    if (next.kind === 'loaded') rows.loaded.value = next;
    else if (next.kind === 'unknown') await rows.load(planRows(decided.plan.planId));
  }

  /** Decides about rows of the plan. */
  const decideRows = (kind: Exclude<ReviewDecision['kind'], 'choose'>, about: readonly PlanRow[]) =>
    decide({ kind, rows: rangesOf(about) });

  return { deciding, decisionError, resetDecision, decide, decideRows };
}
