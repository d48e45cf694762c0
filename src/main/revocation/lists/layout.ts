import type { LeftOutLine, ListDelimiter } from '../../../shared/list.ts';
import { AppFailure } from '../../failure.ts';
import { isRule, readAligned } from './aligned.ts';
import { readDelimited } from './delimited.ts';
import { readFree } from './free.ts';
import { isHeadingText, meaningOf } from './headings.ts';
import { cleanValue, isWholeIdentifier, plainValue, scan } from './identify.ts';
import { readJson } from './json.ts';
import { withoutMarkup } from './markup.ts';
import { readRecords } from './records.ts';
import { linesOf, MAX_LIST_ROWS, tooManyRows, type Line, type ListRow, type ListTable } from './table.ts';

/** How much of a text decides about its layout. */
const SAMPLE_LINES = 400;
const SAMPLE_CHARS = 256 * 1024;
/** Rows in which a heading is looked for. */
const HEADING_ROWS = 30;
/** Share of rows that have as many cells as most, from which on they are a table without a heading. */
const REGULAR = 0.7;

const DELIMITERS: readonly ListDelimiter[] = [',', ';', '\t', '|', 'spaces'];

/** Tells how far the reading is; throws to end it. @param share 0 to 1. */
export type OnRead = (share: number) => void;

/**
 * Takes a list apart, whatever it is: columns of any kind, records, JSON, HTML, or people side by side in a mail.
 * @throws AppFailure `file-too-large` beyond a million rows or a thousand columns, `file-unreadable`.
 */
export function readTable(text: string, onRead: OnRead = () => undefined): ListTable {
  // The end-of-file mark of DOS.
  const whole = text.replace(/^\uFEFF/, '').replaceAll('\u001A', '');
  const linked = plainLinks(whole);
  const json = readJson(withoutFences(whole));
  if (json) return json;
  onRead(0.1);
  const lines = linesOf(withoutMarkup(linked));
  onRead(0.2);
  const { rest, leftOut, forced } = beforeTheList(lines);
  const records = forced === null ? readRecords(rest) : null;
  const delimiter = records ? null : (forced ?? chooseDelimiter(rest));
  const table =
    records ?? (delimiter === null ? readFree(rest) : asTable(readRows(rest, delimiter), delimiter));
  onRead(0.7);
  if (table.rows.length > MAX_LIST_ROWS) throw tooManyRows();
  return { ...table, leftOut: [...leftOut, ...table.leftOut].sort((a, b) => a.line - b.line) };
}

/** JSON that was pasted from a chat or a ticket stands between fences. */
function withoutFences(text: string): string {
  const trimmed = text.trim();
  const fenced = trimmed.startsWith('```') && trimmed.endsWith('```') && trimmed.includes('\n');
  return fenced ? trimmed.slice(trimmed.indexOf('\n') + 1, -3) : text;
}

/** Links as wikis and chats write them, `[Ann|mailto:a@x.org]` and `<mailto:a@x.org|Ann>`: their bars part no columns. */
const plainLinks = (text: string): string =>
  text
    .replace(/\[([^[\]|\n]{1,200})\|mailto:([^[\]|\n]{1,320})\]/gi, '$1 ($2)')
    .replace(/<mailto:([^<>|\n]{1,320})\|([^<>|\n]{1,200})>/gi, '$1');

/** What programs write above a list: `sep=;`, `#TYPE …`. */
function beforeTheList(lines: readonly Line[]): {
  readonly rest: readonly Line[];
  readonly leftOut: readonly LeftOutLine[];
  readonly forced: ListDelimiter | null;
} {
  const leftOut: LeftOutLine[] = [];
  let forced: ListDelimiter | null = null;
  let from = 0;
  for (const { number, text } of lines.slice(0, 2)) {
    const said = /^"?sep=(.)"?\s*$/i.exec(text.trim())?.[1] ?? (/^"?sep=\t/i.test(text) ? '\t' : undefined);
    if (said === undefined && !/^"?(?:#TYPE\s|version:v[\d.]+"?,*$)/i.test(text.trim())) break;
    const known = DELIMITERS.find((delimiter) => delimiter === said);
    if (known !== undefined) forced = known;
    leftOut.push({ line: number, kind: 'preamble', text: text.trim().slice(0, 200) });
    from += 1;
  }
  return { rest: lines.slice(from), leftOut, forced };
}

