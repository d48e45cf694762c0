const ASCII_ONLY = /^[\p{ASCII}]*$/u;
const MARKS = /\p{M}+/gu;

/** Lower case and without accents, so that "muller" finds "Müller". */
export function searchForm(text: string): string {
  const lower = text.toLowerCase();
  return ASCII_ONLY.test(lower) ? lower : lower.normalize('NFD').replace(MARKS, '');
}

/** One string per row, computed once. Cells are joined by a line feed, which no search field can hold. */
export const buildHaystack = (
  count: number,
  textsOf: (row: number) => readonly string[],
): readonly string[] => Array.from({ length: count }, (_, row) => searchForm(textsOf(row).join('\n')));

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
