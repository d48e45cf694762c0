import { computed, type Ref } from 'vue';
import { unknownFieldDifferences } from '../../../../shared/timeout-fields.ts';
import { timeoutDifferences } from '../../domain/timeout-change.ts';
import { differenceLabel } from '../../messages/timeout.ts';
import { useGroupsStore } from '../groups.ts';
import { evaluate, type TimeoutDraft } from '../../domain/timeout-edits.ts';
import { useTimeoutStore } from '../timeout.ts';

/** What a draft would change, and what stands in the way of saving it. */
export function useDraftChange(draft: Readonly<Ref<TimeoutDraft | null>>) {
  const timeout = useTimeoutStore();
  const groups = useGroupsStore();
  const evaluated = computed(() =>
    draft.value && timeout.current ? evaluate(draft.value, timeout.current) : null,
  );
  const change = computed(() => evaluated.value?.change ?? null);
  const problems = computed(() => evaluated.value?.problems ?? { time: false, bundles: [] });
  /** Fields that this app does not know and that a restored value brings back. */
  const restoredFields = computed(() =>
    timeout.current && draft.value?.restored
      ? unknownFieldDifferences(timeout.current.json, draft.value.restored.value.json)
      : [],
  );
  const diff = computed(() => {
    if (!timeout.current || !change.value) return [];
    return [
      ...timeoutDifferences(timeout.current, change.value).map((one) => differenceLabel(one, groups.nameOf)),
      ...restoredFields.value.map(({ name, from, to }) => ({ name, from: from ?? 'not there', to })),
    ];
  });
  const invalid = computed(() => problems.value.time || problems.value.bundles.length > 0);
  const dirty = computed(() => diff.value.length > 0 || invalid.value);

  return { change, problems, diff, invalid, dirty };
}
