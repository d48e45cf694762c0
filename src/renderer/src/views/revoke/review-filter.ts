import { computed, ref, watch } from 'vue';
import type { KeptBackReason, PlanRow, PlanSummary } from '../../../../shared/plan.ts';
import { KEPT_BACK_LABELS } from '../../messages/run.ts';

type Filter = 'revoke' | KeptBackReason;

/** The chips above the plan: how many rows there are of each decision, and which are shown. */
export function useReviewFilter(plan: () => PlanSummary) {
  const filter = ref<Filter | null>(null);
  const chips = computed(() => [
    { key: 'revoke' as const, label: 'Revoke', count: plan().revoke },
    // Always in the same order, whatever stands first in the list.
    ...(Object.keys(KEPT_BACK_LABELS) as KeptBackReason[]).map((reason) => ({
      key: reason,
      label: KEPT_BACK_LABELS[reason].label,
      count: plan().keptBack[reason] ?? 0,
    })),
  ]);
  const accepts = computed(() => {
    const wanted = filter.value;
    if (wanted === null) return null;
    return ({ decision }: PlanRow): boolean =>
      wanted === (decision.kind === 'revoke' ? 'revoke' : decision.reason);
  });
  // Whoever decided the last row of a filter away would look at nothing.
  watch(
    () => plan().planId,
    () => {
      const shown = chips.value.find(({ key }) => key === filter.value);
      if (shown?.count === 0) filter.value = null;
    },
  );
  return { filter, chips, accepts };
}
