import type { Ref } from 'vue';
import { FIRST_SECONDS, type BundleDraft, type TimeoutDraft } from '../../domain/timeout-edits.ts';
import { useTimeoutStore } from '../timeout.ts';
import { addedDraft, changedDraft, movedDraft } from '../../domain/bundle-drafts.ts';

/** What can be done to the group timeouts of a draft. @param newKey a number that no other bundle has. */
export function useBundleEdits(
  draft: Readonly<Ref<TimeoutDraft | null>>,
  set: (part: Pick<TimeoutDraft, 'bundles'>) => void,
  newKey: () => number,
) {
  const timeout = useTimeoutStore();
  const bundles = (): readonly BundleDraft[] => draft.value?.bundles ?? [];

  return {
    setBundle: (key: number, part: Parameters<typeof changedDraft>[2]): void =>
      set({ bundles: changedDraft(bundles(), key, part) }),
    move: (from: number, to: number): void => set({ bundles: movedDraft(bundles(), from, to) }),
    remove: (key: number): void => set({ bundles: bundles().filter((draft) => draft.key !== key) }),
    /**
     * A group timeout that begins with what everybody has now: groups are named so that they keep it.
     * @returns the new bundle's key
     */
    add: (): number => {
      const before = bundles();
      const key = newKey();
      set({ bundles: addedDraft(before, timeout.current?.seconds ?? FIRST_SECONDS, key) });
      return key;
    },
  };
}
