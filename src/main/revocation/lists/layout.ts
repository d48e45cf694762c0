import type { LeftOutLine } from '../../../shared/list.ts';
import { withPlainBars } from './aligned.ts';
import { asTable } from './as-table.ts';
import { chooseDelimiter } from './delimiters.ts';
import { withDecisions } from './decisions.ts';
import { readFree } from './free.ts';
import { readJson, readXml } from './json.ts';
import { withoutMarkup } from './markup.ts';
import { readRecords } from './records.ts';
import { readRows } from './rows-under.ts';
import { withWikiRows } from './wiki.ts';
import { linesOf, MAX_LIST_ROWS, tooManyRows, type Line, type ListTable } from './table.ts';

/** Tells how far the reading is; throws to end it. @param share 0 to 1. */
export type OnRead = (share: number) => void;

/**
 * Takes a list apart, whatever it is: columns of any kind, records, JSON, HTML, or people side by side in a mail.
 * @throws AppFailure `file-too-large` beyond a million rows or a thousand columns, `file-unreadable`.
 */
export function readTable(text: string, onRead: OnRead = () => undefined): ListTable {
  // The end-of-file mark of DOS.
  const whole = withoutEscapes(text.replace(/^\uFEFF/, '').replaceAll('\u001A', ''));
  const linked = plainLinks(whole);
  const json = readJson(withoutFences(whole)) ?? readXml(whole);
  if (json) return withDecisions(json);
  onRead(0.1);
  const lines = withPlainBars(withWikiRows(linesOf(withoutMarkup(linked))));
  onRead(0.2);
  const { rest, leftOut } = beforeTheList(lines);
  const records = readRecords(rest);
  const delimiter = records ? null : chooseDelimiter(rest);
  const table =
    records ?? (delimiter === null ? readFree(rest) : asTable(readRows(rest, delimiter), delimiter));
  onRead(0.7);
  if (table.rows.length > MAX_LIST_ROWS) throw tooManyRows();
  return withDecisions({
    ...table,
    leftOut: [...leftOut, ...table.leftOut].sort((a, b) => a.line - b.line),
  });
}

/** JSON that was pasted from a chat or a ticket stands between fences. */
function withoutFences(text: string): string {
  const trimmed = text.trim();
  const fenced = trimmed.startsWith('```') && trimmed.endsWith('```') && trimmed.includes('\n');
  return fenced ? trimmed.slice(trimmed.indexOf('\n') + 1, -3) : text;
}

/** A line break that a program wrote as two characters, behind an address or id: the next one does not begin with "n". */
const withoutEscapes = (text: string): string =>
  text.includes('\\')
    ? text.replace(/((?:\.[a-z]{2,20}|[0-9a-f]{12})[>"')\];,.]{0,3})(?:\\r\\n|\\n|\\r|\\t)+/gi, '$1 ')
    : text;

/** Links as wikis and chats write them, `[Ann|mailto:a@x.org]` and `<mailto:a@x.org|Ann>`: their bars part no columns. */
const plainLinks = (text: string): string =>
  text
    .replace(/\[([^[\]|\n]{1,200})\|mailto:([^[\]|\n]{1,320})\]/gi, '$1 ($2)')
    .replace(/<mailto:([^<>|\n]{1,320})\|([^<>|\n]{1,200})>/gi, '$1');

/** `sep=;`, with what a program that saved it again put behind. */
const SEP = /^\s*"?sep\s?=\s?([^\w\s@."-]?|\\?t)["\s,;|]*$/i;

/**
 * What programs write above a list: `sep=;`, `#TYPE …`. What really parts the cells, the lines show: many a file was saved
 * anew with other marks. Only a mark that nobody would think of is taken from there.
 */
function beforeTheList(lines: readonly Line[]): {
  readonly rest: readonly Line[];
  readonly leftOut: readonly LeftOutLine[];
} {
  const leftOut: LeftOutLine[] = [];
  let mark = '';
  for (const { number, text } of lines.slice(0, 2)) {
    const said = SEP.exec(text)?.[1];
    if (said === undefined && !/^"?(?:#TYPE\s|version:v[\d.]+"?,*$)/i.test(text.trim())) break;
    if (said !== undefined && /^[^,;:|\w\\]$/.test(said)) mark = said;
    leftOut.push({ line: number, kind: 'preamble', text: text.trim() });
  }
  const rest = lines.slice(leftOut.length);
  return {
    rest: mark === '' ? rest : rest.map((line) => ({ ...line, text: line.text.replaceAll(mark, '\t') })),
    leftOut,
  };
}
