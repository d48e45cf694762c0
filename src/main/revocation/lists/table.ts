import type { LeftOutLine, ListDelimiter, ListFormat } from '../../../shared/list.ts';
import { failure } from '../../failure.ts';

/** Most rows of a list. */
export const MAX_LIST_ROWS = 1_000_000;
/** Most columns. A sheet of Excel has 16,384; nobody's list has a thousand. */
export const MAX_COLUMNS = 1_000;
/** Characters of a cell that are kept where it surely names nobody; one of Excel has at most 32,767. */
const MAX_CELL = 1_000;

export interface ListRow {
  /** 1-based line of the text, or row of the sheet. */
  readonly line: number;
  readonly cells: readonly string[];
  /** The row says itself that it names nobody: a total, a greeting, a comment. */
  readonly nobody?: true;
}

/** A list taken apart, whatever it was. */
export interface ListTable {
  readonly format: ListFormat;
  readonly delimiter: ListDelimiter | null;
  readonly heading: readonly string[] | null;
  readonly rows: readonly ListRow[];
  readonly leftOut: readonly LeftOutLine[];
}

export interface Line {
  /** 1-based. */
  readonly number: number;
  readonly text: string;
}

/** What an id or an address cannot be without. */
const MAY_NAME = /@|[0-9a-f]{8}-?[0-9a-f]{4}/i;

/** A cell as it is kept: whole where it can name users, be they hundreds, and otherwise bounded. */
export const keptCell = (cell: string): string =>
  cell.length > MAX_CELL && !MAY_NAME.test(cell) ? cell.slice(0, MAX_CELL) : cell;

/** Why a list of more rows is not read. */
export const tooManyRows = () => failure('file-too-large', 'The list has more than 1,000,000 rows.');
/** Why a list of more columns is not read. */
export const tooManyColumns = () => failure('file-too-large', 'The list has more than 1,000 columns.');

/** The lines of a text that hold more than white space. @throws AppFailure `file-too-large`. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let number = 0;
  for (let from = 0; from <= text.length;) {
    const end = lineEnd(text, from);
    number += 1;
    const line = text.slice(from, end);
    if (/\S/.test(line)) lines.push({ number, text: line });
    if (lines.length > MAX_LIST_ROWS + 100) throw tooManyRows();
    from = end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1);
  }
  return lines;
}

function lineEnd(text: string, from: number): number {
  LINE_END.lastIndex = from;
  return LINE_END.exec(text)?.index ?? text.length;
}
const LINE_END = /[\n\r\v\f\u0085\u2028\u2029]/g;
