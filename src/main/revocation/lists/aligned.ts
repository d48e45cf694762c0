import { isHeadingText, meaningOf } from './headings.ts';
import { isWholeIdentifier } from './scan.ts';
import { keptCell, MAX_COLUMNS, tooManyColumns, type Line, type ListRow } from './table.ts';

/** Two spaces or more, or tabs among spaces, part the cells. */
const GAP = / {2,}|\t+/;
/** `----  ------`: what stands below a heading in the output of PowerShell and SQL tools. */
const RULE = /^\s*-{2,}(?:\s+-+)*\s*$/;
/** Lines that are looked at for where the columns begin. */
const SAMPLE = 200;

/** The cells of a line that gaps part. */
export const splitAtGaps = (text: string): string[] => text.split(GAP);

/** Whether a line only draws: `---`, `+----+`, `|:---|`, `===`, `├────┤`. */
export const isRule = (text: string): boolean =>
  /^[\s|+:=_\u2500-\u257F-]*$/.test(text) && /[-=_]{2,}|[\u2500-\u257F]{2,}/.test(text);

/** Whether a line below a heading draws at least two columns. */
export const isColumnRule = (text: string): boolean => RULE.test(text) && /-\s+-/.test(text);

/** Lines of a table that is drawn with lines, with the bars of a keyboard. */
export const withPlainBars = (lines: readonly Line[]): readonly Line[] =>
  lines.some(({ text }) => /^\s*[│┃║]/.test(text))
    ? lines.map(({ number, text }) => ({ number, text: text.replace(/[│┃║┆┊╎]/g, '|') }))
    : lines;

/**
 * Whether single spaces part the cells, as where HTML or a chat took the others out: a heading of single words over rows
 * of as many, one of which is a user.
 */
export function isSingleSpaced(lines: readonly Line[]): boolean {
  const drawn = lines.filter(({ text }) => !isRule(text));
  const heading = drawn[0]?.text.trim().split(' ') ?? [];
  if (heading.length < 2 || !heading.every((word) => /^\p{L}[\p{L}_-]*$/u.test(word) && isHeadingText(word)))
    return false;
  const first = drawn[1]?.text.trim().split(' ') ?? [];
  const ofUsers = heading.filter(
    (word, n) => meaningOf(word) === 'user' && isWholeIdentifier(first[n] ?? ''),
  );
  return (
    ofUsers.length === 1 &&
    drawn.every(
      ({ text }) => !/[,;|\t]| {2}/.test(text.trim()) && text.trim().split(' ').length === heading.length,
    )
  );
}

/**
 * Reads columns that stand one below the other. Where a line of dashes or a heading says where they begin, a cell that is
 * empty stays one; otherwise the gaps part the cells.
 * @throws AppFailure `file-too-large`.
 */
export function readAligned(lines: readonly Line[], maxRows = Infinity): ListRow[] {
  const sample = lines.slice(0, SAMPLE);
  const single = isSingleSpaced(sample);
  const starts = single ? null : columnStarts(sample);
  const rows: ListRow[] = [];
  for (const { number, text } of lines) {
    if (rows.length >= maxRows) break;
    const whole = text.trim();
    const cells = single
      ? whole.split(' ').filter((cell) => cell !== '')
      : starts && fits(text, starts)
        ? cutAt(text, starts)
        : splitAtGaps(whole);
    if (cells.length > MAX_COLUMNS) throw tooManyColumns();
    rows.push({ line: number, cells: cells.map(keptCell) });
  }
  return withNumbers(rows, lines);
}

/** A heading that begins further in, over rows of one cell more, leaves out the column of their numbers, as pandas does. */
function withNumbers(rows: ListRow[], lines: readonly Line[]): ListRow[] {
  const [heading, ...below] = rows;
  const isIndented = /^\s/.test(lines[0]?.text ?? '') && !/^\s/.test(lines[1]?.text ?? ' ');
  if (!heading || below.length === 0 || !isIndented) return rows;
  return below.every(({ cells }) => cells.length === heading.cells.length + 1 && /^\d+$/.test(cells[0] ?? ''))
    ? [{ ...heading, cells: ['', ...heading.cells] }, ...below]
    : rows;
}

function columnStarts(lines: readonly Line[]): readonly number[] | null {
  const rule = lines.findIndex(({ text }) => RULE.test(text));
  const model = rule > 0 ? lines[rule - 1]?.text : lines.find(({ text }) => !/^#\s/.test(text))?.text;
  if (model === undefined || model.includes('\t')) return null;
  const starts = rule > 0 ? startsOf(lines[rule]?.text ?? '', /-+/g) : startsOf(model, /\S+(?: \S+)*/g);
  return starts.length > 1 ? starts : null;
}

const startsOf = (text: string, pattern: RegExp): number[] =>
  [...text.matchAll(pattern)].map(({ index }) => index);

/** Whether every column that begins within the line has a space before it: otherwise a value is longer than its column. */
const fits = (text: string, starts: readonly number[]): boolean =>
  !text.includes('\t') &&
  starts.every((start) => start === 0 || start >= text.length || text[start - 1] === ' ');

const cutAt = (text: string, starts: readonly number[]): string[] =>
  starts.map((start, n) => text.slice(n === 0 ? 0 : start, starts[n + 1] ?? text.length).trim());
