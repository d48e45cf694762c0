import { asTable } from './as-table.ts';
import { entriesOf } from './json-entries.ts';
import { isArray, isObject, isTooDeep, parseJson, type Json } from './json-text.ts';
import { scan } from './scan.ts';
import { jsonWithin } from './surroundings.ts';
import {
  keptCell,
  MAX_COLUMNS,
  MAX_LIST_ROWS,
  tooManyColumns,
  tooManyRows,
  type ListTable,
} from './table.ts';
import { parseXml } from './xml.ts';

/** How deep an object is read into columns: `manager.email` is two. */
const MAX_DEPTH = 4;

const plain = (value: Json): string => {
  if (value === null) return '';
  return typeof value === 'string'
    ? value
    : isArray(value)
      ? value.map(plain).join('; ')
      : isObject(value)
        ? JSON.stringify(value)
        : String(value);
};

/**
 * Reads JSON: an array of ids or addresses, of objects, whose fields become columns, or of rows; with what stands around
 * it. Null when the text is none. @throws AppFailure `file-too-large`.
 */
export function readJson(text: string): ListTable | null {
  const value = parseJson(text);
  if (value !== undefined) return readValues(value, 'json');
  const within = jsonWithin(text);
  const inner = within ? parseJson(within.json) : undefined;
  const table = inner === undefined ? null : readValues(inner, 'json');
  if (!within || !table || !table.rows.some(({ cells }) => cells.some(namesUser))) return null;
  return { ...table, leftOut: [...within.around, ...table.leftOut].sort((a, b) => a.line - b.line) };
}

/** Reads XML as the same in JSON; null when the text is none. @throws AppFailure `file-too-large`. */
export function readXml(text: string): ListTable | null {
  const xml = parseXml(text);
  const table = xml && readValues(xml.value, 'records');
  if (!table || !table.rows.some(({ cells }) => cells.some(namesUser))) return null;
  const comments = xml.comments.map((comment) => ({ line: 1, kind: 'preamble', text: comment }) as const);
  return { ...table, leftOut: [...comments, ...table.leftOut] };
}

function readValues(value: Json, format: 'json' | 'records'): ListTable | null {
  if (isTooDeep(value)) return null;
  const { entries, rest } = entriesOf(value);
  if (entries.length > MAX_LIST_ROWS) throw tooManyRows();
  const leftOut = rest === '' ? [] : [{ line: 1, kind: 'preamble', text: rest } as const];
  const base = { format, delimiter: null, leftOut } as const;
  if (entries.length > 0 && entries.every(isArray)) {
    const rows = entries.map((entry, n) => ({ line: n + 1, cells: entry.map(plain).map(keptCell) }));
    if (rows.some(({ cells }) => cells.length > MAX_COLUMNS)) throw tooManyColumns();
    return asTable(rows, null, format);
  }
  if (entries.some(isObject)) return { ...base, ...readObjects(entries) };
  const rows = entries.flatMap((entry, n) => {
    const cell = plain(entry);
    return cell.trim() === '' ? [] : [{ line: n + 1, cells: [keptCell(cell)] }];
  });
  return { ...base, heading: null, rows };
}

/** A key that is a user stays with its value: as a heading it would be lost. */
const namesUser = (key: string): boolean => scan(key).mentions.length > 0;

function readObjects(entries: readonly Json[]): Pick<ListTable, 'heading' | 'rows'> {
  const heading: string[] = [];
  const indexOf = new Map<string, number>();
  const rows = entries.map((entry, n) => {
    const cells: string[] = [];
    const put = (name: string, cell: string): void => {
      const index = indexOf.get(name) ?? heading.length;
      if (index >= MAX_COLUMNS) throw tooManyColumns();
      if (index === heading.length) {
        heading.push(name);
        indexOf.set(name, index);
      }
      cells[index] = keptCell(cell);
    };
    const walk = (name: string, part: Json, depth: number): void => {
      if (isObject(part) && depth < MAX_DEPTH && !Object.keys(part).some(namesUser))
        for (const [key, child] of Object.entries(part))
          walk(name === '' ? key : `${name}.${key}`, child, depth + 1);
      else put(name === '' ? 'value' : name, plain(part));
    };
    walk('', entry, 0);
    return { line: n + 1, cells };
  });
  for (const { cells } of rows) for (let n = 0; n < heading.length; n += 1) cells[n] ??= '';
  return { heading, rows };
}
