import { cellText, type TableColumn } from './types.ts';

const BREAKS = /[\t\r\n\v\f\u2028\u2029]+/g;

/** First characters with which a spreadsheet begins a formula, in their full-width forms too. */
const FORMULA = /^\s*[=+\-@＝＋－＠]/;

/** One cell: on one line, and never a formula to the spreadsheet it is pasted into. */
function copyCell(text: string): string {
  const oneLine = text.replace(BREAKS, ' ').trim();
  return FORMULA.test(oneLine) ? `'${oneLine}` : oneLine;
}

/** @returns the rows as tab-separated text with a heading, in the order given, as the columns show them. */
export function toTsv<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): string {
  const heading = columns.map((column) => copyCell(column.title)).join('\t');
  const lines = rows.map((row) => columns.map((column) => copyCell(cellText(column, row))).join('\t'));
  return [heading, ...lines].join('\n');
}
