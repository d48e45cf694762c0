import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { AppError } from '../../../shared/result.ts';
import type { RunVerifications, VerificationProgress } from '../../../shared/run.ts';
import { call, on } from '../bridge.ts';

/** Who has signed in again since a run: of the run that is shown, asked before or now. It outlives the view. */
export const useVerificationStore = defineStore('verification', () => {
  const found = shallowRef<(RunVerifications & { readonly runId: string }) | null>(null);
  const error = shallowRef<(AppError & { readonly runId: string }) | null>(null);
  /** What is being asked; null when nothing is. */
  const asking = shallowRef<VerificationProgress | null>(null);

  on('verification.progress', (next) => {
    if (asking.value?.runId === next.runId) asking.value = next;
  });

  let wanted: string | null = null;

  async function load(runId: string): Promise<void> {
    wanted = runId;
    found.value = null;
    const result = await call('runs.verifications', { runId });
    if (wanted !== runId) return;
    if (result.ok) found.value = { ...result.data, runId };
    else error.value = { ...result.error, runId };
  }

  /** @param users how many were revoked. */
  async function verify(runId: string, users: number): Promise<void> {
    if (asking.value) return;
    error.value = null;
    asking.value = { runId, asked: 0, users };
    const result = await call('runs.verify', { runId });
    asking.value = null;
    if (result.ok) found.value = { ...result.data, runId };
    else if (result.error.code !== 'cancelled') error.value = { ...result.error, runId };
  }

  return { found, error, asking, load, verify, stop: () => call('runs.cancelVerify', null) };
});
