import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { addBundle, moveBundle } from '../../../shared/timeout-groups.ts';
import { isSameValue, unknownFieldDifferences } from '../../../shared/timeout-fields.ts';
import type { TimeoutGroupBundle, TimeoutHistoryEntry } from '../../../shared/timeout.ts';
import {
  bundleDraft,
  draftOf,
  evaluate,
  FIRST_SECONDS,
  type BundleDraft,
  type TimeoutDraft,
} from './timeout-edits.ts';
import { unitFor } from '../domain/duration-input.ts';
import { differences } from '../messages/timeout.ts';
import { useGroupsStore } from './groups.ts';
import { onConnectionChange } from './session.ts';
import { useTimeoutHistoryStore } from './timeout-history.ts';
import { useTimeoutStore } from './timeout.ts';

/** What is being edited of the idle timeout; kept while the person looks at other views. */
export const useTimeoutDraftStore = defineStore('timeout-draft', () => {
  const timeout = useTimeoutStore();
  const groups = useGroupsStore();
  const history = useTimeoutHistoryStore();
  const edited = shallowRef<TimeoutDraft | null>(null);
  let keys = 0;
  const newKey = (): number => (keys += 1);

  /** The edits, or the org's value as it is; null before it is read. */
  const draft = computed((): TimeoutDraft | null => {
    if (!timeout.current) return null;
    if (edited.value?.of === timeout.current.json) return edited.value;
    return draftOf(timeout.current, timeout.current.json, newKey);
  });
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
      ...differences(timeout.current, change.value, groups.nameOf),
      ...restoredFields.value.map(({ name, from, to }) => ({ name, from: from ?? 'not there', to })),
    ];
  });
  const invalid = computed(() => problems.value.time || problems.value.bundles.length > 0);
  const dirty = computed(() => diff.value.length > 0 || invalid.value);

  const set = (part: Partial<TimeoutDraft>): void => {
    if (draft.value) edited.value = { ...draft.value, ...part };
  };
  const setBundle = (key: number, part: Partial<Pick<BundleDraft, 'time' | 'bundle'>>): void => {
    set({ bundles: draft.value?.bundles.map((one) => (one.key === key ? { ...one, ...part } : one)) ?? [] });
  };
  /** Gives each draft the priority that its bundle got; `after` has the same bundles in their new order. */
  const renumber = (ordered: readonly BundleDraft[], after: readonly TimeoutGroupBundle[]): void => {
    set({
      bundles: ordered.map((one, at) => ({
        ...one,
        bundle: { ...one.bundle, priority: after[at]?.priority ?? one.bundle.priority },
      })),
    });
  };

  const move = (from: number, to: number): void => {
    const before = draft.value?.bundles ?? [];
    const moved = before[from];
    if (!moved || to < 0 || to >= before.length) return;
    const after = moveBundle(
      before.map(({ bundle }) => bundle),
      from,
      to,
    );
    renumber(before.toSpliced(from, 1).toSpliced(to, 0, moved), after);
  };

  /**
   * A group timeout that begins with what everybody has now: groups are named so that they keep it.
   * @returns the new bundle's key
   */
  const add = (): number => {
    const seconds = timeout.current?.seconds ?? FIRST_SECONDS;
    const before = draft.value?.bundles ?? [];
    const added = { timeoutSeconds: seconds, unit: unitFor(seconds), groupIds: [] };
    const after = addBundle(
      before.map(({ bundle }) => bundle),
      added,
    );
    const one = bundleDraft({ ...added, priority: 0 }, newKey);
    renumber([...before, one], after);
    return one.key;
  };

  const remove = (key: number): void => {
    set({ bundles: draft.value?.bundles.filter((one) => one.key !== key) ?? [] });
  };

  const reset = (): void => {
    edited.value = null;
  };

  /** Takes an earlier value over into the draft. Nothing is sent. */
  const restore = (entry: TimeoutHistoryEntry): void => {
    if (!timeout.current) return;
    edited.value = {
      ...draftOf(entry.value, timeout.current.json, newKey),
      unit: entry.value.unit,
      restored: entry,
    };
  };

  /** Goes back to what was there before the last save; main asks first. */
  const undo = async (): Promise<void> => {
    const { before } = timeout;
    if (!before || !timeout.current) return;
    const kept = history.history?.entries.find(({ value }) => isSameValue(value.json, before.json));
    // The history has fields that this app does not know as well.
    if (kept) restore(kept);
    else edited.value = { ...draftOf(before, timeout.current.json, newKey), unit: before.unit };
    await save();
  };

  /** After somebody else's change was shown: the same edits, over their value. */
  const rebase = (): void => {
    const mine = draft.value;
    timeout.acceptTheirs();
    if (mine && timeout.current) edited.value = { ...mine, of: timeout.current.json };
  };

  /** Sends what is edited; main asks first, in its own dialog. What came back otherwise than it was sent is still unsaved. */
  async function save(): Promise<void> {
    if (!change.value || diff.value.length === 0) return;
    const result = await timeout.save(change.value, draft.value?.restored?.id);
    if (result?.kind === 'saved') reset();
  }

  onConnectionChange(reset);

  return {
    draft,
    change,
    problems,
    diff,
    invalid,
    dirty,
    set,
    setBundle,
    move,
    add,
    remove,
    reset,
    restore,
    undo,
    rebase,
    save,
  };
});
