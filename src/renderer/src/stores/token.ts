import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { VerifyResult } from '../../../shared/connection.ts';
import type { AppError } from '../../../shared/result.ts';
import { call } from '../bridge.ts';
import { onConnectionChange, useSessionStore } from './session.ts';

/** Checks that are kept, newest first: enough for a sitting, never unbounded. */
const HISTORY = 20;

/** What is asked about the token since the app started. */
export const useTokenStore = defineStore('token', () => {
  const session = useSessionStore();
  const refreshing = ref(false);
  const verifying = ref(false);
  const error = shallowRef<AppError | null>(null);
  const checks = shallowRef<readonly VerifyResult[]>([]);

  onConnectionChange(() => {
    checks.value = [];
    error.value = null;
  });

  const refresh = async (): Promise<void> => {
    refreshing.value = true;
    const result = await call('token.refresh', { whole: false });
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
    // The check was use already: what the user may do is asked for anew with it.
    if (result.data.valid) await reread(true);
  };

  /**
   * As `refresh`, but in the background: when it fails, what is shown stays, and nobody is bothered.
   * @returns whether it was read.
   */
  const reread = async (whole = false): Promise<boolean> => {
    const asked = session.connection?.id;
    const result = await call('token.refresh', { whole });
    if (result.ok && session.connection?.id === asked) session.takeToken(result.data);
    return result.ok;
  };

  return { refreshing, verifying, error, checks, refresh, verify, reread };
});
