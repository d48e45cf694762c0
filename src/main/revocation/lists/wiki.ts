import type { Line } from './table.ts';

/** How wikis begin and end a table: `{|` and `|}` in MediaWiki, `|===` in AsciiDoc. */
const BEGINS = /^\s*(?:\{\|(?:\s+[\w-]+\s*=\s*"[^"@]*")*|\|===)\s*$/;
const ENDS = /^\s*(?:\|\}|\|===)\s*$/;
/** A row of MediaWiki begins, or a caption stands. */
const NEW_ROW = /^\s*\|-+\s*$/;
const CAPTION = /^\s*\|\+/;

/** Tables of wikis that give a cell, or a row, a line, with a line for each row: `| Ann | a@x.org |`. */
export function withWikiRows(lines: readonly Line[]): readonly Line[] {
  if (!lines.some(({ text }) => BEGINS.test(text)) || !lines.some(({ text }) => ENDS.test(text)))
    return lines;
  const done: Line[] = [];
  let row: { number: number; cells: string[] } | null = null;
  let inside: 'wiki' | 'adoc' | null = null;
  let width = 0;
  const close = (): void => {
    if (row && row.cells.length > 0) done.push({ number: row.number, text: `| ${row.cells.join(' | ')} |` });
    row = null;
  };
  for (const line of lines) {
    const text = line.text.trim();
    if (inside ? ENDS.test(text) : BEGINS.test(text)) {
      close();
      inside = inside ? null : text.startsWith('{') ? 'wiki' : 'adoc';
      width = 0;
    } else if (inside === null) done.push(line);
    else if (NEW_ROW.test(text)) close();
    else if (!/^[|!]/.test(text) || CAPTION.test(text)) done.push(line);
    else {
      const cells = text
        .slice(1)
        .split(inside === 'wiki' ? /\|\||!!/ : '|')
        .map((cell) => cell.trim());
      row ??= { number: line.number, cells: [] };
      row.cells.push(...cells);
      width ||= inside === 'adoc' ? cells.length : Infinity;
      if (row.cells.length >= width) close();
    }
  }
  close();
  return done;
}
