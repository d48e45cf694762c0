import type { SharedText } from './string-interner.ts';

/** What a field of a row can hold. Objects among them are few, and shared by the rows that have the same. */
export type FieldValue = string | number | object | null;

/**
 * One field of many rows in as few pieces as can be: it crosses a process border quickly, and 100,000 rows of it take
 * little room.
 */
export type FieldBlock =
  /** Few different values: each once, and for each row which one. */
  | {
      readonly kind: 'words';
      readonly words: readonly FieldValue[];
      readonly codes: Uint8Array | Uint16Array;
    }
  /** A text of each row's own, one behind the other, and where each ends; `NO_TEXT` is added where there is none. */
  | { readonly kind: 'texts'; readonly text: string; readonly ends: Uint32Array }
  /** Ids as Genesys Cloud gives them, 16 bytes each; all zeros where there is none. */
  | { readonly kind: 'ids'; readonly bytes: Uint8Array }
  /** Moments as ISO 8601 with milliseconds, ms since the epoch each; not a number where there is none. */
  | { readonly kind: 'times'; readonly times: Float64Array };

/** Up to `count` rows from position `from`; at most 10,000 a call, so that no message is unbounded. */
export interface Page {
  readonly from: number;
  readonly count: number;
}

/** Rows `from` to `from + count` of a plan or a report, field by field. */
export interface RowBlock {
  readonly from: number;
  readonly count: number;
  readonly fields: Readonly<Record<string, FieldBlock>>;
}

/** Most rows of a block: no message is unbounded, and the number of a word fits two bytes. */
export const MOST_ROWS = 10_000;

const NO_TEXT = 0x8000_0000;
const END = 0x7fff_ffff;
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NO_ID = '00000000-0000-0000-0000-000000000000';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const HYPHEN_BEFORE = new Set([4, 6, 8, 10]);

function idAt(bytes: Uint8Array, row: number): string | null {
  let id = '';
  let anything = 0;
  for (let n = 0; n < 16; n += 1) {
    const byte = bytes[row * 16 + n] ?? 0;
    anything |= byte;
    if (HYPHEN_BEFORE.has(n)) id += '-';
    id += HEX[byte] ?? '';
  }
  return anything === 0 ? null : id;
}

function packIds(values: readonly (string | null)[]): FieldBlock {
  const bytes = new Uint8Array(values.length * 16);
  values.forEach((value, row) => {
    if (value === null) return;
    const digits = value.replaceAll('-', '');
    for (let n = 0; n < 16; n += 1) bytes[row * 16 + n] = Number.parseInt(digits.slice(n * 2, n * 2 + 2), 16);
  });
  return { kind: 'ids', bytes };
}

function packTexts(values: readonly (string | null)[]): FieldBlock {
  const ends = new Uint32Array(values.length);
  let end = 0;
  values.forEach((value, row) => {
    end += value?.length ?? 0;
    ends[row] = value === null ? end + NO_TEXT : end;
  });
  return { kind: 'texts', text: values.map((value) => value ?? '').join(''), ends };
}

/** Packs what is one of few words, however few the rows are. */
export function packWords(values: readonly FieldValue[]): Extract<FieldBlock, { kind: 'words' }> {
  const places = new Map<FieldValue, number>();
  const words: FieldValue[] = [];
  const codes = new Uint16Array(values.length);
  values.forEach((value, row) => {
    const key = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
    let place = places.get(key);
    if (place === undefined) {
      place = words.push(value) - 1;
      places.set(key, place);
    }
    codes[row] = place;
  });
  return { kind: 'words', words, codes: words.length <= 256 ? Uint8Array.from(codes) : codes };
}

const isText = (value: FieldValue): value is string | null => value === null || typeof value === 'string';

/** Packs a text, a number or nothing of at most `MOST_ROWS` rows each, in the way that is smallest for what it holds. */
export function packField(values: readonly FieldValue[]): FieldBlock {
  const words = packWords(values);
  if (!values.every(isText) || words.words.length * 2 <= values.length) return words;
  const all = (form: RegExp): boolean => values.every((value) => value === null || form.test(value));
  if (all(ID) && !values.includes(NO_ID)) return packIds(values);
  if (all(TIME) && values.every((value) => value === null || new Date(value).toISOString() === value))
    return {
      kind: 'times',
      times: Float64Array.from(values, (value) => (value === null ? NaN : Date.parse(value))),
    };
  return packTexts(values);
}

/** @returns the block with words that other blocks have too kept once. @param shared of all blocks of a table. */
export function withSharedWords(block: RowBlock, shared: SharedText): RowBlock {
  const share = (value: FieldValue): FieldValue => (typeof value === 'string' ? shared(value) : value);
  const fields = Object.entries(block.fields).map(([name, field]) => [
    name,
    field.kind === 'words' ? { ...field, words: field.words.map(share) } : field,
  ]);
  return { ...block, fields: Object.fromEntries(fields) as RowBlock['fields'] };
}

/** Where the text of a row begins and ends in its block; null where there is none. */
export function textSpan(ends: Uint32Array, row: number): readonly [from: number, to: number] | null {
  const end = ends[row] ?? NO_TEXT;
  return end >= NO_TEXT ? null : [row === 0 ? 0 : (ends[row - 1] ?? 0) & END, end];
}

/** @returns what the field holds for the row at that place of the block; null where it holds nothing. */
export function fieldValue(field: FieldBlock | undefined, row: number): FieldValue {
  switch (field?.kind) {
    case undefined:
      return null;
    case 'words':
      return field.words[field.codes[row] ?? 0] ?? null;
    case 'ids':
      return idAt(field.bytes, row);
    case 'texts': {
      const span = textSpan(field.ends, row);
      return span && field.text.slice(...span);
    }
    case 'times': {
      const time = field.times[row] ?? NaN;
      return Number.isNaN(time) ? null : new Date(time).toISOString();
    }
  }
}
