import { defineStore } from 'pinia';
import { ref, shallowRef, watch } from 'vue';
import type { AppError } from '../../../shared/result.ts';
import type { RunSummary } from '../../../shared/run.ts';
import { call } from '../bridge.ts';
import { isOver } from '../domain/counts.ts';
import { askedCall } from './asked-call.ts';
import { useCurrentRunStore } from './current-run.ts';
import { useRunReport } from './runs/report.ts';

const newestFirst = (list: readonly RunSummary[]): readonly RunSummary[] =>
  [...list].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));

/** Every run on this machine, and the report that is open. */
export const useRunsStore = defineStore('runs', () => {
  /** Newest first; null until asked for. */
  const runs = shallowRef<readonly RunSummary[] | null>(null);
  const loading = ref(false);
  const error = shallowRef<AppError | null>(null);

  const openRunId = ref<string | null>(null);
  const closing = ref(false);
  const closeError = shallowRef<(AppError & { readonly runId: string }) | null>(null);

  /** The same runs again are no news: a table that shows them keeps its filter and its place. */
  function take(list: readonly RunSummary[]): void {
    const next = newestFirst(list);
    if (JSON.stringify(next) !== JSON.stringify(runs.value)) runs.value = next;
  }

  let asked = 0;
  /** Reads the list anew. Of several at a time the one that was asked for last counts: it knows most. */
  async function refresh(): Promise<void> {
    asked += 1;
    const mine = asked;
    loading.value = true;
    const result = await call('runs.list', null);
    if (mine !== asked) return;
    loading.value = false;
    error.value = result.ok ? null : result.error;
    if (result.ok) take(result.data);
  }

  /** The list as a change has left it: an asking that was under way then can be from before, and is made anew. */
  function takeChanged(list: readonly RunSummary[]): void {
    runs.value = newestFirst(list);
    if (loading.value) void refresh();
  }

  // A run that begins, ends, pauses or goes on changes the list, wherever the person is; its progress alone does not. One
  // that is cancelled ends twice: when no further call is made, and when the last answer is here.
  const current = useCurrentRunStore();
  watch(
    () =>
      current.progress &&
      [current.progress.runId, current.progress.state.kind, isOver(current.progress)].join(),
    () => {
      if (runs.value !== null) void refresh();
    },
  );

  /** Ends an interrupted run for good. @returns whether it has ended. */
  async function close(runId: string, reason: string): Promise<boolean> {
    closing.value = true;
    const result = await askedCall('runs.close', { runId, reason });
    closing.value = false;
    closeError.value = result && !result.ok ? { ...result.error, runId } : null;
    if (result?.ok) takeChanged(result.data);
    return result?.ok ?? false;
  }

  async function remove(runId: string): Promise<void> {
    const result = await askedCall('runs.delete', { runId });
    error.value = result && !result.ok ? result.error : null;
    if (!result?.ok) return;
    takeChanged(result.data);
    if (openRunId.value === runId) openRunId.value = null;
  }

  return {
    runs,
    loading,
    error,
    openRunId,
    ...useRunReport(refresh),
    refresh,
    closing,
    closeError,
    close,
    remove,
  };
});
