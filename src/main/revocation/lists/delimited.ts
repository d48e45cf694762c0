import { tooManyColumns, keptCell, MAX_COLUMNS, type Line, type ListRow } from './table.ts';
import { cleanValue, plainValue } from './clean.ts';
import { meaningOf } from './headings.ts';
import { isWholeIdentifier, scan } from './scan.ts';

export type CharacterDelimiter = ',' | ';' | '\t' | '|';

/** Lines and characters that one quoted cell may go on for. Excel's cells have at most 32,767 characters. */
const MAX_QUOTED_LINES = 250;
const MAX_QUOTED_CHARS = 32_768;
/** Characters looked through in vain for the ends of quoted cells, before every quotation mark is just a character. */
const MAX_SEARCH = 20_000_000;

/**
 * Reads lines of delimited cells, quoted as RFC 4180 says or nearly so. A quotation mark that is stray swallows nobody:
 * what it would take in is read line by line instead when it never ends, or when the lines inside are rows of their own.
 * @param width cells of a usual row, for telling such lines; 0 when it is not known.
 */
export function readDelimited(
  lines: readonly Line[],
  delimiter: CharacterDelimiter,
  maxRows = Infinity,
): ListRow[] {
  const rows: ListRow[] = [];
  let search = MAX_SEARCH;
  let width = 0;
  for (let at = 0; at < lines.length && rows.length < maxRows; at += 1) {
    const line = lines[at];
    if (!line) break;
    const first = splitLine(line.text, delimiter);
    if (first.open && search > 0) {
      const joined = joinQuoted(lines, at, delimiter);
      search -= joined.searched;
      if (joined.row && !hidesRows(joined.row, width || joined.row.cells.length, delimiter)) {
        width ||= joined.row.cells.length;
        rows.push({ line: line.number, cells: joined.row.cells });
        at += joined.row.lines.length - 1;
        continue;
      }
    }
    const { cells } = first.open ? splitPlain(line.text, delimiter) : first;
    width ||= cells.length;
    rows.push({ line: line.number, cells });
  }
  return unwrapRows(rows, delimiter);
}

interface Split {
  readonly cells: readonly string[];
  /** The last quoted cell did not end. */
  readonly open: boolean;
}

/** One line (or several, joined by line feeds) as cells. */
function splitLine(text: string, delimiter: CharacterDelimiter): Split {
  if (!text.includes('"')) return splitOtherQuotes(text, delimiter) ?? splitPlain(text, delimiter);
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (cells.length > MAX_COLUMNS) throw tooManyColumns();
    let from = at;
    while (text[from] === ' ') from += 1;
    const quoted = text[from] === '"' ? quotedCell(text, from, delimiter) : null;
    if (quoted === 'open') return { cells, open: true };
    let end: number;
    if (quoted) {
      cells.push(keptCell(quoted.value));
      end = quoted.end;
    } else {
      end = text.indexOf(delimiter, at);
      if (end === -1) end = text.length;
      cells.push(keptCell(text.slice(at, end)));
    }
    if (end >= text.length) return { cells, open: false };
    at = end + 1;
  }
}

const OPENS = "['‘’“”„«]";
const CLOSES = "['‘’“”»]";
const ALL_QUOTED = new RegExp(String.raw`^\s*${OPENS}(.*)${CLOSES}\s*$`, 'su');
const BETWEEN = Object.fromEntries(
  [',', ';', '\t', '|'].map((mark) => [
    mark,
    {
      whole: new RegExp(String.raw`${CLOSES}\s{0,3}[${mark}]\s{0,3}${OPENS}`, 'u'),
      half: new RegExp(String.raw`${CLOSES}\s{0,3}[${mark}]|[${mark}]\s{0,3}${OPENS}`, 'u'),
    },
  ]),
);

/** A line in which every cell stands in quotation marks, none of them those of a keyboard: `“Doe, Ann”,“”`; else null. */
function splitOtherQuotes(text: string, delimiter: CharacterDelimiter): Split | null {
  let end = text.length;
  while (end > 0 && (text[end - 1] === delimiter || text[end - 1] === ' ')) end -= 1;
  const inner = ALL_QUOTED.exec(text.slice(0, end))?.[1];
  const between = BETWEEN[delimiter];
  if (inner === undefined || !between) return null;
  const cells = inner.split(between.whole);
  if (cells.length < 2 || cells.length > MAX_COLUMNS || cells.some((cell) => between.half.test(cell)))
    return null;
  const behind = text.slice(end).split(delimiter).slice(1);
  return { cells: [...cells, ...behind].map(keptCell), open: false };
}

