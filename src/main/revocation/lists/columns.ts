import type { ColumnMeaning, ListColumn } from '../../../shared/list.ts';
import {
  isBareAddress,
  isGenesysId,
  isIdOfThing,
  isMicrosoftHeading,
  isOwnId,
  isPlainerThan,
  meaningOf,
  rankOf,
} from './headings.ts';
import { cleanValue, plainValue } from './clean.ts';
import { withMeaningsBeside } from './columns-beside.ts';
import { scan } from './scan.ts';
import type { ListTable } from './table.ts';

const SAMPLES = 3;
const MAX_SAMPLE = 80;

/** What a different user in a column counts for, by what the heading says. Others' columns and things never win. */
const WEIGHTS: Readonly<Record<ColumnMeaning, number>> = {
  user: 1,
  unknown: 0.8,
  secondary: 0.3,
  'other-people': 0,
  'no-people': 0,
};
/** What a different user counts for under a heading that says nothing, beside one that says users: `Reference`. */
const UNSAID = 0.4;
/** An id that is Microsoft's own, where an address stands beside it. */
const FOREIGN_ID = 0.6;
/** Share of rows in which two columns say the same, from which on they are one question. */
const SAME = 0.9;
/** Share of rows whose user stands in other rows with another id, from which on the ids are not theirs. */
const AGAIN = 0.2;
/** Columns of users that a column of ids is compared with: each comparison goes through the rows once. */
const MAX_COMPARED = 8;

interface Aside {
  ids: number;
  emails: number;
}

export interface Columns {
  readonly columns: readonly ListColumn[];
  readonly identifierColumn: number | null;
  readonly tie: readonly number[];
  /** What looks like a user in rows that name nobody, or is spoken of as somebody else. */
  readonly aside: Readonly<Aside>;
}

interface Counts {
  ids: number;
  emails: number;
  unreadable: number;
  filled: number;
  readonly different: Set<string>;
  readonly samples: string[];
}

function count({ rows }: ListTable, width: number, aside: Aside): Counts[] {
  const counts = Array.from({ length: width }, (): Counts => ({
    ids: 0,
    emails: 0,
    unreadable: 0,
    filled: 0,
    different: new Set(),
    samples: [],
  }));
  for (const { cells, nobody } of rows) {
    cells.forEach((cell, index) => {
      const column = counts[index];
      const text = plainValue(cell);
      if (!column || text === '') return;
      column.filled += 1;
      const { mentions } = scan(text);
      const keys = new Set<string>();
      for (const { kind, key, meant } of mentions) {
        if (keys.has(key)) continue;
        if (!meant || nobody) {
          aside[kind === 'id' ? 'ids' : 'emails'] += 1;
          continue;
        }
        keys.add(key);
        if (kind === 'id') column.ids += 1;
        else column.emails += 1;
        column.different.add(key);
      }
      if (keys.size === 0 && !nobody) column.unreadable += 1;
      if (column.samples.length < SAMPLES && !nobody) column.samples.push(text.slice(0, MAX_SAMPLE));
    });
  }
  return counts;
}

/** Describes the columns of a list, and which one identifies users: the one with most different ones, by its heading. */
export function describeColumns(table: ListTable): Columns {
  const { heading, rows } = table;
  let width = heading?.length ?? 0;
  for (const { cells } of rows) if (cells.length > width) width = cells.length;
  const aside: Aside = { ids: 0, emails: 0 };
  const counts = count(table, width, aside);
  const names = new Set<string>();
  const columns = counts.map(({ ids, emails, unreadable, filled, different, samples }, index): ListColumn => {
    const said = cleanValue(heading?.[index] ?? '');
    const own = said.slice(0, MAX_SAMPLE) || (width === 1 ? 'List' : `Column ${index + 1}`);
    // Two columns of one name would be one in the report.
    const name = names.has(own.toLowerCase()) ? `${own} (column ${index + 1})` : own;
    names.add(name.toLowerCase());
    return {
      index,
      name,
      samples,
      ids,
      emails,
      different: different.size,
      unreadable,
      empty: rows.length - filled,
      meaning: meaningUnder(said),
    };
  });
  const read = withMeaningsBeside(columns);
  return { columns: read, aside, ...choose(read, table) };
}

/** An id of something that is not known to be people can be theirs only where nothing else is. */
const meaningUnder = (heading: string): ColumnMeaning => {
  const meaning = meaningOf(heading);
  return meaning === 'user' && isIdOfThing(heading) ? 'unknown' : meaning;
};

