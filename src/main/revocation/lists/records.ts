import { meaningOf } from './headings.ts';
import { keptCell, MAX_COLUMNS, tooManyColumns, type Line, type ListTable } from './table.ts';

/** `Name : Ann`, `mail: a@x.org`, `mail:: YUB4Lm9yZw==` (base64, as LDIF has it, RFC 2849). */
const FIELD = /^(\s{0,12}(?:- )?)["']?([\p{L}][\p{L}\p{N} _.;-]{0,60}?)["']?\s*(::?)(?:\s+(.*)|$)/u;
/** `EMAIL;TYPE=work:a@x.org` of a vCard, `ATTENDEE;CN="Doe: Ann":mailto:a@x.org` of a calendar. */
const CARD_FIELD = /^(?:[\w-]{1,40}\.)?([A-Za-z][A-Za-z0-9-]*)((?:;(?:"[^"]*"|[^:"])*)?):(.*)$/;
const CARD = /^BEGIN:(?:VCARD|VCALENDAR)$/i;

/** Blocks that begin with a line of their own, and what parts name and value in them. */
interface Blocks {
  readonly begins: RegExp;
  readonly field: RegExp;
}
const BLOCKS: readonly Blocks[] = [
  // psql with \x, mysql with \G, and the sections of INI and TOML.
  { begins: /^-\[ RECORD \d+ \][-+]*$/, field: /^([\p{L}_][^|]{0,60}?)\s*\|(.*)$/u },
  { begins: /^\*{3,} \d+\. row \*{3,}$/, field: /^\s{0,60}([\p{L}_][^:]{0,60}?):(.*)$/u },
  {
    begins: /^\[{1,2}[\p{L}][\p{L}\p{N} ._:-]{0,60}\]{1,2}$/u,
    field: /^\s{0,12}([\p{L}_][^=]{0,60}?)\s*=(.*)$/u,
  },
];

/** How the fields of a list are written. */
type Writing = 'plain' | 'card' | Blocks;

const writingOf = (lines: readonly Line[]): Writing => {
  const first = lines[0]?.text.trim() ?? '';
  return CARD.test(first) ? 'card' : (BLOCKS.find(({ begins }) => begins.test(first)) ?? 'plain');
};

/** Whether a line begins or ends a block, and says nothing else. */
const isBoundary = (text: string, writing: Writing): boolean =>
  writing === 'card'
    ? /^(?:BEGIN|END|VERSION):/i.test(text)
    : writing !== 'plain' && writing.begins.test(text.trim());

const SAMPLE = 400;

interface Field {
  readonly name: string;
  readonly value: string;
  /** `- name: Ann`: a new entry of YAML. */
  readonly begins: boolean;
  /** Characters before the name. */
  readonly indent: number;
}

/** A field of a line; null when it has none. */
function fieldOf(text: string, writing: Writing): Field | null {
  if (writing === 'card') {
    const [, name, parameters = '', value = ''] = CARD_FIELD.exec(text) ?? [];
    // An address at home is another column than the one at work.
    const home = /[;,=]"?home(?![a-z])/i.test(parameters) ? ' home' : '';
    return name === undefined ? null : { name: name + home, value, begins: false, indent: 0 };
  }
  if (writing !== 'plain') {
    const [, name, value = ''] = writing.field.exec(text) ?? [];
    return name === undefined || name.includes('@')
      ? null
      : { name: name.trim(), value: value.trim(), begins: false, indent: 0 };
  }
  const [, lead = '', name, colons, value = ''] = FIELD.exec(text) ?? [];
  const begins = lead.endsWith('- ');
  const indent = lead.length;
  if (name === undefined || name.includes('@')) return null;
  if (colons !== '::') return { name: name.trim(), value: value.trim().replace(/,$/, ''), begins, indent };
  return { name: name.trim(), value: Buffer.from(value.trim(), 'base64').toString('utf8'), begins, indent };
}

