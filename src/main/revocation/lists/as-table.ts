import type { LeftOutLine, ListDelimiter } from '../../../shared/list.ts';
import { isRule } from './aligned.ts';
import { cleanValue, plainValue } from './clean.ts';
import { asForm } from './form.ts';
import { headingAt, laterHeadings } from './find-heading.ts';
import { Stacked } from './stacked.ts';
import type { ListRow, ListTable } from './table.ts';

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
        .join(' · '),
    });
  };
  const drawn = all.filter((row) => {
    const rule = delimiter !== null && isRule(row.cells.join('|'));
    if (rule) leave(row, 'rule');
    return !rule && row.cells.some((cell) => cleanValue(cell) !== '');
  });
  const form = asForm(drawn);
  if (form) return { format, delimiter, ...form, leftOut };
  const at = headingAt(drawn);
  const own = at === null ? null : (drawn[at]?.cells.map(plainValue) ?? null);
  const repeated = own?.join('\n').toLowerCase();
  const later = new Set(at === null ? [] : laterHeadings(drawn, at + 1));
  const stacked = new Stacked(own && at !== null ? withGroups(own, drawn[at - 1]) : own);
  const rows: ListRow[] = [];
  drawn.forEach((row, n) => {
    if (at !== null && n < at) leave(row, 'preamble');
    else if (
      n === at ||
      (repeated !== undefined && row.cells.map(plainValue).join('\n').toLowerCase() === repeated)
    ) {
      leave(row, 'heading');
      stacked.restart();
    } else if (later.has(n)) {
      leave(row, 'heading');
      stacked.begin(row.cells.map(plainValue));
    } else rows.push(stacked.place(row));
  });
  return { format, delimiter, heading: stacked.heading, rows, leftOut };
}

/** A heading in two rows: "Manager" over "Name" and "Email", over as many columns as are merged. */
function withGroups(heading: readonly string[], above: ListRow | undefined): readonly string[] {
  const names = heading.filter((name) => name !== '');
  const groups = above?.cells.map(cleanValue) ?? [];
  if (new Set(names).size === names.length || groups.filter((group) => group !== '').length < 2)
    return heading;
  let group = '';
  return heading.map((name, index) => {
    group = groups[index] || group;
    return name !== '' && group !== '' ? `${group} ${name}` : name;
  });
}