function choose(columns: readonly ListColumn[], table: ListTable): Pick<Columns, 'identifierColumn' | 'tie'> {
  const microsoft = columns.some(({ name }) => isMicrosoftHeading(name));
  const foreign = ({ ids, emails, name }: ListColumn): boolean =>
    microsoft &&
    ids > emails &&
    !isGenesysId(name) &&
    columns.some((other) => other.meaning === 'user' && other.emails > 0);
  const named = columns.some(({ meaning, different }) => meaning === 'user' && different > 0);
  const score = (column: ListColumn): number =>
    isOfEvents(column, columns, table)
      ? 0
      : differentIn(column) *
        (named && column.meaning === 'unknown' ? UNSAID : WEIGHTS[column.meaning]) *
        (foreign(column) ? FOREIGN_ID : 1);
  // Several addresses in a row are those of one: `emails` of an object.
  const differentIn = ({ name, different, empty }: ListColumn): number =>
    isBareAddress(name) && columns.some(({ ids, meaning }) => meaning === 'user' && ids > 0)
      ? Math.min(different, table.rows.length - empty)
      : different;
  const scores = columns.map(score);
  const scoreOf = ({ index }: ListColumn): number => scores[index] ?? 0;
  const candidates = columns.filter((column) => scoreOf(column) > 0).sort((a, b) => scoreOf(b) - scoreOf(a));
  const [best] = candidates;
  const [only] = columns;
  // Nothing can be asked about one column: its rows say that they name nobody.
  if (!best) {
    const one = columns.length === 1 && only && WEIGHTS[only.meaning] > 0;
    return { identifierColumn: one ? only.index : null, tie: [] };
  }
  const sayer = columns.find((column) => column.meaning === 'user' && scoreOf(column) > 0);
  if (best.meaning === 'unknown' && sayer)
    return { identifierColumn: null, tie: [best.index, sayer.index].sort((a, b) => a - b) };
  const equal = candidates.filter((column) => scoreOf(column) === scoreOf(best));
  if (equal.length === 1) return { identifierColumn: best.index, tie: [] };
  const first = equal.reduce((a, b) => (isPreferred(b, a) ? b : a));
  const rivals = equal.filter(
    (column) => column !== first && !isPreferred(first, column) && !isSame(column.index, first.index, table),
  );
  return rivals.length === 0
    ? { identifierColumn: first.index, tie: [] }
    : { identifierColumn: null, tie: [first, ...rivals].map(({ index }) => index).sort((a, b) => a - b) };
}

/** Of columns that name as many users: what the heading says; without one, nothing is to be preferred. */
const preference = ({ name, meaning }: ListColumn): number =>
  meaning !== 'user' ? -1 : isOwnId(name) ? MOST_SURE : rankOf(name);
const MOST_SURE = 4;

const isPreferred = (one: ListColumn, other: ListColumn): boolean =>
  preference(one) > preference(other) ||
  (preference(one) === preference(other) && one.meaning === 'user' && isPlainerThan(one.name, other.name));

/**
 * Whether a column's ids are those of events that the users of another column have, as in a log: a user comes again with
 * another id.
 */
function isOfEvents(column: ListColumn, columns: readonly ListColumn[], { rows }: ListTable): boolean {
  if (column.ids <= column.emails || isOwnId(column.name)) return false;
  const others = columns.filter(
    ({ meaning, different }) => meaning === 'user' && different > 0 && different < column.different,
  );
  return others.slice(0, MAX_COMPARED).some((users) => {
    const idsOf = new Map<string, { first: string; rows: number; differ: boolean }>();
    let both = 0;
    for (const { cells } of rows) {
      const user = cleanValue(cells[users.index] ?? '').toLowerCase();
      const id = cleanValue(cells[column.index] ?? '').toLowerCase();
      if (user === '' || id === '') continue;
      both += 1;
      const known = idsOf.get(user);
      if (known) {
        known.rows += 1;
        known.differ ||= known.first !== id;
      } else idsOf.set(user, { first: id, rows: 1, differ: false });
    }
    let differing = 0;
    for (const known of idsOf.values()) if (known.differ) differing += known.rows;
    return differing > both * AGAIN;
  });
}

/** Whom a cell names, for comparing. */
const usersIn = (cell: string | undefined): string =>
  scan(plainValue(cell ?? ''))
    .mentions.filter(({ meant }) => meant)
    .map(({ key }) => key)
    .sort()
    .join(' ');

/** Whether two columns say the same address in nearly every row. */
function isSame(a: number, b: number, { rows }: ListTable): boolean {
  let both = 0;
  let same = 0;
  for (const { cells } of rows) {
    const one = usersIn(cells[a]);
    const other = usersIn(cells[b]);
    if (one === '' || other === '') continue;
    both += 1;
    if (one === other) same += 1;
  }
  return both > 0 && same >= both * SAME;
}
