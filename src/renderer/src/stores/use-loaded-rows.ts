import { computed, ref, shallowRef } from 'vue';
import type { AppError } from '../../../shared/result.ts';
import { loadRows, NO_ROWS, type LoadedRows, type RowSource } from './load-rows.ts';

/** The rows of a plan or a report as state, while they come and when they are here. */
export function useLoadedRows<Row>() {
  const loaded = shallowRef<LoadedRows<Row>>(NO_ROWS);
  /** Rows that have come so far; null when none is on its way. */
  const arrived = ref<number | null>(null);
  const error = shallowRef<AppError | null>(null);
  let generation = 0;

  /** @returns what tells, later, whether other rows were begun with since. */
  function staleness(): () => boolean {
    const begun = generation;
    return () => begun !== generation;
  }

  /** No rows; those that are still on their way are never shown. */
  function reset(): void {
    generation += 1;
    loaded.value = NO_ROWS;
    arrived.value = null;
    error.value = null;
  }

  /** @returns whether all of them are here. */
  async function load(source: RowSource<Row>): Promise<boolean> {
    arrived.value = 0;
    const result = await loadRows(source, {
      onFirst: (first) => (loaded.value = first),
      onProgress: (count) => (arrived.value = count),
      isStale: staleness(),
    });
    if (result.kind === 'stale') return false;
    // Half of them would look like the whole.
    loaded.value = result.kind === 'loaded' ? result : NO_ROWS;
    if (result.kind === 'failed') error.value = result.error;
    arrived.value = null;
    return result.kind === 'loaded';
  }

  return {
    loaded,
    rows: computed(() => loaded.value.rows),
    /** What the rows of a long table read from. */
    blocks: computed(() => loaded.value.blocks),
    arrived,
    error,
    staleness,
    reset,
    load,
  };
}