/** A cell that begins with a quotation mark; null when what follows its end is no delimiter, so that it was no such cell. */
function quotedCell(
  text: string,
  from: number,
  delimiter: string,
): { value: string; end: number } | 'open' | null {
  let end = from + 1;
  for (;;) {
    end = text.indexOf('"', end);
    if (end === -1) return 'open';
    if (text[end + 1] !== '"') break;
    end += 2;
  }
  let after = end + 1;
  while (text[after] === ' ') after += 1;
  if (after < text.length && text[after] !== delimiter) return null;
  return { value: text.slice(from + 1, end).replaceAll('""', '"'), end: after };
}

/** Quotation marks count for nothing here, but for those around a whole cell. */
function splitPlain(text: string, delimiter: CharacterDelimiter): Split {
  const cells = text.split(delimiter, MAX_COLUMNS + 2);
  if (cells.length > MAX_COLUMNS + 1) throw tooManyColumns();
  return { cells: cells.map(keptCell), open: false };
}

interface Joined {
  readonly row: { readonly cells: readonly string[]; readonly lines: readonly string[] } | null;
  readonly searched: number;
}

function joinQuoted(lines: readonly Line[], at: number, delimiter: CharacterDelimiter): Joined {
  const parts: string[] = [];
  let length = 0;
  for (let n = at; n < lines.length && n - at < MAX_QUOTED_LINES && length < MAX_QUOTED_CHARS; n += 1) {
    const text = lines[n]?.text ?? '';
    // A gap in the numbers is an empty line inside the cell.
    const gap = n > at ? (lines[n]?.number ?? 0) - (lines[n - 1]?.number ?? 0) - 1 : 0;
    for (let empty = 0; empty < Math.min(gap, MAX_QUOTED_LINES); empty += 1) parts.push('');
    parts.push(text);
    length += text.length + 1;
    if (n === at || !text.includes('"')) continue;
    const { cells, open } = splitLine(parts.join('\n'), delimiter);
    if (!open) return { row: { cells, lines: parts.filter((part) => part !== '') }, searched: length };
  }
  return { row: null, searched: length };
}

/** Whether lines inside a quoted cell look like rows: as many cells, or a user named in them. */
function hidesRows(
  { lines }: NonNullable<Joined['row']>,
  width: number,
  delimiter: CharacterDelimiter,
): boolean {
  return lines.slice(1).some((line) => {
    const { mentions, broken } = scan(cleanValue(line.slice(0, 2_000)));
    if (mentions.length + broken.length === 0) return false;
    return line.split(delimiter).length >= width;
  });
}

/**
 * Rows that a program quoted once more: one cell, with the delimiter inside. All of them, but for titles and totals; or,
 * below a heading, those that hold as many cells, but no users side by side that it does not speak of.
 */
function unwrapRows(rows: ListRow[], delimiter: CharacterDelimiter): ListRow[] {
  const isWrapped = ({ cells }: ListRow): boolean =>
    cells[0]?.includes(delimiter) === true && filledIn(cells) === 1;
  if (!rows.some(isWrapped)) return rows;
  const heading = rows.find((row) => filledIn(row.cells) > 1)?.cells;
  const width = filledIn(heading ?? []);
  const behind = (heading?.length ?? 0) - width;
  const speaksOfAll = heading?.slice(0, width).every((name) => meaningOf(plainValue(name)) !== 'unknown');
  return rows.map((row) => {
    if (!isWrapped(row)) return row;
    const { open, cells } = splitLine(row.cells[0] ?? '', delimiter);
    const fits =
      heading === undefined ||
      (cells.length === width &&
        row.cells.length === behind + 1 &&
        (speaksOfAll || !cells.every(isWholeIdentifier)));
    return open || !fits ? row : { ...row, cells: [...cells, ...row.cells.slice(1)] };
  });
}

/** Cells up to the last that is not empty. */
const filledIn = (cells: readonly string[]): number =>
  cells.findLastIndex((cell) => cleanValue(cell) !== '') + 1;
