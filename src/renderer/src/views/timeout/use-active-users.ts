import { computed, watch, type ComputedRef } from 'vue';
import { useCall } from '../../composables/use-call.ts';
import { useSessionStore } from '../../stores/session.ts';

/** How many active users the organization in use has; null until it is known, and where the API does not tell. */
export function useActiveUsers(): ComputedRef<number | null> {
  const session = useSessionStore();
  const { data: counts, run, reset } = useCall('directory.counts');
  watch(
    () => session.connection?.id,
    (id) => {
      reset();
      if (id !== undefined) void run(null);
    },
    { immediate: true },
  );
  return computed(() => counts.value?.active ?? null);
}
