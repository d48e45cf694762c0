import { computed, ref, shallowRef } from 'vue';
import type { PlanProgress, PlanRow, PlanSummary, Selection } from '../../../../shared/plan.ts';
import { call, on } from '../../bridge.ts';
import { useAnswer } from '../../composables/use-call.ts';
import { planRows } from '../plan-rows.ts';
import { useLoadedRows } from '../use-loaded-rows.ts';
import { useDeciding } from './deciding.ts';

const isAmbiguous = ({ decision }: PlanRow): boolean =>
  decision.kind === 'kept-back' && decision.reason === 'ambiguous';

/**
 * The plan that main made of the choice, its rows, and what the operator decides about them.
 * @param onOver what was confirmed was confirmed for another plan.
 */
export function usePlanning(onOver: () => void) {
  const { busy: resolving, error: resolveError, take, reset: resetResolving } = useAnswer<PlanSummary>();
  const progress = shallowRef<PlanProgress | null>(null);
  const plan = shallowRef<PlanSummary | null>(null);
  const rows = useLoadedRows<PlanRow>();
  const { resetDecision, ...deciding } = useDeciding(plan, rows, onOver);
  /** Rows, by their index, that the look-up found ambiguous: one of several users can be chosen for them. */
  const ambiguous = shallowRef<ReadonlySet<number>>(new Set());
  /** Stays the same while the plan changes by decisions alone. */
  const lookup = ref(0);

  on('plan.progress', (next) => {
    if (resolving.value) progress.value = next;
  });

  function dropPlan(): void {
    resetResolving();
    resetDecision();
    progress.value = null;
    plan.value = null;
    rows.reset();
    onOver();
  }

  /**
   * Main looks everybody up and makes a plan of it.
   * @param readAgain asks the directory anew instead of using what it said earlier.
   * @param onPlan told of the plan before its rows come.
   */
  async function makePlan(
    selection: Selection,
    readAgain: boolean,
    onPlan: (plan: PlanSummary) => void,
  ): Promise<void> {
    dropPlan();
    const made = await take(call('plan.resolve', { ...selection, ...(readAgain && { readAgain }) }));
    progress.value = null;
    if (!made) return;
    plan.value = made;
    lookup.value += 1;
    onPlan(made);
    ambiguous.value = new Set();
    await rows.load(planRows(made.planId));
    ambiguous.value = new Set(rows.rows.value.filter(isAmbiguous).map(({ index }) => index));
  }

  return {
    resolving,
    progress,
    planError: computed(() => resolveError.value ?? rows.error.value),
    plan,
    rows: rows.rows,
    rowBlocks: rows.blocks,
    rowsLoaded: rows.arrived,
    ...deciding,
    lookup,
    ambiguous,
    dropPlan,
    makePlan,
    cancelResolving: () => call('plan.cancelResolving', null),
  };
}
