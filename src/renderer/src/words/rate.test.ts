import { describe, expect, it } from 'vitest';
import { callsLeft, callsLeftMeaning } from './rate.ts';

describe('what is left of the rate limit', () => {
  const rate = { limitPerMinute: 1200, usedLastMinute: 16, closedUntil: null };

  it('is the limit without the calls of the last minute, and never less than none', () => {
    expect(callsLeft(rate)).toBe('1,184 of 1,200');
    expect(callsLeft({ ...rate, usedLastMinute: 1300 })).toBe('0 of 1,200');
  });

  it('says whose calls are counted', () => {
    expect(callsLeftMeaning(rate)).toContain('made 16 in the last minute');
  });
});
