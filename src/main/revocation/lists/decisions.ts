import { cleanValue, plainValue } from './clean.ts';
import { answerOf, isAction, reviewOf } from './answers.ts';
import { decides, denies, labelDecides, remarkLeaves, type Decides } from './decision-words.ts';
import { hasUser } from './entries.ts';
import { speaksOfOthers } from './headings.ts';
import { isRowOfOthers } from './labels.ts';
import { scan } from './scan.ts';
import type { ListRow, ListTable } from './table.ts';

/** Share of the cells under a question that must answer it, so that it is one. */
const ANSWERED = 0.5;
/** A cell that is longer tells something else. */
const MAX_SAID = 80;

const plain = (cell: string | undefined): string => cleanValue(cell ?? '').replace(/\uFE0F/g, '');

/** What keeps a row back by one of its columns. */
interface Decision {
  readonly index: number;
  readonly keeps: (cell: string) => boolean;
}

/** Of a question whether to revoke, everything but a yes keeps back; of one whether to keep, everything but a no. */
const keepsUnder = (what: Decides): ((cell: string) => boolean) =>
  what === 'takes' ? (cell) => answerOf(cell) !== true : (cell) => cell !== '' && answerOf(cell) !== false;

/** What a cell below `Action` says: `Revoke + delete mailbox`, `Keep until 31.12.`, `none`. */
const actionOf = (cell: string): Decides | null =>
  reviewOf(cell) ?? labelDecides(cell) ?? (answerOf(cell) === false ? 'leaves' : null);

/**
 * Columns that decide: those whose headings ask whether to revoke or to keep, and whose cells answer; and those whose
 * cells say nothing but `revoke` or `keep`.
 */
function decidingColumns({ heading, rows }: ListTable, width: number): readonly Decision[] {
  const found: Decision[] = [];
  for (let index = 0; index < width; index += 1) {
    const name = heading?.[index] ?? '';
    // Each remark speaks for its own row alone: one that is empty says nothing.
    if (isRemarks(name)) continue;
    const what = decides(name);
    const acts = isAction(name);
    let filled = 0;
    let answers = 0;
    let verbs = 0;
    let leaves = 0;
    let takes = 0;
    for (const { cells, nobody } of rows) {
      const cell = plain(cells[index]);
      if (cell === '' || nobody) continue;
      filled += 1;
      if (what !== null && answerOf(cell) !== null) answers += 1;
      const said = cell.length > MAX_SAID ? null : acts ? actionOf(cell) : decides(cell);
      if (said !== null) verbs += 1;
      if (said === 'leaves') leaves += 1;
      if (said === 'takes') takes += 1;
      // Quick no for nearly every column.
      if (what === null && !acts && verbs < filled) break;
    }
    if (acts && takes > 0 && verbs > filled * ANSWERED)
      found.push({ index, keeps: (cell) => actionOf(cell) !== 'takes' });
    else if (filled > 1 && verbs === filled && leaves > 0)
      found.push({ index, keeps: (cell) => decides(cell) !== 'takes' });
    else if (filled > 0 && (what === 'leaves' || (what === 'takes' && answers > filled * ANSWERED)))
      found.push({ index, keeps: keepsUnder(what) });
  }
  return found;
}

/** A column of remarks. Under a heading that says anything else, `Skip` is somebody's name. */
const REMARKS =
  /(?:comment|note|remark|bemerkung|bemærkning|anmerkung|anmärkning|merknad|kommentar|hinweis|commentaire|remarque|nota|observaci|observaç|comentari|comentár|osservazion|opmerking|uwag|poznám|примечани|комментари)\p{L}{0,4}$|備考|コメント|メモ|비고|메모|备注|備註/iu;
const isRemarks = (heading: string): boolean => REMARKS.test(heading.trim());

/** `bob@x.org,do not revoke`: a cell that names nobody and says so in whatever column, or in other words in one of remarks. */
const deniedBy = ({ cells }: ListRow, names: readonly string[]): number =>
  cells.findIndex((cell, index) => {
    if (cell.length < 2 || cell.length > MAX_SAID || cell.includes('@')) return false;
    const said = plain(cell);
    const name = names[index] ?? '';
    const isRemark = name === '' ? /^(?:\p{Ll}|\p{Lo}|\p{Lu}+(?!\p{L}))/u.test(said) : isRemarks(name);
    return isRemark ? remarkLeaves(said) : denies(said);
  });

/** A row with nothing in it but a label, as above the rows of a group; null where it is none. */
function labelIn({ cells }: ListRow): string | null {
  const filled = cells.map(plain).filter((cell) => cell !== '');
  const [label = ''] = filled;
  return filled.length === 1 && label.length <= MAX_SAID && /\p{L}/u.test(label) && !label.includes('@')
    ? label
    : null;
}

/** Rows of others, as below a table, and those taken out; where most rows look so, it is what a column says. */
function rowsOfOthers({ rows }: ListTable): ReadonlySet<ListRow> {
  const found = rows.filter(({ cells, line }, n) => {
    const first = plain(cells.find((cell) => plain(cell) !== ''));
    const isApart = line - (rows[n - 1]?.line ?? line) > 1;
    return (
      isRowOfOthers(first) || IS_COMMENT.test(first) || (isApart && !hasUser(first) && speaksOfOthers(first))
    );
  });
  return new Set(found.length * 2 <= rows.length ? found : []);
}
const IS_COMMENT = /^(?:#\s*\p{L}|\/\/)/u;

/**
 * The table with those rows as naming nobody that it says are not to be revoked: `Revoke?` with a no or without its tick,
 * `Keep` with a yes, `do not revoke` in a remark, or a row `Exceptions:` above them.
 */
export function withDecisions(table: ListTable): ListTable {
  const width = table.rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  if (width < 2) return table;
  const columns = decidingColumns(table, width);
  const names = table.heading ?? [];
  const ofOthers = rowsOfOthers(table);
  let leaving = false;
  const rows = table.rows.map((row): ListRow => {
    const label = labelIn(row);
    if (label !== null && scan(plainValue(label)).mentions.length === 0) {
      const said = labelDecides(label);
      if (said !== null || label.endsWith(':')) leaving = said === 'leaves';
      return row;
    }
    const isKept =
      leaving ||
      ofOthers.has(row) ||
      deniedBy(row, names) >= 0 ||
      columns.some(({ index, keeps }) => keeps(plain(row.cells[index])));
    return isKept ? { ...row, nobody: true } : row;
  });
  return { ...table, rows };
}

/** Why a row that names somebody is kept back; undefined when no column says so. @param names of its columns. */
export function decisionNote(names: readonly string[], row: ListRow): string | undefined {
  const index = names.findIndex((name, n) => {
    const what = decides(name);
    const cell = plain(row.cells[n]);
    return (what !== null && keepsUnder(what)(cell)) || (isAction(name) && actionOf(cell) !== 'takes');
  });
  const at = index >= 0 ? index : row.cells.findIndex((cell) => decides(plain(cell)) === 'leaves');
  const said = at >= 0 ? at : deniedBy(row, names);
  if (said < 0) return undefined;
  const cell = plain(row.cells[said]).slice(0, 40);
  return cell === ''
    ? `The column “${names[said]}” is empty.`
    : `The column “${names[said]}” says “${cell}”.`;
}
