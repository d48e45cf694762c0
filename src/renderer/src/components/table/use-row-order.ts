import { computed, onScopeDispose, watch, type ComputedRef, type ShallowRef } from 'vue';
import type { RowBlock } from '../../../../shared/row-blocks.ts';
import { rankAhead, type RanksAhead } from './ahead.ts';
import { filterOrder, queryWords, rowsWith } from './filter.ts';
import { identityOrder, orderByRank } from './sort.ts';
import type { SortState, TableColumn } from './types.ts';

/** Rows from which on ranking takes longer than anybody would not notice. */
const WORTH_IT = 2_000;

export interface RowOrderOptions<Row> {
  readonly rows: () => readonly Row[];
  /** The same rows packed, where they came so. */
  readonly blocks?: () => readonly RowBlock[];
  /** Rows are still coming: more of them are behind those that are here. */
  readonly loading?: () => boolean;
  readonly columns: () => readonly TableColumn<Row>[];
  /** The view's own filter, e.g. a chip; null lets every row through. */
  readonly accepts: () => ((row: Row) => boolean) | null;
  readonly query: ShallowRef<string>;
  readonly sort: ShallowRef<SortState | null>;
}

/** The numbers of the rows that a table shows, sorted and filtered. */
export function useRowOrder<Row>({
  rows,
  blocks = () => [],
  loading = () => false,
  columns,
  accepts,
  query,
  sort,
}: RowOrderOptions<Row>): ComputedRef<Uint32Array> {
  let ranks: RanksAhead<Row> | null = null;
  const forgetRanks = (): void => {
    ranks?.stop();
    ranks = null;
  };
  const ranksNow = (): RanksAhead<Row> =>
    (ranks ??= rankAhead(
      rows(),
      columns().filter(({ hidden, sortable }) => hidden !== true && sortable !== false),
    ));
  onScopeDispose(forgetRanks, true);
  watch(rows, forgetRanks, { flush: 'sync' });
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

  return computed(() => {
    const accept = accepts();
    if (!matches.value && !accept) return order.value;
    const all = rows();
    return filterOrder(order.value, matches.value, (index) => {
      const row = all[index];
      return row !== undefined && (!accept || accept(row));
    });
  });
}
