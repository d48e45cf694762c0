import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHaystack, filterOrder, queryWords, searchForm } from './filter.ts';
import { identityOrder } from './sort.ts';

const rows = [
  ['Jörg Müller', 'joerg@example.com'],
  ['Ana López', 'ana@example.com'],
  ['李 伟', 'li@example.com'],
];
const haystack = createHaystack(rows.length, (row) => rows[row] ?? []).texts();
const find = (query: string, accepts: (row: number) => boolean = () => true): number[] => [
  ...filterOrder(identityOrder(rows.length), haystack, queryWords(query), accepts),
];

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
          const own = createHaystack(texts.length, (i) => [texts[i] ?? '']).texts();
          const found = filterOrder(order, own, queryWords(part), () => true);
          const expected = [...order].filter((i) => queryWords(part).every((w) => own[i]?.includes(w)));
          expect([...found]).toEqual(expected);
        },
      ),
    );
  });

  it('computes each row once, in slices or at once', () => {
    const asked: number[] = [];
    const slow = createHaystack(5, (row) => {
      asked.push(row);
      return [`Row ${row}`];
    });
    expect(slow.advance(2)).toBe(true);
    expect(asked).toEqual([0, 1]);
    expect(slow.texts()).toEqual(['row 0', 'row 1', 'row 2', 'row 3', 'row 4']);
    expect(slow.advance(2)).toBe(false);
    expect(slow.texts()).toHaveLength(5);
    expect(asked).toEqual([0, 1, 2, 3, 4]);
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
