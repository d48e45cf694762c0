import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SEARCHES_PER_MINUTE, type SearchType } from '../api-limits.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createSearchRates } from './search-rates.ts';

const run = new AbortController().signal;

describe('searches of a type', () => {
  it('go at once while there is room, and never more in a minute than the API takes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<SearchType>('CONTAINS', 'TERM'),
        fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 120 }),
        async (type, pauses) => {
          const clock = createManualClock();
          const rates = createSearchRates(clock);
          const passed: number[] = [];
          for (const pause of [...Array<number>(80).fill(0), ...pauses]) {
            await clock.advance(pause);
            await clock.runUntil(rates.acquire(type, run));
            passed.push(clock.monotonic());
          }
          expect(passed[79]).toBe(passed[0]);
          for (const [n, at] of passed.entries())
            expect((passed[n + SEARCHES_PER_MINUTE[type]] ?? Infinity) - at).toBeGreaterThanOrEqual(60_000);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('do not hold up another type, and end their wait when told to', async () => {
    const clock = createManualClock();
    const rates = createSearchRates(clock);
    const stop = new AbortController();
    const waits = Array.from({ length: 120 }, () => rates.acquire('CONTAINS', stop.signal));
    const outcomes = Promise.allSettled(waits);
    await clock.advance(0);
    await rates.acquire('EXACT', run);
    stop.abort(new Error('enough'));
    const kinds = (await outcomes).map(({ status }) => status);
    expect(kinds.filter((status) => status === 'fulfilled')).toHaveLength(95);
  });

  it('are refused when too many wait', async () => {
    const clock = createManualClock();
    const rates = createSearchRates(clock);
    const stop = new AbortController();
    const waits = Promise.allSettled(
      Array.from({ length: 195 }, () => rates.acquire('CONTAINS', stop.signal)),
    );
    await clock.advance(0);
    await expect(rates.acquire('CONTAINS', run)).rejects.toMatchObject({ error: { code: 'rate-limited' } });
    stop.abort(new Error('enough'));
    await waits;
  });
});
