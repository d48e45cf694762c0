import type { CellValue, SortState } from './types.ts';

/** The place of each row's value among the distinct values of a column; equal values share a rank. */
export interface Ranks {
  readonly rankOf: Uint8Array | Uint16Array | Uint32Array;
  /** Number of distinct values. Rows without a value have this number as their rank. */
  readonly distinct: number;
}

const collator = new Intl.Collator();

function compareValues(a: string | number, b: string | number): number {
  if (typeof a === 'string') return typeof b === 'string' ? collator.compare(a, b) || (a < b ? -1 : 1) : 1;
  return typeof b === 'number' ? a - b : -1;
}

/** Values taken in, or put in order, between two places to pause: about 2 ms. */
const SLICE = 2_000;
const RUN = 256;

/** Merge sort, since it can pause anywhere. @returns the places of the values in their order. */
function* inOrder(values: readonly (string | number)[]): Generator<undefined, Uint32Array> {
  const compare = (a: number, b: number): number => compareValues(values[a] ?? '', values[b] ?? '');
  const count = values.length;
  let sorted: Uint32Array = identityOrder(count);
  let merged: Uint32Array = new Uint32Array(count);
  for (let from = 0; from < count; from += RUN) {
    sorted.subarray(from, from + RUN).sort(compare);
    yield;
  }
  for (let width = RUN; width < count; width *= 2) {
    for (let from = 0, to = 0; from < count; from += 2 * width) {
      const middle = Math.min(from + width, count);
      const end = Math.min(middle + width, count);
      for (let left = from, right = middle; to < end; to += 1) {
        const takesLeft =
          left < middle && (right >= end || compare(sorted[left] ?? 0, sorted[right] ?? 0) <= 0);
        merged[to] = sorted[takesLeft ? left++ : right++] ?? 0;
        if (to % SLICE === 0) yield;
      }
    }
    [sorted, merged] = [merged, sorted];
  }
  return sorted;
}

/** The same numbers in as few bytes as hold the largest. */
function narrowed(numbers: Uint32Array, largest: number): Ranks['rankOf'] {
  if (largest <= 0xff) return Uint8Array.from(numbers);
  return largest <= 0xffff ? Uint16Array.from(numbers) : numbers;
}

/**
 * Ranks a column once, so that every later sort by it, in either direction, is a counting sort.
 * Numbers come before strings, strings in the order of the system's language. 100,000 different texts take a few
 * hundred ms: it can pause where it yields.
 */
export function* ranking(count: number, valueAt: (row: number) => CellValue): Generator<undefined, Ranks> {
  const places = new Map<CellValue, number>();
  const distinct: (string | number)[] = [];
  const placeOf = new Uint32Array(count);
  for (let row = 0; row < count; row += 1) {
    const value = valueAt(row);
    let place = places.get(value);
    if (place === undefined) {
      place = value === null ? count : distinct.push(value) - 1;
      places.set(value, place);
    }
    placeOf[row] = place;
    if (row % SLICE === 0) yield;
  }
  const ranks = new Uint32Array(distinct.length);
  (yield* inOrder(distinct)).forEach((place, rank) => {
    ranks[place] = rank;
  });
  const rankOf = placeOf.map((place) => ranks[place] ?? distinct.length);
  return { rankOf: narrowed(rankOf, distinct.length), distinct: distinct.length };
}

/** Does such work to its end. */
export function finish<Result>(work: Generator<undefined, Result>): Result {
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
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
