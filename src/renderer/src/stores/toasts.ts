import { defineStore } from 'pinia';
import { ref } from 'vue';

/** Whether something was done, or what is said is only to be known. */
type ToastKind = 'done' | 'note';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: ToastKind;
}

/** Longest that a toast stays, ms: about 60 words at a slow reading pace. */
const STAYS_MS = 6000;
const AT_MOST = 3;

/** Short confirmations of what the window already shows. Nothing is said only here. */
export const useToastStore = defineStore('toasts', () => {
  const toasts = ref<readonly Toast[]>([]);
  let nextId = 1;

  const dismiss = (id: number): void => {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  };

  const show = (text: string, kind: ToastKind): void => {
    const id = nextId;
    nextId += 1;
    toasts.value = [...toasts.value, { id, text, kind }].slice(-AT_MOST);
    setTimeout(() => dismiss(id), STAYS_MS);
  };

  return { toasts, show, dismiss };
});
