import { cleanValue } from './clean.ts';
import { meaningOf, rankOf } from './headings.ts';
import { isWholeIdentifier } from './scan.ts';
import { keptCell, type ListRow } from './table.ts';

/** How well a user stands under a heading: an address or id best, then people; of two, rather under that of others. */
function fitUnder(heading: string): number {
  const meaning = meaningOf(heading);
  const fit = rankOf(heading) > 0 ? 200 : meaning === 'unknown' || meaning === 'no-people' ? 0 : 100;
  return fit > 0 && meaning !== 'user' ? fit + 1 : fit;
}

/**
 * Puts rows together that a comma in a name, which nobody quoted, gave more cells than the heading has: cells are joined
 * where more users come to stand under headings of users than did. Any other row stays as it is.
 */
export function surplusJoiner(heading: readonly string[]): (row: ListRow) => ListRow {
  const width = heading.findLastIndex((name) => name !== '') + 1;
  const fits = heading.slice(0, width).map(fitUnder);
  return (row) => {
    if (row.cells.length <= width) return row;
    const isFilled = row.cells.map((cell) => cleanValue(cell) !== '');
    const beyond = isFilled.lastIndexOf(true) + 1 - width;
    // The last cell can be the empty one of the users.
    const surplus = beyond > 0 ? beyond : row.cells.length - heading.length;
    if (surplus <= 0) return row;
    const isUser = row.cells.map(isWholeIdentifier);
    const fitAt = (cell: number, column: number): number => (isUser[cell] ? (fits[column] ?? 0) : 0);
    const before = fits.reduce((sum, _, n) => sum + fitAt(n, n), 0);
    // Joined at the first column, all others stand further left; then one by one stays in its place.
    let fit = fits.reduce((sum, _, n) => sum + (n > 0 ? fitAt(n + surplus, n) : 0), 0);
    let [best, most] = [-1, before];
    let filled = isFilled.slice(0, surplus).filter(Boolean).length;
    for (let at = 0; at < width; at += 1) {
      filled += isFilled[at + surplus] ? 1 : 0;
      // A name has something on both sides of its comma.
      if (fit > most && filled > surplus) [best, most] = [at, fit];
      filled -= isFilled[at] ? 1 : 0;
      fit += fitAt(at, at) - fitAt(at + 1 + surplus, at + 1);
    }
    if (best < 0) return row;
    const joined = row.cells.slice(best, best + surplus + 1).join(', ');
    return {
      ...row,
      cells: [...row.cells.slice(0, best), keptCell(joined), ...row.cells.slice(best + surplus + 1)],
    };
  };
}
