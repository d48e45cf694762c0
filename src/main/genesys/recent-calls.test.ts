import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.ts';
import { createRecentCalls } from './recent-calls.ts';

describe('createRecentCalls', () => {
  it('counts every call of the last minute, and none that is more than a second older', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(90_000), { maxLength: 60 }), async (gaps) => {
        const clock = createManualClock();
        const calls = createRecentCalls(clock);
        const times: number[] = [];
        for (const gap of gaps) {
          await clock.advance(gap);
          calls.add();
          times.push(clock.monotonic());
          const within = (ms: number): number => times.filter((at) => clock.monotonic() - at < ms).length;
          expect(calls.count()).toBeGreaterThanOrEqual(within(60_000));
          expect(calls.count()).toBeLessThanOrEqual(within(61_000));
        }
        await clock.advance(61_000);
        expect(calls.count()).toBe(0);
      }),
    );
  });
});
