import { shallowRef, type Ref } from 'vue';
import type { IdleTimeout, TimeoutChange, TimeoutSaveResult } from '../../../../shared/timeout.ts';
import { useAnswer } from '../../composables/use-call.ts';
import { askedCall } from '../asked-call.ts';

/** The one change at a time to the idle timeout, and what came of it. @param current the value as last read. */
export function useTimeoutSaving(current: Ref<IdleTimeout | null>) {
  const { busy: saving, error: saveError, take, reset } = useAnswer<TimeoutSaveResult>();
  /** What came of the last save, until the next read or save. */
  const outcome = shallowRef<TimeoutSaveResult | null>(null);
  /** What was there before the last save. */
  const before = shallowRef<IdleTimeout | null>(null);
  /** The change that the last save sent, or would have sent. */
  const attempted = shallowRef<TimeoutChange | null>(null);

  /**
   * Sends `change` if the org still has what `current` shows.
   * @param restore id of the value of the history that the change goes back to.
   */
  async function save(change: TimeoutChange, restore?: string): Promise<TimeoutSaveResult | null> {
    if (!current.value) return null;
    outcome.value = null;
    attempted.value = change;
    before.value = current.value;
    const expected = current.value.json;
    const input = { change, expected, ...(restore !== undefined && { restore }) };
    const saved = await take(askedCall('timeout.save', input));
    if (!saved) return null;
    outcome.value = saved;
    if (saved.kind !== 'changed-meanwhile') current.value = saved.value;
    return saved;
  }

  /** Shows a value that is another by now, as when saving: the person decides. */
  function showTheirs(pending: TimeoutChange, theirs: IdleTimeout): void {
    attempted.value = pending;
    outcome.value = { kind: 'changed-meanwhile', current: theirs };
  }

  /** After somebody else's change was shown: go on from their value. */
  function acceptTheirs(): void {
    if (outcome.value?.kind !== 'changed-meanwhile') return;
    current.value = outcome.value.current;
    outcome.value = null;
  }

  /** The person has seen what came of it. */
  function dismissOutcome(): void {
    outcome.value = null;
  }

  function resetSaving(): void {
    reset();
    outcome.value = null;
    before.value = null;
  }

  return {
    saving,
    saveError,
    outcome,
    before,
    attempted,
    save,
    showTheirs,
    acceptTheirs,
    dismissOutcome,
    resetSaving,
  };
}
