import { computed, ref, shallowRef } from 'vue';
import { PackedOutcomeRow } from '../../../../shared/outcome-block.ts';
import { rowsOf } from '../../../../shared/packed-rows.ts';
import type { OutcomeCounts, OutcomeRow, ReportFormat, RunSummary } from '../../../../shared/run.ts';
import { call } from '../../bridge.ts';
import { countsKey, outcomeCounts } from '../../domain/counts.ts';
import type { RowSource } from '../load-rows.ts';
import { useLoadedRows } from '../use-loaded-rows.ts';

const sourceOf = (runId: string): RowSource<OutcomeRow> => ({
  rows: (from, count) => call('runs.outcomes', { runId, from, count }),
  block: (from, count) => call('runs.packedOutcomes', { runId, from, count }),
  unpack: (block) => rowsOf(block, PackedOutcomeRow),
});

/** Whether these rows end as the run's summary says. */
function isTold(rows: readonly OutcomeRow[], counts: OutcomeCounts): boolean {
  const found: Readonly<Record<string, number>> = outcomeCounts(rows);
  return Object.entries(counts).every(([outcome, count]) => found[outcome] === count);
}

type RunCounts = Pick<RunSummary, 'runId' | 'counts'>;

/** The report that is open: its outcomes, and what was written of it. @param refresh reads the list of runs anew. */
export function useRunReport(refresh: () => Promise<void>) {
  const outcomes = useLoadedRows<OutcomeRow>();
  const { arrived, error } = outcomes;
  /** The run whose outcomes are here, and how many there were of each: a resumed run has more, a cancelled one others. */
  const outcomesOf = shallowRef<{ readonly runId: string; readonly countsKey: string } | null>(null);
  /** What was written last, and of which run. */
  const exported = shallowRef<{ readonly runId: string; readonly path: string } | null>(null);
  const exporting = ref(false);

  /** Whether the outcomes that are here are those of this run as it is now. */
  const hasOutcomesOf = (run: RunCounts): boolean =>
    outcomesOf.value?.runId === run.runId && outcomesOf.value.countsKey === countsKey(run);

  async function loadOutcomes(run: RunCounts): Promise<void> {
    const { runId } = run;
    outcomes.reset();
    exported.value = null;
    outcomesOf.value = null;
    arrived.value = 0;
    const isStale = outcomes.staleness();
    const begun = await call('runs.firstOutcomes', { runId });
    if (isStale()) return;
    if (begun.ok) outcomes.loaded.value = { rows: begun.data, blocks: [] };
    const isWhole = await outcomes.load(sourceOf(runId));
    if (isStale()) return;
    if (isWhole) outcomesOf.value = { runId, countsKey: countsKey(run) };
    // The record says something else than when it was listed: what has happened to it is told with the list.
    if (!isWhole || !isTold(outcomes.rows.value, run.counts)) void refresh();
  }

  async function exportReport(runId: string, format: ReportFormat): Promise<void> {
    exporting.value = true;
    exported.value = null;
    error.value = null;
    const result = await call('runs.export', { runId, format });
    exporting.value = false;
    if (!result.ok) error.value = result.error;
    else if (result.data) exported.value = { runId, path: result.data.path };
  }

  return {
    outcomes: outcomes.rows,
    outcomeBlocks: outcomes.blocks,
    outcomesLoaded: arrived,
    /** While the record of the run is read: its first rows may be here, and are not all checked. */
    checkingRecord: computed(() => arrived.value === 0),
    reportError: error,
    hasOutcomesOf,
    exported,
    exporting,
    loadOutcomes,
    exportReport,
  };
}
