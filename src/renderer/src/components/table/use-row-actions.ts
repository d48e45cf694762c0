import { computed, watch, type ComputedRef } from 'vue';
import type { RowAction } from './types.ts';
import type { TableRows } from './use-table-rows.ts';

interface RowActions<Row> {
  /** Those that would do anything with the selected rows: the buttons. */
  readonly applicable: ComputedRef<readonly RowAction<Row>[]>;
  /** Without rows, about the selected ones, or else the active one. */
  readonly act: (action: RowAction<Row>, rows?: readonly Row[]) => void;
}

/** Does things with rows, and keeps the place where they were: who goes on by the keyboard goes on from there. */
export function useRowActions<Row>(
  table: TableRows<Row>,
  actions: () => readonly RowAction<Row>[],
): RowActions<Row> {
  const { shown, selected, activePosition } = table;
  let place: number | null = null;
  watch(
    shown,
    () => {
      if (place === null || activePosition.value !== null || shown.value.length === 0) return;
      table.activate(Math.min(place, shown.value.length - 1), false);
      place = null;
    },
    { flush: 'post' },
  );
  return {
    applicable: computed(() => {
      const chosen = selected.value.size > 0 ? table.rowsToCopy() : [];
      return actions().filter(({ applies }) => applies(chosen));
    }),
    act: (action, rows = table.rowsToCopy()) => {
      if (rows.length === 0 || !action.applies(rows)) return;
      place = activePosition.value;
      action.run(rows);
    },
  };
}
