import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish, identityOrder, nextSort, orderByRank, ranking, type Ranks } from './sort.ts';
import type { CellValue } from './types.ts';

const rankValues = (values: readonly CellValue[]): Ranks =>
  finish(ranking(values.length, (row) => values[row] ?? null));

const sorted = (values: readonly CellValue[], direction: 'ascending' | 'descending'): CellValue[] =>
  [...orderByRank(rankValues(values), direction)].map((row) => values[row] ?? null);

const cell = fc.oneof(fc.string(), fc.integer(), fc.constant(null));

describe('sorting a column', () => {
  it('puts numbers in order of size and strings in order of language', () => {
    expect(sorted([10, 9, -1], 'ascending')).toEqual([-1, 9, 10]);
    expect(sorted(['Zoe', 'Ängström', 'anna', 'Bo'], 'ascending')).toEqual(['Ängström', 'anna', 'Bo', 'Zoe']);
  });

  it('puts rows without a value last in both directions', () => {
    expect(sorted([null, 'b', 'a'], 'ascending')).toEqual(['a', 'b', null]);
    expect(sorted([null, 'b', 'a'], 'descending')).toEqual(['b', 'a', null]);
  });

  it('keeps rows of equal value in the order in which they came', () => {
    const ranks = rankValues(['b', 'a', 'b', 'a']);
    expect([...orderByRank(ranks, 'ascending')]).toEqual([1, 3, 0, 2]);
    expect([...orderByRank(ranks, 'descending')]).toEqual([0, 2, 1, 3]);
  });

  it('holds every row exactly once, whatever the values', () => {
    fc.assert(
      fc.property(
        fc.array(cell),
        fc.constantFrom('ascending' as const, 'descending' as const),
        (values, way) => {
          const order = orderByRank(rankValues(values), way);
          expect([...order].sort((a, b) => a - b)).toEqual([...identityOrder(values.length)]);
        },
      ),
    );
  });

  it('puts many different texts in the order of the language, and pauses while it does', () => {
    const texts = Array.from({ length: 3_000 }, (_, n) => `${(n * 7919) % 3_000} É${n % 7}`);
    const work = ranking(texts.length, (row) => texts[row] ?? null);
    let pauses = 0;
    let step = work.next();
    for (; step.done !== true; step = work.next()) pauses += 1;
    expect(pauses).toBeGreaterThan(5);
    const order = [...orderByRank(step.value, 'ascending')].map((row) => texts[row]);
    expect(order).toEqual([...texts].sort(new Intl.Collator().compare));
  });

  it('never lets a smaller number follow a larger one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (values) => {
        expect(sorted(values, 'ascending')).toEqual([...values].sort((a, b) => a - b));
        expect(sorted(values, 'descending')).toEqual([...values].sort((a, b) => b - a));
      }),
    );
  });
});

describe('pressing a heading', () => {
  it('goes from ascending to descending to the order in which the rows came', () => {
    const first = nextSort(null, 'name');
    expect(first).toEqual({ key: 'name', direction: 'ascending' });
    const second = nextSort(first, 'name');
    expect(second).toEqual({ key: 'name', direction: 'descending' });
    expect(nextSort(second, 'name')).toBeNull();
  });

  it('begins anew on another column', () => {
    expect(nextSort({ key: 'name', direction: 'descending' }, 'email')).toEqual({
      key: 'email',
      direction: 'ascending',
    });
  });
});
