import { describe, expect, it } from 'vitest';
import { callsLeft, callsLeftMeaning, limitText } from './rate.ts';

describe('what is left of the rate limit', () => {
  const rate = {
    limitPerMinute: 1200,
    limitSource: { kind: 'told', key: 'token.rate.per.minute' } as const,
    usedLastMinute: 16,
    closedUntil: null,
  };

  it('is the limit without the calls of the last minute, and never less than none', () => {
    expect(callsLeft(rate)).toBe('1,184 of 1,200');
    expect(callsLeft({ ...rate, usedLastMinute: 1300 })).toBe('0 of 1,200');
  });

  it('says which limit is in use, and why', () => {
    expect(limitText(rate)).toContain('1,200 calls a minute');
    expect(limitText(rate)).toContain('token.rate.per.minute');
    const reasons = ['not-answered', 'not-told', 'not-believable'] as const;
    const texts = reasons.map((why) => limitText({ ...rate, limitSource: { kind: 'assumed', why } }));
    expect(new Set(texts).size).toBe(3);
    for (const text of texts) expect(text).toContain('the usual one is taken');
  });

  it('says whose calls are counted', () => {
    expect(callsLeftMeaning(rate)).toContain('made 16 in the last minute');
  });
});
