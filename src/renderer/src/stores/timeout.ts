import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import type { AppError } from '../../../shared/result.ts';
import type { IdleTimeout, TimeoutChange, TimeoutSaveResult } from '../../../shared/timeout.ts';
import { call } from '../bridge.ts';
import { useSessionStore } from './session.ts';

interface TimeoutDraft {
  /** The `json` of the value that was edited. */
  readonly of: string;
  readonly enabled: boolean;
  readonly text: string;
}

/** The org's idle timeout as last read, and the one change at a time to it. */
export const useTimeoutStore = defineStore('timeout', () => {
  const session = useSessionStore();
  const current = shallowRef<IdleTimeout | null>(null);
  const error = shallowRef<AppError | null>(null);
  const reading = ref(false);
  const saving = ref(false);
  /** What came of the last save, until the next read or save. */
  const outcome = shallowRef<TimeoutSaveResult | null>(null);
  /** The change that the last save sent, or would have sent. */
  const attempted = shallowRef<TimeoutChange | null>(null);
  /** What is being edited, and of which value; kept while the person looks at other views. */
  const draft = shallowRef<TimeoutDraft | null>(null);
  /** Grows with each switch of connection, so that an answer for the former org is never shown for the next. */
  let generation = 0;

  watch(
    () => session.connection?.id,
    () => {
      generation += 1;
      current.value = null;
      error.value = null;
      outcome.value = null;
      draft.value = null;
      reading.value = false;
      saving.value = false;
    },
  );

  const read = async (): Promise<void> => {
    const asked = generation;
    reading.value = true;
    const result = await call('timeout.read', null);
    if (asked !== generation) return;
    reading.value = false;
    outcome.value = null;
    error.value = result.ok ? null : result.error;
    if (result.ok) current.value = result.data;
  };

  /** Sends `change` if the org still has what `current` shows. */
  const save = async (change: TimeoutChange): Promise<TimeoutSaveResult | null> => {
    if (!current.value) return null;
    const asked = generation;
    saving.value = true;
    outcome.value = null;
    error.value = null;
    attempted.value = change;
    const result = await call('timeout.save', { change, expected: current.value.json });
    if (asked !== generation) return null;
    saving.value = false;
    error.value = result.ok ? null : result.error;
    if (!result.ok) return null;
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

  /** After somebody else's change was shown: send one's own again, over exactly the value that was shown. */
  const overrideTheirs = async (): Promise<void> => {
    const change = attempted.value;
    acceptTheirs();
    if (change) await save(change);
  };

  return {
    current,
    error,
    reading,
    saving,
    outcome,
    attempted,
    draft,
    read,
    save,
    acceptTheirs,
    overrideTheirs,
  };
});
