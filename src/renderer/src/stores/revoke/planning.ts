import { computed, ref, shallowRef } from 'vue';
import type {
  PlanProgress,
  PlanRow,
  PlanSummary,
  ReviewDecision,
  Selection,
} from '../../../../shared/plan.ts';
import type { AppError } from '../../../../shared/result.ts';
import { call, on } from '../../bridge.ts';
import { useAnswer, useCall } from '../../composables/use-call.ts';
import { rangesOf } from '../decided-rows.ts';
import { NO_ROWS, type LoadedRows } from '../load-rows.ts';
import { decidedPlanRows, loadPlanRows } from '../plan-rows.ts';

const isAmbiguous = ({ decision }: PlanRow): boolean =>
  decision.kind === 'kept-back' && decision.reason === 'ambiguous';

/**
 * The plan that main made of the choice, its rows, and what the operator decides about them.
 * @param onOver what was confirmed was confirmed for another plan.
 */
export function usePlanning(onOver: () => void) {
  const { busy: resolving, error: resolveError, take, reset: resetResolving } = useAnswer<PlanSummary>();
  const {
    busy: deciding,
    error: decisionError,
    run: askDecision,
    reset: resetDecision,
  } = useCall('plan.decide');
  const progress = shallowRef<PlanProgress | null>(null);
  const rowsError = shallowRef<AppError | null>(null);
  const plan = shallowRef<PlanSummary | null>(null);
  const loaded = shallowRef<LoadedRows<PlanRow>>(NO_ROWS);
  const rows = computed(() => loaded.value.rows);
  /** Rows that have come so far, while the others are on their way; null when all are here. */
  const rowsLoaded = ref<number | null>(null);
  /** Rows, by their index, that the look-up found ambiguous: one of several users can be chosen for them. */
  const ambiguous = shallowRef<ReadonlySet<number>>(new Set());
  /** Stays the same while the plan changes by decisions alone. */
  const lookup = ref(0);
  /** Grows with each new choice, so that rows of a former one are never shown. */
  let generation = 0;

  on('plan.progress', (next) => {
    if (resolving.value) progress.value = next;
  });

  function dropPlan(): void {
    generation += 1;
    resetResolving();
    resetDecision();
    progress.value = null;
    rowsError.value = null;
    plan.value = null;
    loaded.value = NO_ROWS;
    rowsLoaded.value = null;
    onOver();
  }

  async function loadRows(planId: string): Promise<void> {
    const asked = generation;
    rowsLoaded.value = 0;
    const result = await loadPlanRows(planId, {
      onFirst: (first) => (loaded.value = first),
      onProgress: (count) => (rowsLoaded.value = count),
      isStale: () => asked !== generation,
    });
    if (result.kind === 'stale') return;
    // Half of a plan would look like the whole of it.
    loaded.value = result.kind === 'loaded' ? result : NO_ROWS;
    if (result.kind === 'failed') rowsError.value = result.error;
    rowsLoaded.value = null;
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
    await loadRows(made.planId);
    ambiguous.value = new Set(rows.value.filter(isAmbiguous).map(({ index }) => index));
  }

  /** Main decides, and makes a new plan of it. One decision at a time. */
  async function decide(decision: ReviewDecision): Promise<void> {
    if (!plan.value || deciding.value) return;
    const decided = await askDecision({ planId: plan.value.planId, decision });
    if (!decided) return;
    onOver();
    plan.value = decided.plan;
    const asked = generation;
    const next = await decidedPlanRows(loaded.value, decided, () => asked !== generation);
    if (next.kind === 'loaded') loaded.value = next;
    else if (next.kind === 'unknown') await loadRows(decided.plan.planId);
  }

  /** Decides about rows of the plan. */
  const decideRows = (kind: Exclude<ReviewDecision['kind'], 'choose'>, some: readonly PlanRow[]) =>
    decide({ kind, rows: rangesOf(some) });

  return {
    resolving,
    progress,
    planError: computed(() => resolveError.value ?? rowsError.value),
    plan,
    rows,
    /** What the rows of a long plan read from. */
    rowBlocks: computed(() => loaded.value.blocks),
    rowsLoaded,
    deciding,
    decisionError,
    lookup,
    ambiguous,
    dropPlan,
    makePlan,
    decide,
    decideRows,
    cancelResolving: () => call('plan.cancelResolving', null),
  };
}
