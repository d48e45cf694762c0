import { shallowRef, watch, type Ref } from 'vue';
import { call } from '../../bridge.ts';
import { useSessionStore } from '../../stores/session.ts';

/** How many active users the organization in use has; null until it is known, and where the API does not tell. */
export function useActiveUsers(): Readonly<Ref<number | null>> {
  const session = useSessionStore();
  const active = shallowRef<number | null>(null);
  watch(
    () => session.connection?.id,
    async (id) => {
      active.value = null;
      if (id === undefined) return;
      const result = await call('directory.counts', null);
      if (result.ok && session.connection?.id === id) active.value = result.data.active;
    },
    { immediate: true },
  );
  return active;
}
