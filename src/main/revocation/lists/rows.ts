import { MAX_DETAIL_COLUMNS, type ListColumn } from '../../../shared/list.ts';
import { isTotal } from './prose.ts';
import { cleanValue, plainValue } from './clean.ts';
import { decisionNote } from './decisions.ts';
import { LEFT_ALONE, nobody, readValue, type Identifier } from './identify.ts';
import { scan } from './scan.ts';
import type { ListRow } from './table.ts';

/** Longest value of another column that comes along. */
const MAX_DETAIL = 300;

export interface RowReader {
  readonly columns: readonly ListColumn[];
  readonly hasHeader: boolean;
  /** The one that identifies users. */
  readonly column: number;
  /** Those that come along. */
  readonly details: readonly number[];
}

/** Whom a row names: at least one entry, whatever it holds. */
export function readRow(row: ListRow, reader: RowReader): readonly Identifier[] {
  const found = usersOf(row, reader);
  const details = reader.details
    .slice(0, MAX_DETAIL_COLUMNS)
    .map((index): [string, string] => [
      reader.columns[index]?.name ?? '',
      cleanValue(row.cells[index] ?? '').slice(0, MAX_DETAIL),
    ]);
  return found.map((identifier) => {
    const told =
      identifier.note !== undefined && (identifier.kind === 'id' || identifier.kind === 'email')
        ? [...details, ['How it was read', identifier.note] as [string, string]]
        : details;
    return { ...identifier, line: row.line, ...(told.length > 0 && { details: told }) };
  });
}

function usersOf(row: ListRow, reader: RowReader): readonly Identifier[] {
  const { column, columns } = reader;
  const text = textOf(row);
  if (row.nobody) return [nobody(text, keptNote(row, reader))];
  const found = readValue(row.cells[column] ?? '');
  if (found.some(({ kind }) => kind === 'id' || kind === 'email')) return found;
  const shifted = shiftedCell(row, reader) ?? unpartedCell(row, reader);
  if (shifted !== null) return shifted;
  if (row.cells.some((cell) => isTotal(cleanValue(cell)))) return [nobody(text)];
  // "n/a" and "tbd" stand for a missing user; a broken address or id does not.
  if (found.some(({ input }) => /[@\d]/.test(input))) return found;
  const elsewhere = columns.filter(
    ({ index, ids, emails }) =>
      index !== column && ids + emails > 0 && scan(plainValue(row.cells[index] ?? '')).mentions.length > 0,
  );
  const [own, ...others] = elsewhere.filter(({ meaning }) => meaning === 'user');
  if (own && others.length === 0 && reader.hasHeader) {
    const users = readValue(row.cells[own.index] ?? '');
    if (users.length === 1)
      return users.map((identifier) => ({ ...identifier, note: `From the column “${own.name}”.` }));
  }
  if (found.length > 0) return found;
  const [other] = elsewhere;
  const note =
    other &&
    `Only the column “${other.name}” names somebody: ${cleanValue(row.cells[other.index] ?? '').slice(0, 100)}`;
  return [nobody(text, note)];
}

/** What keeps back a row that names somebody all the same. */
function keptNote(row: ListRow, { columns, hasHeader }: RowReader): string | undefined {
  if (!row.cells.some((cell) => scan(plainValue(cell)).mentions.length > 0)) return undefined;
  const names = columns.map(({ name }) => name);
  return (hasHeader ? decisionNote(names, row) : undefined) ?? LEFT_ALONE;
}

/** A comma in a name that nobody quoted moves the cells behind it: the user stands as many places on as there are cells too many. */
function shiftedCell(
  { cells }: ListRow,
  { columns, column, hasHeader }: RowReader,
): readonly Identifier[] | null {
  // Columns without a heading count among the others, as that of the row numbers; empty cells behind them do not.
  const headings = columns.findLastIndex(({ name }, index) => name !== `Column ${index + 1}`) + 1;
  const surplus = cells.findLastIndex((cell) => cleanValue(cell) !== '') + 1 - headings;
  if (!hasHeader || surplus <= 0 || cleanValue(cells[column] ?? '') === '') return null;
  const found = readValue(cells[column + surplus] ?? '');
  const [only] = found;
  if (found.length !== 1 || !only || (only.kind !== 'id' && only.kind !== 'email')) return null;
  return [{ ...only, note: 'The row has more cells than the heading; the user was found behind them.' }];
}

/** A row with too few cells, one of which was not parted: other marks stand in it, or quotation marks around two cells. */
function unpartedCell({ cells }: ListRow, { columns, hasHeader }: RowReader): readonly Identifier[] | null {
  if (!hasHeader || cells.length >= columns.length) return null;
  const unparted = cells.filter((cell) => /[,;\t|]/.test(cell) && scan(plainValue(cell)).mentions.length > 0);
  const [whole] = unparted;
  const users = whole !== undefined && unparted.length === 1 ? readValue(whole) : [];
  const [only] = users;
  if (users.length !== 1 || !only || (only.kind !== 'id' && only.kind !== 'email')) return null;
  return [{ ...only, note: 'The row has fewer cells than the heading; the user was found in one of them.' }];
}

/** What a row says, for showing it where it names nobody. */
const textOf = ({ cells }: ListRow): string =>
  cells
    .map(cleanValue)
    .filter((cell) => cell !== '')
    .join(' · ');
