import { disarmFormula } from '../../../../shared/spreadsheet.ts';
import { cellText, type TableColumn } from './types.ts';

const BREAKS = /[\t\r\n\v\f\u2028\u2029]+/g;

/** One cell: on one line, and never a formula to the spreadsheet it is pasted into. */
function copyCell(text: string): string {
  return disarmFormula(text.replace(BREAKS, ' ').trim());
}

/** @returns the rows as tab-separated text with a heading, in the order given, as the columns show them. */
export function toTsv<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): string {
  const heading = columns.map((column) => copyCell(column.title)).join('\t');
  const lines = rows.map((row) => columns.map((column) => copyCell(cellText(column, row))).join('\t'));
  return [heading, ...lines].join('\n');
}
