import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { AppError } from '../../../shared/result.ts';
import { isSameValue } from '../../../shared/timeout-fields.ts';
import type { IdleTimeout, TimeoutChange, TimeoutSaveResult } from '../../../shared/timeout.ts';
import { call } from '../bridge.ts';
import { askedCall } from './asked-call.ts';
import { onConnectionChange } from './session.ts';

/** The org's idle timeout as last read, and the one change at a time to it. */
export const useTimeoutStore = defineStore('timeout', () => {
  const current = shallowRef<IdleTimeout | null>(null);
  /** Why it could not be read. */
  const error = shallowRef<AppError | null>(null);
  /** Why the last save failed. */
  const saveError = shallowRef<AppError | null>(null);
  const reading = ref(false);
  const saving = ref(false);
  /** What came of the last save, until the next read or save. */
  const outcome = shallowRef<TimeoutSaveResult | null>(null);
  /** What was there before the last save. */
  const before = shallowRef<IdleTimeout | null>(null);
  /** The change that the last save sent, or would have sent. */
  const attempted = shallowRef<TimeoutChange | null>(null);
  /** Grows with each switch of connection, so that an answer for the former org is never shown for the next. */
  let generation = 0;

  onConnectionChange(() => {
    generation += 1;
    current.value = null;
    error.value = null;
    saveError.value = null;
    outcome.value = null;
    before.value = null;
    reading.value = false;
    saving.value = false;
  });

  /**
   * @param pending a change that is being edited: when the org's value is another by now, both are shown, as when
   * saving, and the person decides.
   */
  const read = async (pending: TimeoutChange | null = null): Promise<void> => {
    const asked = generation;
    reading.value = true;
    const result = await call('timeout.read', null);
    if (asked !== generation) return;
    reading.value = false;
    outcome.value = null;
    saveError.value = null;
    error.value = result.ok ? null : result.error;
    if (!result.ok) return;
    if (pending && current.value && !isSameValue(current.value.json, result.data.json)) {
      attempted.value = pending;
      outcome.value = { kind: 'changed-meanwhile', current: result.data };
    } else current.value = result.data;
  };

  /**
   * Sends `change` if the org still has what `current` shows.
   * @param restore id of the value of the history that the change goes back to.
   */
  const save = async (change: TimeoutChange, restore?: string): Promise<TimeoutSaveResult | null> => {
    if (!current.value) return null;
    const asked = generation;
    saving.value = true;
    outcome.value = null;
    saveError.value = null;
    attempted.value = change;
    before.value = current.value;
    const expected = current.value.json;
    const result = await askedCall('timeout.save', {
      change,
      expected,
      ...(restore !== undefined && { restore }),
    });
    if (asked !== generation) return null;
    saving.value = false;
    saveError.value = result && !result.ok ? result.error : null;
    if (!result?.ok) return null;
    outcome.value = result.data;
    if (result.data.kind !== 'changed-meanwhile') current.value = result.data.value;
    return result.data;
  };

  /** After somebody else's change was shown: go on from their value. */
  const acceptTheirs = (): void => {
    if (outcome.value?.kind !== 'changed-meanwhile') return;
    current.value = outcome.value.current;
    outcome.value = null;
  };

  /** The person has seen what came of it. */
  const dismissOutcome = (): void => {
    outcome.value = null;
  };

  return {
    current,
    error,
    saveError,
    reading,
    saving,
    outcome,
    before,
    attempted,
    read,
    save,
    acceptTheirs,
    dismissOutcome,
  };
});