/** Whether the lines are blocks of fields, the same again and again, or one block that names a user. */
function areRecords(lines: readonly Line[], writing: Writing): boolean {
  const sample = lines.slice(0, SAMPLE);
  const names: string[] = [];
  let others = 0;
  sample.forEach(({ text }, n) => {
    if (isBoundary(text, writing)) return;
    const field = fieldOf(text, writing);
    if (field) names.push(field.name.toLowerCase());
    else if (!(n > 0 && /^\s/.test(text)) && !/^(?:#|-+$|version)/.test(text.trim())) others += 1;
  });
  if (names.length === 0 || others > sample.length * 0.2) return false;
  const different = new Set(names);
  // `user1`, `user2`: each is somebody.
  if (different.size > 1 && new Set(names.map((name) => name.replace(/\d+/g, '#'))).size === 1) return false;
  const speaks = [...different].some((name) => meaningOf(name) === 'user');
  if (writing !== 'plain') return speaks;
  // LDIF: what an entry is called.
  if (speaks && names.filter((name) => name === 'dn').length > 1) return true;
  if (names.length > different.size) return different.size <= names.length * 0.7 && speaks;
  return different.size >= 2 && speaks && others === 0;
}

/**
 * Reads blocks of `name: value` (PowerShell's Format-List, LDIF, vCards): one row a block, one column a name. A name that
 * comes again, or an empty line, begins a new block. Null when the lines are none.
 */
export function readRecords(lines: readonly Line[]): ListTable | null {
  const writing = writingOf(lines);
  if (!areRecords(lines, writing)) return null;
  const heading: string[] = [];
  const indexOf = new Map<string, number>();
  const rows: { line: number; cells: string[] }[] = [];
  const leftOut: ListTable['leftOut'][number][] = [];
  let current: { line: number; cells: string[] } | null = null;
  let before = 0;
  let last: number | null = null;
  let previous: string | null = null;
  const nested = new Nested();
  for (const [n, { number, text }] of lines.entries()) {
    const own = fieldOf(text, writing);
    const field = own && nested.place(own);
    const gap = number - before > 1;
    before = number;
    if (isBoundary(text, writing)) {
      current = null;
      leftOut.push({ line: number, kind: 'rule', text });
      continue;
    }
    if (!field) {
      // What is indented goes on with the value before; it was broken at the width of the window.
      if (current && last !== null && /^\s/.test(text))
        current.cells[last] = keptCell((current.cells[last] ?? '') + text.trim());
      else if (current && !/^[#\s-]/.test(text)) {
        current = { line: number, cells: [] };
        rows.push(current);
        last = column(heading, indexOf, 'Text');
        current.cells[last] = keptCell(text.trim());
      } else leftOut.push({ line: number, kind: 'preamble', text: text.trim() });
      continue;
    }
    const name = field.name.toLowerCase();
    if (name === 'version' && rows.length === 0 && /^\d+$/.test(field.value)) {
      leftOut.push({ line: number, kind: 'preamble', text });
      continue;
    }
    if (own.value === '' && rows.length === 0 && /^\s*- /.test(lines[n + 1]?.text ?? '')) {
      leftOut.push({ line: number, kind: 'preamble', text });
      continue;
    }
    const index = column(heading, indexOf, field.name);
    const again = current?.cells[index] !== undefined;
    // LDIF repeats a name for each of its values.
    const more: boolean =
      again && name === previous && !gap && heading.length > 1 && name !== heading[0]?.toLowerCase();
    if (!current || gap || field.begins || (again && !more)) {
      current = { line: number, cells: [] };
      rows.push(current);
    }
    current.cells[index] = keptCell(more ? `${current.cells[index] ?? ''}; ${field.value}` : field.value);
    last = index;
    previous = name;
  }
  // `users:` above dashes alone: a list of YAML, whose lines are its entries.
  if (rows.length === 0) return null;
  for (const row of rows) for (let n = 0; n < heading.length; n += 1) row.cells[n] ??= '';
  return { format: 'records', delimiter: null, heading, rows, leftOut };
}

/** Fields below one without a value, and further in, belong to it: `manager:` over `email: a@x.org` is `manager.email`. */
class Nested {
  readonly #above: Field[] = [];

  place(field: Field): Field {
    const above = this.#above;
    while ((above.at(-1)?.indent ?? -1) >= field.indent) above.pop();
    const name = [...above.map((one) => one.name), field.name].join('.');
    // The key of a whole list stands before no dash.
    if (field.value === '' && field.indent > 0) above.push(field);
    return { ...field, name };
  }
}

/** The column of a name. @throws AppFailure `file-too-large`. */
function column(heading: string[], indexOf: Map<string, number>, name: string): number {
  const key = name.toLowerCase();
  const known = indexOf.get(key);
  if (known !== undefined) return known;
  if (heading.length >= MAX_COLUMNS) throw tooManyColumns();
  heading.push(name);
  indexOf.set(key, heading.length - 1);
  return heading.length - 1;
}
