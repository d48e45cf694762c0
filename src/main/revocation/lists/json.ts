import { keptCell, MAX_COLUMNS, MAX_LIST_ROWS, tooManyRows, type ListTable } from './table.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** How deep an object is read into columns: `manager.email` is two. */
const MAX_DEPTH = 4;
const MAX_TEXT_DEPTH = 100;

const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !isArray(value);

/** The text as JSON, or as an object a line; undefined when it is neither. */
function parse(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    if (lines.length < 2 || !lines.every((line) => /^\s*\{.*\},?\s*$/.test(line))) return undefined;
    try {
      return lines.map((line) => JSON.parse(line.trim().replace(/,$/, '')) as Json);
    } catch {
      return undefined;
    }
  }
}

/** The longest array of entries: the `entities` of an answer, the `value` of Microsoft's. */
function entriesOf(value: Json): readonly Json[] {
  if (isArray(value)) return value;
  if (!isObject(value)) return [value];
  let longest: readonly Json[] | null = null;
  for (const child of Object.values(value)) {
    if (
      isArray(child) &&
      child.some((one) => isObject(one) || typeof one === 'string') &&
      child.length > (longest?.length ?? 0)
    )
      longest = child;
  }
  return longest ?? [value];
}

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

/** Reads JSON: an array of ids or addresses, or of objects, whose fields become columns. Null when the text is none. */
export function readJson(text: string): ListTable | null {
  const value = parse(text);
  if (value === undefined || depthOf(value) > MAX_TEXT_DEPTH) return null;
  const entries = entriesOf(value);
  if (entries.length > MAX_LIST_ROWS) throw tooManyRows();
  const base = { format: 'json', delimiter: null, leftOut: [] } as const;
  if (!entries.some(isObject)) {
    const rows = entries.flatMap((entry, n) => {
      const cell = plain(entry);
      return cell.trim() === '' ? [] : [{ line: n + 1, cells: [keptCell(cell)] }];
    });
    return { ...base, heading: null, rows };
  }
  const heading: string[] = [];
  const indexOf = new Map<string, number>();
  const rows = entries.map((entry, n) => {
    const cells: string[] = [];
    const put = (name: string, cell: string): void => {
      const index = indexOf.get(name) ?? heading.length;
      if (index >= MAX_COLUMNS) return;
      if (index === heading.length) {
        heading.push(name);
        indexOf.set(name, index);
      }
      cells[index] = keptCell(cell);
    };
    const walk = (name: string, part: Json, depth: number): void => {
      if (isObject(part) && depth < MAX_DEPTH)
        for (const [key, child] of Object.entries(part))
          walk(name === '' ? key : `${name}.${key}`, child, depth + 1);
      else put(name === '' ? 'value' : name, plain(part));
    };
    walk('', entry, 0);
    return { line: n + 1, cells };
  });
  for (const { cells } of rows) for (let n = 0; n < heading.length; n += 1) cells[n] ??= '';
  return { ...base, heading, rows };
}

/** How deep arrays and objects stand in each other, without recursion: a text can nest a million. */
function depthOf(value: Json): number {
  let level: readonly Json[] = [value];
  for (let depth = 0; ; depth += 1) {
    const next: Json[] = [];
    for (const one of level)
      if (isArray(one)) for (const child of one) next.push(child);
      else if (isObject(one)) for (const child of Object.values(one)) next.push(child);
    if (next.length === 0 || depth > MAX_TEXT_DEPTH) return depth;
    level = next.filter((one) => typeof one === 'object' && one !== null);
  }
}
