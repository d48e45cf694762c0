import { computed, shallowRef, triggerRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { createHaystack, filterOrder, queryWords } from './filter.ts';
import { identityOrder, orderByRank, rankValues, type Ranks } from './sort.ts';
import { clearAllOf, extendRange, selectAllOf, selectionOf, toggleRow } from './selection.ts';
import { cellText, type SortState, type TableColumn } from './types.ts';

/** About 5 ms of work. */
const SLICE_ROWS = 1000;
/** The table is drawn first. */
const SLICES_AFTER_MS = 300;

interface Options<Row> {
  readonly rows: () => readonly Row[];
  /** While it stays the same, other rows are the same things with other contents: the filter and the place are kept. */
  readonly identity?: () => string;
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
  readonly selected: Readonly<ShallowRef<ReadonlySet<number>>>;
  readonly selectionState: ComputedRef<'none' | 'some' | 'all'>;
  /** Position in `shown` of the active row, or null. */
  readonly activePosition: ComputedRef<number | null>;
  readonly activeRow: ComputedRef<Row | null>;
  rowAt(position: number): Row | undefined;
  isSelectedAt(position: number): boolean;
  /** Makes the row at this position active; `extend` selects from the anchor to here. */
  activate(position: number, extend: boolean): void;
  toggle(position: number): void;
  toggleAllShown(): void;
  clearSelection(): void;
  /** The selected rows that are shown, in the order shown; the active row when none is. */
  rowsToCopy(): readonly Row[];
}

export function useTableRows<Row>({
  rows,
  identity = () => '',
  columns,
  accepts,
  query,
  sort,
}: Options<Row>): TableRows<Row> {
  const selected = shallowRef(new Set<number>());
  const active = shallowRef<number | null>(null);
  let anchor: number | null = null;
  let ranks = new Map<string, Ranks>();

  watch(
    () => [rows(), identity()] as const,
    ([now, thing], [before, former]) => {
      if (now === before) return;
      ranks = new Map();
      selected.value = new Set();
      anchor = null;
      if (thing !== '' && thing === former && now.length === before.length) return;
      query.value = '';
      active.value = null;
    },
    { flush: 'sync' },
  );

  const rankOf = (key: string): Ranks | null => {
    const column = columns().find((candidate) => candidate.key === key);
    if (!column) return null;
    const known = ranks.get(key) ?? rankValues(rows().map(column.value));
    ranks.set(key, known);
    return known;
  };

  const order = computed(() => {
    const all = rows();
    const column = sort.value && rankOf(sort.value.key);
    return column && sort.value ? orderByRank(column, sort.value.direction) : identityOrder(all.length);
  });

  const haystack = computed(() => {
    const all = rows();
    const searched = columns().filter((column) => column.searched !== false);
    return createHaystack(all.length, (index) => {
      const row = all[index];
      return row === undefined ? [] : searched.map((column) => cellText(column, row));
    });
  });

  // Ahead of the first key in the filter, in slices that leave the window free.
  watch(
    haystack,
    (ahead, _, onCleanup) => {
      let timer: ReturnType<typeof setTimeout>;
      const slice = (): void => {
        if (ahead.advance(SLICE_ROWS)) timer = setTimeout(slice);
      };
      timer = setTimeout(slice, SLICES_AFTER_MS);
      onCleanup(() => clearTimeout(timer));
    },
    { immediate: true },
  );

  const shown = computed(() => {
    const words = queryWords(query.value);
    const accept = accepts();
    if (words.length === 0 && !accept) return order.value;
    const all = rows();
    return filterOrder(order.value, words.length > 0 ? haystack.value.texts() : [], words, (index) => {
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
    toggle(position) {
      const row = shown.value[position];
      if (row === undefined) return;
      toggleRow(selected.value, row);
      anchor = row;
      active.value = row;
      triggerRef(selected);
    },
    toggleAllShown() {
      const all = selectionOf(selected.value, shown.value) === 'all';
      if (all) clearAllOf(selected.value, shown.value);
      else selectAllOf(selected.value, shown.value);
      triggerRef(selected);
    },
    clearSelection() {
      selected.value = new Set();
    },
    rowsToCopy() {
      const chosen = [...shown.value].filter((row) => selected.value.has(row));
      const indexes = chosen.length > 0 || active.value === null ? chosen : [active.value];
      return indexes.flatMap((index) => rows()[index] ?? []);
    },
  };
}
