import { describe, expect, it } from 'vitest';
import { failed, ok } from '../../../shared/result.ts';
import { packField, type RowBlock } from '../../../shared/row-blocks.ts';
import { fieldValue } from '../../../shared/row-blocks.ts';
import { loadChanged, loadRows, type LoadedRows, type RowSource } from './load-rows.ts';

const numbers = (from: number, count: number, total: number): number[] =>
  Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, n) => from + n);

const error = { code: 'no-such-item', message: 'gone' } as const;

/** So many numbers, each itself or `changed`. @param failsFrom packed rows that cannot be had. */
function setUp(
  total: number,
  { failsFrom = Infinity, change = (n: number) => n, staleAfter = Infinity } = {},
) {
  const asked: (readonly [how: string, from: number, count: number])[] = [];
  const source: RowSource<number> = {
    rows: (from, count) => {
      asked.push(['rows', from, count]);
      return Promise.resolve(ok(numbers(from, count, total)));
    },
    block: (from, count) => {
      asked.push(['block', from, count]);
      const values = numbers(from, count, total).map(change);
      const block = { from, count: values.length, fields: { n: packField(values) } };
      return Promise.resolve(from >= failsFrom ? failed(error) : ok(block));
    },
    unpack: ({ count, fields }: RowBlock) =>
      Array.from({ length: count }, (_, n) => Number(fieldValue(fields['n'], n))),
  };
  const first: LoadedRows<number>[] = [];
  const progress: number[] = [];
  const load = () =>
    loadRows(source, {
      onFirst: (rows) => first.push(rows),
      onProgress: (count) => progress.push(count),
      isStale: () => asked.length > staleAfter,
    });
  return { source, asked, first, progress, load };
}

describe('loading rows', () => {
  it.each([0, 1, 499, 500, 10_000, 20_001])('brings all of %d rows once, in order', async (total) => {
    expect(await setUp(total).load()).toMatchObject({ kind: 'loaded', rows: numbers(0, total, total) });
  });

  it('takes one call for a short table, which is not packed', async () => {
    const { load, asked } = setUp(499);
    expect(await load()).toMatchObject({ blocks: [] });
    expect(asked).toHaveLength(1);
  });

  it('has the first rows of a long one after one call, and tells how far it is', async () => {
    const { load, first, progress } = setUp(20_001);
    await load();
    expect(first.map(({ rows }) => rows.length)).toEqual([500]);
    expect(progress).toEqual([500, 10_000, 20_000, 20_001]);
  });

  it('fails when one call does: half a list would look like a whole one', async () => {
    expect(await setUp(20_001, { failsFrom: 10_000 }).load()).toEqual({ kind: 'failed', error });
  });

  it('stops when nobody waits any more', async () => {
    const { load, asked } = setUp(20_001, { staleAfter: 1 });
    expect(await load()).toEqual({ kind: 'stale' });
    expect(asked).toHaveLength(2);
  });

  it('gives up on a source that never ends', async () => {
    expect((await setUp(Infinity).load()).kind).toBe('failed');
  });

  it('reads only the blocks again in which something changed', async () => {
    const before = await setUp(30_001).load();
    if (before.kind !== 'loaded') throw new Error(before.kind);
    const { source, asked } = setUp(30_001, { change: (n) => -n });
    const after = await loadChanged(source, before, [10_000, 19_999, 30_000], () => false);
    if (after.kind !== 'loaded') throw new Error(after.kind);
    expect(asked).toEqual([
      ['block', 10_000, 10_000],
      ['block', 30_000, 10_000],
    ]);
    expect([0, 9_999, 10_000, 19_999, 20_000, 30_000].map((n) => after.rows[n])).toEqual([
      0, 9_999, -10_000, -19_999, 20_000, -30_000,
    ]);
    expect(after.blocks[0]).toBe(before.blocks[0]);
  });
});
