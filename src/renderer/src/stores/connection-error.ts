import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { AppError } from '../../../shared/result.ts';

/** Why the last attempt to use a saved connection failed, wherever it was made. */
export const useConnectionErrorStore = defineStore('connection-error', () => {
  const failure = shallowRef<{ readonly connectionId: string; readonly error: AppError } | null>(null);
  return {
    failure,
    set: (connectionId: string, error: AppError): void => {
      failure.value = { connectionId, error };
    },
    clear: (): void => {
      failure.value = null;
    },
  };
});
