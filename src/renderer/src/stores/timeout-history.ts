import { defineStore } from 'pinia';
import { computed, watch } from 'vue';
import { useCall } from '../composables/use-call.ts';
import { onConnectionChange } from './session.ts';
import { useTimeoutStore } from './timeout.ts';

/** Every value of the idle timeout that this app has read or written for the connection. */
export const useTimeoutHistoryStore = defineStore('timeout-history', () => {
  const timeout = useTimeoutStore();
  const history = useCall('timeout.history');
  const exported = useCall('timeout.exportHistory');

  const load = () => history.run(null);
  const exportJson = async (): Promise<void> => {
    exported.reset();
    await exported.run(null);
  };

  onConnectionChange(() => {
    history.reset();
    exported.reset();
  });
  // Main has kept the value before it answers with it.
  watch(
    () => [timeout.current, timeout.outcome],
    () => {
      if (timeout.current) void load();
    },
    { immediate: true },
  );

  return {
    history: history.data,
    error: computed(() => history.error.value ?? exported.error.value),
    exporting: exported.busy,
    /** Where it was written last. */
    exportedTo: computed(() => exported.data.value?.path ?? ''),
    load,
    exportJson,
  };
});
