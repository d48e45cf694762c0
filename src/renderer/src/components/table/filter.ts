import {
  fieldValue,
  textSpan,
  type FieldBlock,
  type FieldValue,
  type RowBlock,
} from '../../../../shared/row-blocks.ts';
import { cellText, type TableColumn } from './types.ts';

const BEYOND_ASCII = /[\u0080-\uffff]/;
const MARKS = /\p{M}+/gu;

/** Lower case and without accents, so that "muller" finds "Müller". */
export function searchForm(text: string): string {
  const lower = text.toLowerCase();
  return BEYOND_ASCII.test(lower) ? lower.normalize('NFD').replace(MARKS, '') : lower;
}

/** @returns the words of a query; a row matches when each of them stands somewhere in one of its cells. */
export const queryWords = (query: string): readonly string[] =>
  searchForm(query)
    .split(/\s+/)
    .filter((word) => word !== '');

interface Searched<Row> {
  readonly rows: readonly Row[];
  /** The same rows packed, where they came so: then the fields are searched, and no text is made for any row. */
  readonly blocks: readonly RowBlock[];
  readonly columns: readonly TableColumn<Row>[];
}

/** @returns for each row 1 where it holds every word, else 0. */
export function rowsWith<Row>(
  { rows, blocks, columns }: Searched<Row>,
  words: readonly string[],
): Uint8Array {
  const searched = columns.filter((column) => column.searched !== false);
  const matches = new Uint8Array(rows.length);
  if (blocks.length === 0) {
    rows.forEach((row, n) => {
      const texts = searched.map((column) => searchForm(cellText(column, row)));
      matches[n] = Number(words.every((word) => texts.some((text) => text.includes(word))));
    });
    return matches;
  }
  for (const block of blocks) {
    const own = rows.slice(block.from, block.from + block.count);
    const all = matches.subarray(block.from, block.from + block.count).fill(1);
    for (const word of words) {
      const found = new Uint8Array(block.count);
      for (const column of searched) mark(block, column, own, word, found);
      for (let row = 0; row < all.length; row += 1) all[row] = (all[row] ?? 0) & (found[row] ?? 0);
    }
  }
  return matches;
}

/** Marks the rows of the block whose cell in this column holds the word. */
function mark<Row>(
  block: RowBlock,
  column: TableColumn<Row>,
  rows: readonly Row[],
  word: string,
  found: Uint8Array,
): void {
  const field = column.field === undefined ? undefined : block.fields[column.field];
  if (field?.kind === 'words') {
    const texts = wordTexts(field, column, rows);
    const has = texts.map((text) => Number(text.includes(word)));
    field.codes.forEach((code, row) => {
      if (has[code] === 1) found[row] = 1;
    });
  } else if (field?.kind === 'texts') markTexts(searchedTexts(field), word, found);
  else if (field) {
    if (field.kind === 'times' || OF_AN_ID.test(word)) markTexts(textsOf(field, found.length), word, found);
  } else if (column.field === undefined)
    rows.forEach((row, n) => {
      if (searchForm(cellText(column, row)).includes(word)) found[n] = 1;
    });
}

const OF_AN_ID = /^[0-9a-f-]+$/;

type Words = Extract<FieldBlock, { kind: 'words' }>;
type Texts = Extract<FieldBlock, { kind: 'texts' }>;

/** What is searched instead of a field, made once. It goes with the block. */
const wordForms = new WeakMap<Words, Map<string, readonly string[]>>();
const textForms = new WeakMap<Texts, Texts>();

/** What the cells say that hold one of these words, for each word. */
function wordTexts<Row>(field: Words, column: TableColumn<Row>, rows: readonly Row[]): readonly string[] {
  const known = wordForms.get(field) ?? new Map<string, readonly string[]>();
  wordForms.set(field, known);
  let texts = known.get(column.key);
  if (!texts) {
    const made: string[] = field.words.map(() => '');
    const seen = new Uint8Array(made.length);
    field.codes.forEach((code, n) => {
      const row = rows[n];
      if (seen[code] === 1 || row === undefined) return;
      seen[code] = 1;
      made[code] = searchForm(cellText(column, row));
    });
    texts = made;
    known.set(column.key, texts);
  }
  return texts;
}

/** The texts in their search form, which may be longer or shorter. */
function searchedTexts(field: Texts): Texts {
  let form = textForms.get(field);
  if (!form) {
    const text = field.text.toLowerCase();
    const isPlain = !BEYOND_ASCII.test(text);
    form = isPlain ? { ...field, text } : textsOf(field, field.ends.length);
    textForms.set(field, form);
  }
  return form;
}

function textsOf(field: FieldBlock, count: number): Texts {
  const texts = Array.from({ length: count }, (_, row) => searchForm(textOf(fieldValue(field, row))));
  let end = 0;
  return {
    kind: 'texts',
    text: texts.join(''),
    ends: Uint32Array.from(texts, ({ length }) => (end += length)),
  };
}

const textOf = (value: FieldValue): string => (typeof value === 'string' ? value : '');

/** Looks through all texts at once, and skips to the next row where one holds the word. */
function markTexts({ text, ends }: Texts, word: string, found: Uint8Array): void {
  let row = 0;
  let at = text.indexOf(word);
  while (at >= 0) {
    // Ends only grow.
    let end = textSpan(ends, row)?.[1] ?? 0;
    while (end <= at && row < ends.length) {
      row += 1;
      end = textSpan(ends, row)?.[1] ?? 0;
    }
    // Not across the border of two cells.
    if (at + word.length <= end) {
      found[row] = 1;
      at = text.indexOf(word, end);
    } else at = text.indexOf(word, at + 1);
  }
}

/** @returns the rows of `order`, in that order, that `accepts` lets through and that match. */
export function filterOrder(
  order: Uint32Array,
  matches: Uint8Array | null,
  accepts: (row: number) => boolean,
): Uint32Array {
  const kept = new Uint32Array(order.length);
  let count = 0;
  for (const row of order) {
    if ((!matches || matches[row] === 1) && accepts(row)) {
      kept[count] = row;
      count += 1;
    }
  }
  return kept.slice(0, count);
}
