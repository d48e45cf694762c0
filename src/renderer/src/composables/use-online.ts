import { readonly, ref, type Ref } from 'vue';
import { useListener } from './use-listener.ts';

/** Whether the system says that there is a network. It says nothing about Genesys Cloud itself. */
export function useOnline(): Readonly<Ref<boolean>> {
  const online = ref(navigator.onLine);
  useListener('online', () => {
    online.value = true;
  });
  useListener('offline', () => {
    online.value = false;
  });
  return readonly(online);
}
