import type { ListDelimiter } from '../../../shared/list.ts';
import { AppFailure } from '../../failure.ts';
import { isColumnRule, isRule, isSingleSpaced, splitAtGaps } from './aligned.ts';
import { QUOTED_NAME } from './entries.ts';
import { headingAt } from './find-heading.ts';
import { plainValue } from './clean.ts';
import { readRows } from './rows-under.ts';
import { isWholeIdentifier, scan } from './scan.ts';
import type { Line, ListRow } from './table.ts';

/** How much of a text decides about its layout. */
const SAMPLE_LINES = 400;
const SAMPLE_CHARS = 256 * 1024;
/** Lines among which the one below a heading is. */
const HEADING_LINES = 30;
/** Share of rows that have as many cells as most, from which on they are a table without a heading. */
const REGULAR = 0.7;

/** What can part the cells of a row. */
const DELIMITERS: readonly ListDelimiter[] = [',', ';', '\t', '|', 'spaces'];

interface Sample {
  readonly delimiter: ListDelimiter;
  /** Cells that are one user and nothing else. */
  readonly identifiers: number;
  readonly heading: boolean;
  readonly regularity: number;
  readonly width: number;
}

/** What parts the cells of these lines; null when nothing does. */
export function chooseDelimiter(lines: readonly Line[]): ListDelimiter | null {
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
  if (!best.heading && best.identifiers > 0 && besideEachOther(sample) >= best.identifiers) return null;
  return best.heading || best.identifiers > alone || (alone === 0 && best.identifiers === 0)
    ? best.delimiter
    : null;
}

/** How well a delimiter explains the lines; null when it makes no table of them. */
function sampleOf(lines: readonly Line[], delimiter: ListDelimiter): Sample | null {
  if (
    delimiter === 'spaces' &&
    !lines.slice(1, HEADING_LINES).some(({ text }) => isColumnRule(text)) &&
    !isSingleSpaced(lines) &&
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
    const cells = delimiter === 'spaces' ? splitAtGaps(longest) : longest.split(delimiter);
    if (cells.filter((cell) => /@|[0-9a-f]{4}-/i.test(cell)).length * 2 < cells.length) throw error;
    return null;
  }
}

function usualWidth(rows: readonly ListRow[]): number {
  const widths = new Map<number, number>();
  for (const { cells } of rows) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
  return [...widths].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** Cells that are one user, where the lines are users beside each other under whatever parts them; 0 where they are not. */
function besideEachOther(lines: readonly Line[]): number {
  const unnamed = lines.map((line) => ({ ...line, text: line.text.replace(QUOTED_NAME, '') }));
  const counts = DELIMITERS.map((delimiter) => {
    const rows = rowsOrNone(unnamed, delimiter);
    return rows && rows.length > 1 && isSideBySide(rows)
      ? rows.reduce((sum, { cells }) => sum + cells.filter(isWholeIdentifier).length, 0)
      : 0;
  });
  return Math.max(...counts);
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
