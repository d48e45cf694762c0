import { onScopeDispose } from 'vue';

/** Listens on the window until the component or store that asked for it is gone. */
export function useListener<K extends keyof WindowEventMap>(
  type: K,
  listener: (event: WindowEventMap[K]) => void,
): void {
  window.addEventListener(type, listener);
  onScopeDispose(() => {
    window.removeEventListener(type, listener);
  });
}
