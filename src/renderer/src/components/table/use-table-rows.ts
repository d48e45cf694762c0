import {
  computed,
  onScopeDispose,
  shallowRef,
  triggerRef,
  watch,
  type ComputedRef,
  type ShallowRef,
} from 'vue';
import type { RowBlock } from '../../../../shared/row-blocks.ts';
import { rankAhead, type RanksAhead } from './ahead.ts';
import { filterOrder, queryWords, rowsWith } from './filter.ts';
import { clearAllOf, extendRange, RowSet, selectAllOf, selectionOf, toggleRow } from './selection.ts';
import { identityOrder, orderByRank } from './sort.ts';
import type { SortState, TableColumn } from './types.ts';

/** Rows from which on ranking takes longer than anybody would not notice. */
const WORTH_IT = 2_000;

interface Options<Row> {
  readonly rows: () => readonly Row[];
  /** The same rows packed, where they came so. */
  readonly blocks?: () => readonly RowBlock[];
  /** While it stays the same, other rows are the same things with other contents: the filter and the place are kept. */
  readonly identity?: () => string;
  /** Rows are still coming: more of them are behind those that are here. */
  readonly loading?: () => boolean;
  readonly columns: () => readonly TableColumn<Row>[];
  /** The view's own filter, e.g. a chip; null lets every row through. */
  readonly accepts: () => ((row: Row) => boolean) | null;
  readonly query: ShallowRef<string>;
  readonly sort: ShallowRef<SortState | null>;
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

export function useTableRows<Row>({
  rows,
  blocks = () => [],
  identity = () => '',
  loading = () => false,
  columns,
  accepts,
  query,
  sort,
}: Options<Row>): TableRows<Row> {
  const selected = shallowRef(new RowSet(rows().length));
  const active = shallowRef<number | null>(null);
  let anchor: number | null = null;
  let ranks: RanksAhead<Row> | null = null;
  const forgetRanks = (): void => {
    ranks?.stop();
    ranks = null;
  };
  onScopeDispose(forgetRanks, true);

  watch(
    () => [rows(), identity(), loading()] as const,
    ([now, thing], [before, former, wasLoading]) => {
      if (now === before) return;
      forgetRanks();
      const isSame = thing !== '' && thing === former;
      if (isSame && wasLoading) {
        selected.value = selected.value.grown(now.length);
        return;
      }
      selected.value = new RowSet(now.length);
      anchor = null;
      if (isSame && now.length === before.length) return;
      query.value = '';
      active.value = null;
    },
    { flush: 'sync' },
  );

  const ranksNow = (): RanksAhead<Row> =>
    (ranks ??= rankAhead(
      rows(),
      columns().filter(({ hidden, sortable }) => hidden !== true && sortable !== false),
    ));
  // Ahead of the first click on a heading, once all rows are here.
  watch(
    () => [rows(), loading()] as const,
    ([now, isLoading]) => {
      if (!isLoading && now.length > WORTH_IT) ranksNow();
    },
    { immediate: true },
  );

  const order = computed(() => {
    const all = rows();
    const wanted = sort.value;
    const column = wanted && columns().find(({ key }) => key === wanted.key);
    return wanted && column
      ? orderByRank(ranksNow().of(column), wanted.direction)
      : identityOrder(all.length);
  });

  const matches = computed(() => {
    const words = queryWords(query.value);
    return words.length === 0
      ? null
      : rowsWith({ rows: rows(), blocks: blocks(), columns: columns() }, words);
  });

  const shown = computed(() => {
    const accept = accepts();
    if (!matches.value && !accept) return order.value;
    const all = rows();
    return filterOrder(order.value, matches.value, (index) => {
      const row = all[index];
      return row !== undefined && (!accept || accept(row));
    });
  });

  const positionOf = (row: number | null): number | null => {
    const position = row === null ? -1 : shown.value.indexOf(row);
    return position < 0 ? null : position;
  };
  const activePosition = computed(() => positionOf(active.value));

  return {
    shown,
    selected,
    selectionState: computed(() => selectionOf(selected.value, shown.value)),
    activePosition,
    activeRow: computed(() => (active.value === null ? null : (rows()[active.value] ?? null))),
    rowAt: (position) => rows()[shown.value[position] ?? -1],
    isSelectedAt: (position) => selected.value.has(shown.value[position] ?? -1),
    activate(position, extend) {
      const row = shown.value[position];
      if (row === undefined) return;
      const from = activePosition.value ?? position;
      active.value = row;
      if (!extend) {
        anchor = row;
        return;
      }
      const start = positionOf(anchor) ?? from;
      anchor = shown.value[start] ?? row;
      extendRange(selected.value, shown.value, start, from, position);
      triggerRef(selected);
    },
    activateRow(row) {
      const index = rows().indexOf(row);
      if (positionOf(index) === null) return;
      active.value = index;
      anchor = index;
    },
    toggle(position) {
      const row = shown.value[position];
      if (row === undefined) return;
      toggleRow(selected.value, row);
      anchor = row;
      active.value = row;
      triggerRef(selected);
    },
    toggleAllShown() {
      // Half of a list would look like the whole of it.
      if (loading()) return;
      const all = selectionOf(selected.value, shown.value) === 'all';
      if (all) clearAllOf(selected.value, shown.value);
      else selectAllOf(selected.value, shown.value);
      triggerRef(selected);
    },
    clearSelection() {
      selected.value = new RowSet(rows().length);
    },
    rowsToCopy() {
      const all = rows();
      const chosen: Row[] = [];
      const take = (index: number): void => {
        const row = all[index];
        if (row !== undefined) chosen.push(row);
      };
      for (const index of shown.value) if (selected.value.has(index)) take(index);
      if (chosen.length === 0 && active.value !== null) take(active.value);
      return chosen;
    },
  };
}
