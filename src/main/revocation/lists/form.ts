import { cleanValue, plainValue } from './clean.ts';
import { isHeadingText, meaningOf } from './headings.ts';
import { scan } from './scan.ts';
import type { ListRow } from './table.ts';

/** More lines than a form about one person, or a few side by side, has. */
const MAX_FIELDS = 60;
const MAX_LABEL = 60;
/** Share of the first cells that must be words of headings. */
const KNOWN = 0.6;

const namesUser = (cell: string | undefined): boolean => scan(plainValue(cell ?? '')).mentions.length > 0;

/**
 * A form that was filled in, `Leaver | ann@x.org` over `Manager | zed@x.org`, as a table: its labels are the heading, and
 * each column behind them a row. Null where the rows are none: a form names the user, and somebody or something else.
 */
export function asForm(
  rows: readonly ListRow[],
): { readonly heading: readonly string[]; readonly rows: readonly ListRow[] } | null {
  const [first] = rows;
  if (!first || rows.length < 2 || rows.length > MAX_FIELDS) return null;
  const labels = rows.map(({ cells }) => cleanValue(cells[0] ?? ''));
  const isForm =
    new Set(labels.map((label) => label.toLowerCase())).size === labels.length &&
    labels.every(isLabel) &&
    labels.filter(isHeadingText).length >= labels.length * KNOWN &&
    // `Role | Email` is the heading of a table.
    !first.cells.slice(1).some((cell) => meaningOf(cell) === 'user' && !namesUser(cell));
  if (!isForm) return null;
  const meanings = rows.flatMap(({ cells }, n) =>
    cells.slice(1).some(namesUser) ? [meaningOf(labels[n] ?? '')] : [],
  );
  if (!meanings.includes('user') || meanings.every((meaning) => meaning === 'user')) return null;
  const width = Math.max(...rows.map(({ cells }) => cells.length));
  const people = Array.from({ length: width - 1 }, (_, column): ListRow => ({
    line: first.line,
    cells: rows.map(({ cells }) => cells[column + 1] ?? ''),
  }));
  return {
    heading: labels,
    rows: people.filter(({ cells }) => cells.some((cell) => cleanValue(cell) !== '')),
  };
}

const isLabel = (label: string): boolean =>
  label !== '' && label.length <= MAX_LABEL && !label.includes('@') && !namesUser(label);
