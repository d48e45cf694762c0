import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { PackedOutcomeRow } from '../../../shared/outcome-block.ts';
import { rowsOf } from '../../../shared/packed-rows.ts';
import type { AppError } from '../../../shared/result.ts';
import type { OutcomeCounts, OutcomeRow, ReportFormat, RunSummary } from '../../../shared/run.ts';
import { call } from '../bridge.ts';
import { doneOf } from '../domain/counts.ts';
import { askedCall } from './asked-call.ts';
import { loadRows, NO_ROWS, type LoadedRows, type RowSource } from './load-rows.ts';

const sourceOf = (runId: string): RowSource<OutcomeRow> => ({
  rows: (from, count) => call('runs.outcomes', { runId, from, count }),
  block: (from, count) => call('runs.packedOutcomes', { runId, from, count }),
  unpack: (block) => rowsOf(block, PackedOutcomeRow),
});

/** Whether these rows end as the run's summary says. */
function isTold(rows: readonly OutcomeRow[], counts: OutcomeCounts): boolean {
  const found: Record<string, number> = {};
  for (const { outcome } of rows) found[outcome] = (found[outcome] ?? 0) + 1;
  return Object.entries(counts).every(([outcome, count]) => (found[outcome] ?? 0) === count);
}

type RunCounts = Pick<RunSummary, 'runId' | 'counts'>;

/** Every run on this machine, and the report that is open. */
export const useRunsStore = defineStore('runs', () => {
  /** Newest first; null until asked for. */
  const runs = shallowRef<readonly RunSummary[] | null>(null);
  const loading = ref(false);
  const error = shallowRef<AppError | null>(null);

  const openRunId = ref<string | null>(null);
  const loaded = shallowRef<LoadedRows<OutcomeRow>>(NO_ROWS);
  const outcomes = computed(() => loaded.value.rows);
  /** What the rows of a long report read from. */
  const outcomeBlocks = computed(() => loaded.value.blocks);
  /** The run whose outcomes are here, and how many users had one: a resumed run has more of them. */
  const outcomesOf = shallowRef<{ readonly runId: string; readonly done: number } | null>(null);
  /** Rows that have come so far; null when none is on its way. */
  const outcomesLoaded = ref<number | null>(null);
  /** While the record of the run is read: its first rows may be here, and are not all checked. */
  const checkingRecord = ref(false);
  const reportError = shallowRef<AppError | null>(null);
  /** What was written last, and of which run. */
  const exported = shallowRef<{ readonly runId: string; readonly path: string } | null>(null);
  const exporting = ref(false);
  const closing = ref(false);
  const closeError = shallowRef<(AppError & { readonly runId: string }) | null>(null);
  let generation = 0;

  const newestFirst = (list: readonly RunSummary[]): readonly RunSummary[] =>
    [...list].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));

  /** The same runs again are no news: a table that shows them keeps its filter and its place. */
  function take(list: readonly RunSummary[]): void {
    const next = newestFirst(list);
    if (JSON.stringify(next) !== JSON.stringify(runs.value)) runs.value = next;
  }

  async function refresh(): Promise<void> {
    loading.value = true;
    const result = await call('runs.list', null);
    loading.value = false;
    error.value = result.ok ? null : result.error;
    if (result.ok) take(result.data);
  }

  /** Whether the outcomes that are here are those of this run as it is now. */
  const hasOutcomesOf = (run: RunCounts): boolean =>
    outcomesOf.value?.runId === run.runId && outcomesOf.value.done === doneOf(run);

  async function loadOutcomes(run: RunCounts): Promise<void> {
    const { runId } = run;
    const asked = (generation += 1);
    reportError.value = null;
    exported.value = null;
    loaded.value = NO_ROWS;
    outcomesOf.value = null;
    outcomesLoaded.value = 0;
    checkingRecord.value = true;
    const isStale = (): boolean => asked !== generation;
    const begun = await call('runs.firstOutcomes', { runId });
    if (isStale()) return;
    if (begun.ok) loaded.value = { rows: begun.data, blocks: [] };
    const result = await loadRows(sourceOf(runId), {
      onFirst: (first) => (loaded.value = first),
      onProgress: (count) => {
        checkingRecord.value = false;
        outcomesLoaded.value = count;
      },
      isStale,
    });
    if (result.kind === 'stale') return;
    checkingRecord.value = false;
    // Half of a report would look like the whole of it.
    loaded.value = result.kind === 'loaded' ? result : NO_ROWS;
    outcomesLoaded.value = null;
    if (result.kind === 'failed') reportError.value = result.error;
    else outcomesOf.value = { runId, done: doneOf(run) };
    // The record says something else than when it was listed: what has happened to it is told with the list.
    if (result.kind === 'failed' || !isTold(result.rows, run.counts)) void refresh();
  }

  async function exportReport(runId: string, format: ReportFormat): Promise<void> {
    exporting.value = true;
    exported.value = null;
    reportError.value = null;
    const result = await call('runs.export', { runId, format });
    exporting.value = false;
    if (!result.ok) reportError.value = result.error;
    else if (result.data) exported.value = { runId, path: result.data.path };
  }

  /** Ends an interrupted run for good. @returns whether it has ended. */
  async function close(runId: string, reason: string): Promise<boolean> {
    closing.value = true;
    const result = await askedCall('runs.close', { runId, reason });
    closing.value = false;
    closeError.value = result && !result.ok ? { ...result.error, runId } : null;
    if (result?.ok) runs.value = newestFirst(result.data);
    return result?.ok ?? false;
  }

  async function remove(runId: string): Promise<void> {
    const result = await askedCall('runs.delete', { runId });
    error.value = result && !result.ok ? result.error : null;
    if (!result?.ok) return;
    runs.value = newestFirst(result.data);
    if (openRunId.value === runId) openRunId.value = null;
  }

  return {
    runs,
    loading,
    error,
    openRunId,
    outcomes,
    outcomeBlocks,
    hasOutcomesOf,
    outcomesLoaded,
    checkingRecord,
    reportError,
    exported,
    exporting,
    refresh,
    closing,
    closeError,
    close,
    loadOutcomes,
    exportReport,
    remove,
  };
});
