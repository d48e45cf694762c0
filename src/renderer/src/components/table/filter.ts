const BEYOND_ASCII = /[\u0080-\uffff]/;
const MARKS = /\p{M}+/gu;

/** Lower case and without accents, so that "muller" finds "Müller". */
export function searchForm(text: string): string {
  const lower = text.toLowerCase();
  return BEYOND_ASCII.test(lower) ? lower.normalize('NFD').replace(MARKS, '') : lower;
}

/** One string per row, computed once: ahead of time in slices, and the rest when it is needed. */
export interface Haystack {
  /** Computes up to this many more. @returns whether some are still missing. */
  advance(rows: number): boolean;
  /** All of them. */
  texts(): readonly string[];
}

/** Cells of a row are joined by a line feed, which no search field can hold. */
export function createHaystack(count: number, textsOf: (row: number) => readonly string[]): Haystack {
  const texts: string[] = [];
  const advance = (rows: number): boolean => {
    const end = Math.min(count, texts.length + rows);
    for (let row = texts.length; row < end; row += 1) texts.push(textsOf(row).map(searchForm).join('\n'));
    return end < count;
  };
  return {
    advance,
    texts: () => {
      advance(count);
      return texts;
    },
  };
}

/** @returns the words of a query; a row matches when each of them stands somewhere in it. */
export const queryWords = (query: string): readonly string[] =>
  searchForm(query)
    .split(/\s+/)
    .filter((word) => word !== '');

/** @returns the rows of `order`, in that order, that `accepts` lets through and that hold every word. */
export function filterOrder(
  order: Uint32Array,
  haystack: readonly string[],
  words: readonly string[],
  accepts: (row: number) => boolean,
): Uint32Array {
  const kept = new Uint32Array(order.length);
  let count = 0;
  for (const row of order) {
    const text = haystack[row] ?? '';
    if (accepts(row) && words.every((word) => text.includes(word))) {
      kept[count] = row;
      count += 1;
    }
  }
  return kept.subarray(0, count);
}
