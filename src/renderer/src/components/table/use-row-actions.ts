import { computed, watch } from 'vue';
import type { RowAction } from './types.ts';
import type { TableRows } from './use-table-rows.ts';

/** Does things with rows, and keeps the place where they were: who goes on by the keyboard goes on from there. */
export function useRowActions<Row>(table: TableRows<Row>, actions: () => readonly RowAction<Row>[]) {
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
    /** Those that would do anything with the selected rows: the buttons. */
    applicable: computed(() => {
      const chosen = selected.value.size > 0 ? table.rowsToCopy() : [];
      return actions().filter(({ applies }) => applies(chosen));
    }),
    /** Without rows, about the selected ones, or else the active one. */
    act: (action: RowAction<Row>, rows = table.rowsToCopy()): void => {
      if (rows.length === 0 || !action.applies(rows)) return;
      place = activePosition.value;
      action.run(rows);
    },
  };
}
