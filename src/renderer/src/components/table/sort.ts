import type { CellValue, SortState } from './types.ts';

/** The place of each row's value among the distinct values of a column; equal values share a rank. */
export interface Ranks {
  readonly rankOf: Uint32Array;
  /** Number of distinct values. Rows without a value have this number as their rank. */
  readonly distinct: number;
}

const collator = new Intl.Collator();

function compareValues(a: string | number, b: string | number): number {
  if (typeof a === 'string') return typeof b === 'string' ? collator.compare(a, b) || (a < b ? -1 : 1) : 1;
  return typeof b === 'number' ? a - b : -1;
}

/**
 * Ranks a column once, so that every later sort by it, in either direction, is a counting sort.
 * Numbers come before strings, strings in the order of the system's language.
 */
export function rankValues(values: readonly CellValue[]): Ranks {
  const ranks = new Map<CellValue, number>();
  for (const value of values) if (value !== null) ranks.set(value, 0);
  const distinct = [...ranks.keys()].filter((value) => value !== null).sort(compareValues);
  distinct.forEach((value, rank) => ranks.set(value, rank));
  const rankOf = new Uint32Array(values.length);
  values.forEach((value, row) => {
    rankOf[row] = value === null ? distinct.length : (ranks.get(value) ?? distinct.length);
  });
  return { rankOf, distinct: distinct.length };
}

/** @returns row numbers in sorted order: stable, and rows without a value last in both directions. */
export function orderByRank({ rankOf, distinct }: Ranks, direction: SortState['direction']): Uint32Array {
  const place = (rank: number): number =>
    direction === 'ascending' || rank === distinct ? rank : distinct - 1 - rank;
  const starts = new Uint32Array(distinct + 2);
  const add = (group: number, count: number): void => {
    starts[group] = (starts[group] ?? 0) + count;
  };
  for (const rank of rankOf) add(place(rank) + 1, 1);
  for (let group = 1; group < starts.length; group += 1) add(group, starts[group - 1] ?? 0);
  const order = new Uint32Array(rankOf.length);
  rankOf.forEach((rank, row) => {
    const group = place(rank);
    order[starts[group] ?? 0] = row;
    add(group, 1);
  });
  return order;
}

/** @returns 0, 1, … count − 1: the order in which the rows came. */
export const identityOrder = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);

/** The next state when a column's heading is pressed: ascending, descending, then as the rows came. */
export function nextSort(current: SortState | null, key: string): SortState | null {
  if (current?.key !== key) return { key, direction: 'ascending' };
  return current.direction === 'ascending' ? { key, direction: 'descending' } : null;
}
