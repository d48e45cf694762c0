import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { AppError } from '../../../shared/result.ts';
import { isSameValue } from '../../../shared/timeout-fields.ts';
import type { IdleTimeout, TimeoutChange } from '../../../shared/timeout.ts';
import { call } from '../bridge.ts';
import { onConnectionChange } from './session.ts';
import { useTimeoutSaving } from './timeout/saving.ts';

/** The org's idle timeout as last read, and the one change at a time to it. */
export const useTimeoutStore = defineStore('timeout', () => {
  const current = shallowRef<IdleTimeout | null>(null);
  /** Why it could not be read; said until it was read again. */
  const error = shallowRef<AppError | null>(null);
  const reading = ref(false);
  const { showTheirs, resetSaving, ...saving } = useTimeoutSaving(current);
  /** Grows with each switch of connection, so that an answer for the former org is never shown for the next. */
  let generation = 0;

  onConnectionChange(() => {
    generation += 1;
    current.value = null;
    error.value = null;
    reading.value = false;
    resetSaving();
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
    saving.outcome.value = null;
    saving.saveError.value = null;
    error.value = result.ok ? null : result.error;
    if (!result.ok) return;
    if (pending && current.value && !isSameValue(current.value.json, result.data.json))
      showTheirs(pending, result.data);
    else current.value = result.data;
  };

  return { current, error, reading, ...saving, read };
});
