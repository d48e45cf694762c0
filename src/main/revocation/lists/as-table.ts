import type { LeftOutLine, ListDelimiter } from '../../../shared/list.ts';
import { isRule } from './aligned.ts';
import { cleanValue, plainValue } from './clean.ts';
import { isHeadingText, meaningOf } from './headings.ts';
import { scan } from './scan.ts';
import type { ListRow, ListTable } from './table.ts';

/** Rows in which a heading is looked for. */
const HEADING_ROWS = 30;

const filled = (row: ListRow): number => row.cells.filter((cell) => cleanValue(cell) !== '').length;
const namesUser = (row: ListRow): boolean =>
  row.cells.some((cell) => scan(plainValue(cell)).mentions.length > 0);

/** Index of the row that is a heading, by its words; null when none surely is. */
export function headingAt(rows: readonly ListRow[]): number | null {
  const sample = rows.slice(0, HEADING_ROWS);
  const usual = Math.max(1, ...sample.map(filled));
  let best: number | null = null;
  let most = 0;
  for (const [n, row] of sample.entries()) {
    if (namesUser(row)) {
      // "Exported by,admin@x.org" can stand above a heading; a row of the list cannot.
      if (filled(row) <= usual / 2) continue;
      break;
    }
    const cells = row.cells.map(cleanValue).filter((cell) => cell !== '');
    const known = cells.filter((cell) => cell.length <= 100 && !/^\d/.test(cell) && isHeadingText(cell));
    const speaks = known.some((cell) => meaningOf(cell) !== 'unknown');
    const sure = speaks
      ? known.length * 2 >= cells.length || known.some((cell) => meaningOf(cell) === 'user')
      : known.length >= 2 && known.length === cells.length;
    const alone = cells.length === 1 && usual > 1 && row.cells.length < usual;
    if (sure && !alone && known.length > most) [best, most] = [n, known.length];
  }
  return best;
}

/** Rows as a table: heading, what stands above it, repeated headings and drawn lines told apart. */
export function asTable(
  all: readonly ListRow[],
  delimiter: ListDelimiter | null,
  format: ListTable['format'] = 'table',
): ListTable {
  const leftOut: LeftOutLine[] = [];
  const leave = (row: ListRow, kind: LeftOutLine['kind']): void => {
    leftOut.push({
      line: row.line,
      kind,
      text: row.cells
        .map(cleanValue)
        .filter((cell) => cell !== '')
        .join(' · ')
        .slice(0, 500),
    });
  };
  const drawn = all.filter((row) => {
    const rule = delimiter !== null && isRule(row.cells.join('|'));
    if (rule) leave(row, 'rule');
    return !rule && filled(row) > 0;
  });
  const at = headingAt(drawn);
  const heading = at === null ? null : (drawn[at]?.cells.map(cleanValue) ?? null);
  const repeated = heading?.join('\n').toLowerCase();
  const rows: ListRow[] = [];
  drawn.forEach((row, n) => {
    if (at !== null && n < at) leave(row, 'preamble');
    else if (
      n === at ||
      (repeated !== undefined && row.cells.map(cleanValue).join('\n').toLowerCase() === repeated)
    )
      leave(row, 'heading');
    else rows.push(row);
  });
  return { format, delimiter, heading, rows, leftOut };
}
