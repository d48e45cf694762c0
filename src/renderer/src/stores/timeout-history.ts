import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import type { AppError } from '../../../shared/result.ts';
import type { TimeoutHistory } from '../../../shared/timeout.ts';
import { call } from '../bridge.ts';
import { useSessionStore } from './session.ts';
import { useTimeoutStore } from './timeout.ts';
import { useToastStore } from './toasts.ts';

/** Every value of the idle timeout that this app has read or written for the connection. */
export const useTimeoutHistoryStore = defineStore('timeout-history', () => {
  const session = useSessionStore();
  const timeout = useTimeoutStore();
  const toasts = useToastStore();
  const history = shallowRef<TimeoutHistory | null>(null);
  const error = shallowRef<AppError | null>(null);
  const exporting = ref(false);
  let generation = 0;

  const load = async (): Promise<void> => {
    generation += 1;
    const asked = generation;
    const result = await call('timeout.history', null);
    if (asked !== generation) return;
    error.value = result.ok ? null : result.error;
    if (result.ok) history.value = result.data;
  };

  const exportJson = async (): Promise<void> => {
    exporting.value = true;
    const result = await call('timeout.exportHistory', null);
    exporting.value = false;
    error.value = result.ok ? null : result.error;
    if (result.ok && result.data) toasts.show(`History written to ${result.data.path}`);
  };

  watch(
    () => session.connection?.id,
    () => {
      generation += 1;
      history.value = null;
      error.value = null;
    },
  );
  // Main has kept the value before it answers with it.
  watch(
    () => [timeout.current, timeout.outcome],
    () => {
      if (timeout.current) void load();
    },
    { immediate: true },
  );

  return { history, error, exporting, load, exportJson };
});
