import { computed, watch, type ComputedRef, type ShallowRef } from 'vue';
import type { RowSet } from './selection.ts';
import { useRowOrder, type RowOrderOptions } from './use-row-order.ts';
import { useRowSelection } from './use-row-selection.ts';

interface Options<Row> extends RowOrderOptions<Row> {
  /** While it stays the same, other rows are the same things with other contents: the filter and the place are kept. */
  readonly identity?: () => string;
}

/** Which rows a table shows, in which order, and which are active and selected: all by row number, never by copy. */
export interface TableRows<Row> {
  /** Row numbers as shown, sorted and filtered. */
  readonly shown: ComputedRef<Uint32Array>;
  readonly selected: Readonly<ShallowRef<Pick<RowSet, 'size' | 'has'>>>;
  readonly selectionState: ComputedRef<'none' | 'some' | 'all'>;
  /** Position in `shown` of the active row, or null. */
  readonly activePosition: ComputedRef<number | null>;
  readonly activeRow: ComputedRef<Row | null>;
  rowAt(position: number): Row | undefined;
  isSelectedAt(position: number): boolean;
  /** Makes the row at this position active; `extend` selects from the anchor to here. */
  activate(position: number, extend: boolean): void;
  /** The same for a row, where it is shown. */
  activateRow(row: Row): void;
  toggle(position: number): void;
  toggleAllShown(): void;
  clearSelection(): void;
  /** The selected rows that are shown, in the order shown; the active row when none is. */
  rowsToCopy(): readonly Row[];
}

/** The rows as a table shows them: filtered, sorted, selected, one of them active. */
export function useTableRows<Row>(options: Options<Row>): TableRows<Row> {
  const { rows, identity = () => '', loading = () => false, query } = options;
  const shown = useRowOrder(options);
  const selection = useRowSelection(() => rows().length, shown);
  const { selected, active, positionOf } = selection;

  watch(
    () => [rows(), identity(), loading()] as const,
    ([now, thing], [before, former, wasLoading]) => {
      if (now === before) return;
      const isSame = thing !== '' && thing === former;
      if (isSame && wasLoading) {
        selected.value = selected.value.grown(now.length);
        return;
      }
      selection.clearSelection();
      if (isSame && now.length === before.length) return;
      query.value = '';
      active.value = null;
    },
    { flush: 'sync' },
  );

  return {
    shown,
    selected,
    selectionState: selection.selectionState,
    activePosition: selection.activePosition,
    activeRow: computed(() => (active.value === null ? null : (rows()[active.value] ?? null))),
    rowAt: (position) => rows()[shown.value[position] ?? -1],
    isSelectedAt: (position) => selected.value.has(shown.value[position] ?? -1),
    activate: selection.activate,
    activateRow(row) {
      const index = rows().indexOf(row);
      if (positionOf(index) !== null) selection.activateNumber(index);
    },
    toggle: selection.toggle,
    toggleAllShown() {
      // Half of a list would look like the whole of it.
      if (!loading()) selection.toggleAllShown();
    },
    clearSelection: selection.clearSelection,
    rowsToCopy() {
      const all = rows();
      const chosen = [...shown.value.filter((index) => selected.value.has(index))];
      if (chosen.length === 0 && active.value !== null) chosen.push(active.value);
      return chosen.map((index) => all[index]).filter((row) => row !== undefined);
    },
  };
}
