import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import type { VerifyResult } from '../../../shared/connection.ts';
import type { AppError } from '../../../shared/result.ts';
import { call } from '../bridge.ts';
import { useSessionStore } from './session.ts';
import { useToastStore } from './toasts.ts';

/** Checks that are kept, newest first: enough for a sitting, never unbounded. */
const HISTORY = 20;

/** What is asked about the token in this sitting. */
export const useTokenStore = defineStore('token', () => {
  const session = useSessionStore();
  const toasts = useToastStore();
  const refreshing = ref(false);
  const verifying = ref(false);
  const error = shallowRef<AppError | null>(null);
  const checks = shallowRef<readonly VerifyResult[]>([]);

  watch(
    () => session.connection?.id,
    () => {
      checks.value = [];
      error.value = null;
    },
  );

  const refresh = async (): Promise<void> => {
    refreshing.value = true;
    const result = await call('token.refresh', null);
    refreshing.value = false;
    error.value = result.ok ? null : result.error;
    if (result.ok) session.takeToken(result.data);
  };

  const verify = async (): Promise<void> => {
    verifying.value = true;
    const result = await call('token.verify', null);
    verifying.value = false;
    error.value = result.ok ? null : result.error;
    if (!result.ok) return;
    checks.value = [result.data, ...checks.value].slice(0, HISTORY);
    // The list of checks may be out of sight.
    toasts.show(result.data.valid ? 'The token is valid' : 'The token is not valid');
  };

  return { refreshing, verifying, error, checks, refresh, verify };
});
