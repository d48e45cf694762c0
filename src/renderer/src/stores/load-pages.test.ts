import { describe, expect, it } from 'vitest';
import { failed, ok, type Result } from '../../../shared/result.ts';
import { loadPages } from './load-pages.ts';

const numbers = (total: number) => (from: number, count: number) =>
  Promise.resolve(ok(Array.from({ length: Math.max(0, Math.min(count, total - from)) }, (_, i) => from + i)));

const load = (
  fetchPage: (from: number, count: number) => Promise<Result<readonly number[]>>,
  isStale = () => false,
) => {
  const seen: number[] = [];
  return loadPages({ fetchPage, onProgress: (loaded) => seen.push(loaded), isStale }).then((loaded) => ({
    loaded,
    seen,
  }));
};

describe('loading pages', () => {
  it.each([0, 1, 1_999, 2_000, 5_000])('brings all of %d rows once, in order', async (total) => {
    const { loaded } = await load(numbers(total));
    expect(loaded).toEqual({ kind: 'loaded', rows: Array.from({ length: total }, (_, i) => i) });
  });

  it('tells how far it is', async () => {
    expect((await load(numbers(5_000))).seen).toEqual([2_000, 4_000, 5_000]);
  });

  it('gives no rows when one page fails: half a list would look like a whole one', async () => {
    const error = { code: 'no-such-item', message: 'gone' } as const;
    const { loaded } = await load((from, count) =>
      from === 0 ? numbers(4_000)(from, count) : Promise.resolve(failed(error)),
    );
    expect(loaded).toEqual({ kind: 'failed', error });
  });

  it('stops when nobody waits any more', async () => {
    let calls = 0;
    const { loaded } = await load(
      (from, count) => {
        calls += 1;
        return numbers(10_000)(from, count);
      },
      () => calls === 2,
    );
    expect(loaded).toEqual({ kind: 'stale' });
    expect(calls).toBe(2);
  });

  it('gives up on a source that never ends', async () => {
    const full = Array.from({ length: 2_000 }, () => 0);
    const { loaded } = await load(() => Promise.resolve(ok(full)));
    expect(loaded.kind).toBe('failed');
  });
});
