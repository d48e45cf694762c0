import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BAR_SECONDS, barsOf, meanPerMinute, scaleTop } from './throughput.ts';

describe('bars of throughput', () => {
  it('are per minute and end with now', () => {
    expect(barsOf([1, 1, 1, 1, 1, 2, 2, 2, 2, 2])).toEqual([60, 120]);
  });

  it('leave an unfinished oldest bar out, unless it is all there is', () => {
    expect(barsOf([9, 9, 1, 1, 1, 1, 1])).toEqual([60]);
    expect(barsOf([2, 4])).toEqual([180]);
    expect(barsOf([])).toEqual([]);
  });

  it('have a mean over the seconds in which something ran', () => {
    expect(meanPerMinute([...Array.from({ length: 110 }, () => 0), 5, 5, 0, 10, 0, 0])).toBe(300);
    expect(meanPerMinute([0, 0])).toBe(0);
  });

  it('never show more than the busiest second, nor fit less than the scale', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { maxLength: 120 }), fc.nat(3000), (perSecond, limit) => {
        const bars = barsOf(perSecond);
        const top = scaleTop(bars, limit);
        expect(bars.length).toBeLessThanOrEqual(Math.max(1, Math.floor(perSecond.length / BAR_SECONDS)));
        for (const bar of bars) {
          expect(bar).toBeLessThanOrEqual(Math.max(...perSecond) * 60);
          expect(bar).toBeLessThan(top);
        }
        expect(top).toBeGreaterThan(limit);
      }),
    );
  });
});
