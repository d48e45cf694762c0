import { plainValue } from './clean.ts';
import { isHeadingLine, isHeadingText, meaningOf, rankOf } from './headings.ts';
import { scan } from './scan.ts';
import type { ListRow } from './table.ts';

/** Rows in which a heading is looked for. */
const HEADING_ROWS = 30;

/** A row with its cells cleaned, once. */
interface Seen {
  readonly cells: readonly string[];
  readonly filled: number;
  readonly namesUser: boolean;
}

const seen = ({ cells: raw }: ListRow): Seen => {
  const cells = raw.map(plainValue);
  return {
    cells,
    filled: cells.filter((cell) => cell !== '').length,
    namesUser: raw.some((cell) => cell.includes('@') || scan(plainValue(cell)).mentions.length > 0),
  };
};

/** Index of the row that is a heading, by its words; null when none surely is. */
export function headingAt(rows: readonly ListRow[]): number | null {
  const sample = rows.slice(0, HEADING_ROWS).map(seen);
  const usual = Math.max(1, ...sample.map(({ filled }) => filled));
  let best: number | null = null;
  let most = 0;
  let usersAbove = 0;
  for (const [n, row] of sample.entries()) {
    if (row.namesUser) {
      usersAbove += 1;
      // "Exported by,admin@x.org" can stand above a heading; a row of the list cannot.
      if (row.filled <= usual / 2 || isLabelled(row) || isOfOthers(row)) continue;
      break;
    }
    const below = sample.slice(n + 1);
    // "HR Manager | Corp" in the signature below a list.
    if (below.filter(({ namesUser }) => namesUser).length < usersAbove) break;
    if (below.length === 0 || aboveAsFull(sample.slice(0, n), row) > 1) continue;
    const fits = row.filled > 1 ? hasColumns(below) : usual === 1 || row.cells.length >= usual;
    const known = fits ? knownWords(row, below) : 0;
    if (known > most) [best, most] = [n, known];
  }
  return best;
}

/** A title that says whom to ask. */
const isOfOthers = ({ cells }: Seen): boolean =>
  cells.every((cell) => {
    const { mentions, broken } = scan(cell);
    return broken.length === 0 && mentions.every(({ meant }) => !meant);
  });

/** "Exported by", by whom, and their address. */
const isLabelled = ({ cells, filled }: Seen): boolean => {
  const [label = ''] = cells;
  return filled > 1 && filled < 4 && (label.endsWith(':') || meaningOf(label) === 'other-people');
};

/** Rows above that hold as much: one can be a first row of the heading, several are the list itself. */
const aboveAsFull = (above: readonly Seen[], { filled }: Seen): number =>
  above.filter((row) => row.filled > 1 && row.filled >= filled && !(row.namesUser && isLabelled(row))).length;

/** How many cells of a row are surely a heading; 0 where they are too few. */
function knownWords({ cells, filled }: Seen, below: readonly Seen[]): number {
  if (filled === 1) return isHeadingLine(cells.join('')) ? 1 : 0;
  // "Zed Boss, 09:01": a chat says who wrote, and when.
  if (cells.some((cell) => /^\d{1,2}[:.]\d{2}(?!\d)|^\d{4}-\d{2}-\d{2}/.test(cell))) return 0;
  const known = cells.filter(
    (cell, index) =>
      cell !== '' &&
      cell.length <= 100 &&
      !/^\d(?!\d?[.)] \p{L})|\d{6}/u.test(cell) &&
      isHeadingText(cell) &&
      !comesAgain(cells, index, below),
  );
  const speaks = known.some((cell) => meaningOf(cell) !== 'unknown');
  const sure = speaks
    ? known.length * 2 >= filled || known.some((cell) => meaningOf(cell) === 'user')
    : known.length >= 2 && known.length === filled;
  return sure ? known.length : 0;
}

/** Whether a cell is a value of its column: "Agent" above "Agent" is somebody's title. A heading comes again whole. */
const comesAgain = (whole: readonly string[], index: number, below: readonly Seen[]): boolean =>
  below.some(
    (row) =>
      row.cells[index] === whole[index] && row.cells.join('\n') !== whole.join('\n') && !isOtherHeading(row),
  );

/** Whether a row is the heading of another table: words of headings alone, one of which is an address or id. */
const isOtherHeading = ({ cells, filled, namesUser }: Seen): boolean =>
  !namesUser &&
  filled > 1 &&
  cells.every((cell) => cell === '' || (cell.length <= 100 && !/\d/.test(cell) && isHeadingText(cell))) &&
  cells.some((cell) => rankOf(cell) > 0);

/** Where further tables begin below the first one. @param from index of the row from which on they are looked for. */
export function laterHeadings(rows: readonly ListRow[], from: number): readonly number[] {
  return rows.flatMap((row, n) =>
    n >= from && n + 1 < rows.length && couldBeHeading(row) && isOtherHeading(seen(row)) ? [n] : [],
  );
}

/** Quick no for nearly every row. */
const couldBeHeading = ({ cells }: ListRow): boolean => !cells.some((cell) => /[@\d]/.test(cell));

/** Whether most rows that name a user have several cells: below a sentence with a comma they have one. */
function hasColumns(below: readonly Seen[]): boolean {
  const users = below.filter(({ namesUser }) => namesUser);
  return users.filter(({ cells }) => cells.length > 1).length * 2 >= users.length;
}
