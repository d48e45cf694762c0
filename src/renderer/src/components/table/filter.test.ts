import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packField, packWords, type FieldBlock, type RowBlock } from '../../../../shared/row-blocks.ts';
import { filterOrder, queryWords, rowsWith, searchForm } from './filter.ts';
import { identityOrder } from './sort.ts';
import type { TableColumn } from './types.ts';

const rows = [
  ['Jörg Müller', 'joerg@example.com'],
  ['Ana López', 'ana@example.com'],
  ['李 伟', 'li@example.com'],
];
type Cells = readonly (string | null)[];
const columnsOf = (count: number): readonly TableColumn<Cells>[] =>
  Array.from({ length: count }, (_, n) => ({
    key: `${n}`,
    title: '',
    width: 100,
    field: `${n}`,
    value: (row) => row[n] ?? null,
  }));
const matching = (all: readonly Cells[], query: string, blocks: readonly RowBlock[] = []): Uint8Array =>
  rowsWith({ rows: all, blocks, columns: columnsOf(all[0]?.length ?? 0) }, queryWords(query));
const find = (query: string, accepts: (row: number) => boolean = () => true): number[] => [
  ...filterOrder(identityOrder(rows.length), matching(rows, query), accepts),
];
/** In blocks of two rows. */
const packed = (all: readonly Cells[], pack: (values: Cells) => FieldBlock): readonly RowBlock[] =>
  Array.from({ length: Math.ceil(all.length / 2) }, (_, n) => {
    const own = all.slice(n * 2, n * 2 + 2);
    const fields = Object.fromEntries(
      (all[0] ?? []).map((_cell, column) => [`${column}`, pack(own.map((row) => row[column] ?? null))]),
    );
    return { from: n * 2, count: own.length, fields };
  });

describe('filtering rows', () => {
  it('finds every row when nothing is asked for', () => {
    expect(find('  ')).toEqual([0, 1, 2]);
  });

  it('minds neither case nor accents', () => {
    expect(find('MULLER')).toEqual([0]);
    expect(find('lópez')).toEqual([1]);
    expect(find('lopez')).toEqual([1]);
  });

  it('wants every word, in any order and any cell', () => {
    expect(find('example ana')).toEqual([1]);
    expect(find('ana muller')).toEqual([]);
  });

  it('finds names in other scripts', () => {
    expect(find('伟')).toEqual([2]);
  });

  it('does not find across the border of two cells', () => {
    expect(find('mullerjoerg')).toEqual([]);
  });

  it('takes only the rows that are let through', () => {
    expect(find('example', (row) => row !== 1)).toEqual([0, 2]);
  });

  it('keeps the order and finds a row by any part of its text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { minLength: 1 }),
        fc.nat(),
        fc.nat(),
        fc.nat(),
        (texts, at, a, b) => {
          const row = at % texts.length;
          const part = (texts[row] ?? '').slice(Math.min(a, b) % 8, Math.max(a, b) % 16);
          const order = identityOrder(texts.length).reverse();
          const cells = texts.map((one) => [one]);
          const found = filterOrder(order, matching(cells, part), () => true);
          const expected = [...order].filter((i) =>
            queryWords(part).every((w) => searchForm(texts[i] ?? '').includes(w)),
          );
          expect([...found]).toEqual(expected);
        },
      ),
    );
  });

  it('finds in packed rows what it finds in the rows', () => {
    const id = fc.uuid();
    const cell = fc.option(
      fc.oneof(fc.string({ unit: fc.constantFrom('a', 'B', 'é', '5', '-', ' ', 'ß'), maxLength: 6 }), id),
      { nil: null },
    );
    const row = fc.tuple(cell, cell, fc.option(id, { nil: null }));
    const query = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'b', 'e', 'É', '5', '-', ' '), maxLength: 3 }),
      id.map((one) => one.slice(3, 12)),
    );
    for (const pack of [packField, packWords])
      fc.assert(
        fc.property(fc.array(row, { maxLength: 9 }), query, (all, text) => {
          expect([...matching(all, text, packed(all, pack))]).toEqual([...matching(all, text)]);
        }),
      );
  });

  it('has one search form for a text and its search form', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        (text) => searchForm(searchForm(text)) === searchForm(text),
      ),
    );
  });
});