/** The rows under a delimiter; borders of drawn tables do not count as cells. */
function readRows(lines: readonly Line[], delimiter: ListDelimiter, maxRows = Infinity): ListRow[] {
  if (delimiter === 'spaces') return readAligned(lines, maxRows);
  if (delimiter !== '|') return readDelimited(lines, delimiter, maxRows);
  const bordered = lines.map((line) => {
    const text = line.text.trim().replace(/^\|\||\|\|$/g, '|');
    return { number: line.number, text: text.startsWith('|') ? text.replaceAll('||', '|') : line.text };
  });
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

interface Sample {
  readonly delimiter: ListDelimiter;
  /** Cells that are one user and nothing else. */
  readonly identifiers: number;
  readonly heading: boolean;
  readonly regularity: number;
  readonly width: number;
}

function chooseDelimiter(lines: readonly Line[]): ListDelimiter | null {
  const sample: Line[] = [];
  let characters = 0;
  for (const line of lines) {
    if (sample.length >= SAMPLE_LINES || characters > SAMPLE_CHARS) break;
    const text = line.text.slice(0, SAMPLE_CHARS);
    sample.push({ ...line, text });
    characters += text.length;
  }
  const alone = sample.filter(({ text }) => text.length < 2_000 && isWholeIdentifier(text)).length;
  const samples = DELIMITERS.flatMap((delimiter) => sampleOf(sample, delimiter) ?? []);
  const [best] = samples.sort(
    (a, b) =>
      b.identifiers - a.identifiers ||
      Number(b.heading) - Number(a.heading) ||
      b.regularity - a.regularity ||
      b.width - a.width,
  );
  if (!best) return null;
  return best.heading || best.identifiers > alone || (alone === 0 && best.identifiers === 0)
    ? best.delimiter
    : null;
}

/** How well a delimiter explains the lines; null when it makes no table of them. */
function sampleOf(lines: readonly Line[], delimiter: ListDelimiter): Sample | null {
  if (
    delimiter === 'spaces' &&
    lines.filter(({ text }) => /\S(?: {2}|\t)/.test(text.slice(0, 2_000).trimEnd())).length < lines.length / 2
  )
    return null;
  const rows = rowsOrNone(lines, delimiter)?.filter(({ cells }) => !isRule(cells.join('|')));
  if (!rows || rows.length === 0) return null;
  const at = headingAt(rows);
  const width = at === null ? usualWidth(rows) : (rows[at]?.cells.length ?? 0);
  if (width < 2) return null;
  const regularity = rows.filter(({ cells }) => cells.length === width).length / rows.length;
  const identifiers = rows.reduce((sum, { cells }) => sum + cells.filter(isWholeIdentifier).length, 0);
  if (at === null && (rows.length < 2 || regularity < REGULAR || isSideBySide(rows))) return null;
  return { delimiter, identifiers, heading: at !== null, regularity, width };
}

/** Too many cells are no table: people side by side in one line, or nothing that can be read. */
function rowsOrNone(lines: readonly Line[], delimiter: ListDelimiter): ListRow[] | null {
  try {
    return readRows(lines, delimiter, SAMPLE_LINES);
  } catch (error) {
    if (!(error instanceof AppFailure)) throw error;
    const longest = lines.reduce((a, b) => (b.text.length > a.text.length ? b : a)).text;
    const cells = longest.split(delimiter);
    if (cells.filter((cell) => /@|[0-9a-f]{4}-/i.test(cell)).length * 2 < cells.length) throw error;
    return null;
  }
}

function usualWidth(rows: readonly ListRow[]): number {
  const widths = new Map<number, number>();
  for (const { cells } of rows) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  return [...widths].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/**
 * Whether rows without a heading are users beside each other, not columns: every cell names one, all of the same kind, and
 * nobody comes again, as a manager would.
 */
function isSideBySide(rows: readonly ListRow[]): boolean {
  const seen = new Set<string>();
  const kinds = new Set<string>();
  let columns = 0;
  let cellsUsed = 0;
  let named = 0;
  for (const { cells } of rows) {
    let here = 0;
    for (const cell of cells) {
      const text = plainValue(cell);
      if (text === '') continue;
      cellsUsed += 1;
      const { mentions } = scan(text);
      if (mentions.length > 0) {
        named += 1;
        here += 1;
      }
      for (const { key, kind } of mentions) {
        kinds.add(kind);
        if (seen.has(key)) return false;
        seen.add(key);
      }
    }
    columns = Math.max(columns, here);
  }
  return columns > 1 && kinds.size === 1 && named >= cellsUsed * 0.75;
}

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
