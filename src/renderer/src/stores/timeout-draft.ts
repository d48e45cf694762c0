import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { isSameValue } from '../../../shared/timeout-fields.ts';
import type { IdleTimeout, TimeoutHistoryEntry } from '../../../shared/timeout.ts';
import { draftOf, type TimeoutDraft } from '../domain/timeout-edits.ts';
import { onConnectionChange } from './session.ts';
import { useTimeoutHistoryStore } from './timeout-history.ts';
import { useBundleEdits } from './timeout/bundle-edits.ts';
import { useDraftChange } from './timeout/draft-change.ts';
import { useTimeoutStore } from './timeout.ts';

/** What is being edited of the idle timeout; kept while the person looks at other views. */
export const useTimeoutDraftStore = defineStore('timeout-draft', () => {
  const timeout = useTimeoutStore();
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
  const { change, diff, ...rest } = useDraftChange(draft);

  const set = (part: Partial<TimeoutDraft>): void => {
    if (draft.value) edited.value = { ...draft.value, ...part };
  };
  const edits = useBundleEdits(draft, set, newKey);

  const reset = (): void => {
    edited.value = null;
  };

  const goBackTo = (value: IdleTimeout, restored: TimeoutHistoryEntry | null): void => {
    if (!timeout.current) return;
    edited.value = { ...draftOf(value, timeout.current.json, newKey), unit: value.unit, restored };
  };

  /** Takes an earlier value over into the draft. Nothing is sent. */
  const restore = (entry: TimeoutHistoryEntry): void => goBackTo(entry.value, entry);

  /** Goes back to what was there before the last save; main asks first. */
  const undo = async (): Promise<void> => {
    const { before } = timeout;
    if (!before || !timeout.current) return;
    // The history has fields that this app does not know as well.
    const kept = history.history?.entries.find(({ value }) => isSameValue(value.json, before.json));
    goBackTo(kept?.value ?? before, kept ?? null);
    await save();
  };

  /** After somebody else's change was shown: the same edits, over their value. */
  const rebase = (): void => {
    const before = draft.value;
    timeout.acceptTheirs();
    if (before && timeout.current) edited.value = { ...before, of: timeout.current.json };
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
    diff,
    ...rest,
    set,
    ...edits,
    reset,
    restore,
    undo,
    rebase,
    save,
  };
});
