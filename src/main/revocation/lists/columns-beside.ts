import type { ListColumn } from '../../../shared/list.ts';
import { isBareAddress, isPlainerThan, saysSomethingElse, saysWhose } from './headings.ts';

/** Columns with what each means beside the others. */
export const withMeaningsBeside = (columns: readonly ListColumn[]): readonly ListColumn[] =>
  withoutUnsaid(withoutBare(columns));

/** Beside `Leaver's e-mail`, a bare `E-mail` is that of who filled in the form, for all one knows. */
const withoutBare = (columns: readonly ListColumn[]): readonly ListColumn[] =>
  columns.some(({ name, meaning, emails }) => meaning === 'user' && emails > 0 && saysWhose(name))
    ? columns.map((column) =>
        column.meaning === 'user' && column.emails > 0 && isBareAddress(column.name)
          ? { ...column, meaning: 'unknown' }
          : column,
      )
    : columns;

/**
 * Beside an `Email` that some rows lack, a fuller `TL Email` is that of whoever a TL is: those rows take nobody from it,
 * and it does not win by having more.
 */
const withoutUnsaid = (columns: readonly ListColumn[]): readonly ListColumn[] =>
  columns.map((column) =>
    column.meaning === 'user' &&
    saysSomethingElse(column.name) &&
    columns.some(
      (other) =>
        other.meaning === 'user' &&
        other.different > 0 &&
        other.empty > column.empty &&
        isPlainerThan(other.name, column.name),
    )
      ? { ...column, meaning: 'other-people' }
      : column,
  );
