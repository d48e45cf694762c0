import type { ListDelimiter } from '../../../shared/list.ts';
import { isRule, readAligned } from './aligned.ts';
import { cleanValue } from './clean.ts';
import { readDelimited } from './delimited.ts';
import type { Line, ListRow } from './table.ts';

/** The rows under a delimiter; borders of drawn tables do not count as cells. */
export function readRows(lines: readonly Line[], delimiter: ListDelimiter, maxRows = Infinity): ListRow[] {
  if (delimiter === 'spaces') return readAligned(lines, maxRows);
  if (delimiter !== '|') return readDelimited(lines, delimiter, maxRows);
  // A heading of Confluence; a row that only begins so has empty cells.
  const bordered = lines.map((line) =>
    /^\s*\|\|.*\|\|\s*$/.test(line.text) ? { ...line, text: line.text.trim().replaceAll('||', '|') } : line,
  );
  const rows = readDelimited(bordered, '|', maxRows);
  const closed = rows.filter(
    ({ cells }) =>
      cells.length > 2 && cleanValue(cells[0] ?? '') === '' && cleanValue(cells.at(-1) ?? '') === '',
  );
  const drawn = rows.filter(({ cells }) => !isRule(cells.join('|'))).length;
  if (closed.length === 0 || closed.length < drawn * 0.6) return rows;
  const border = new Set(closed);
  return rows.map((row) => (border.has(row) ? { ...row, cells: row.cells.slice(1, -1) } : row));
}
