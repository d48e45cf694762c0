import { describe, expect, it } from 'vitest';
import { isWorthSaying } from './use-live-region.ts';

const said = { text: '10 of 100', share: 0.1, at: 1000 };

describe('saying progress aloud', () => {
  it('says the first text, and nothing for nothing', () => {
    expect(isWorthSaying(null, { text: 'a', share: 0 }, 0)).toBe(true);
    expect(isWorthSaying(null, { text: '', share: 0 }, 0)).toBe(true);
    expect(isWorthSaying({ ...said, text: '' }, { text: '', share: 0 }, 99_000)).toBe(false);
  });

  it('waits for a tenth of the way or 15 seconds', () => {
    expect(isWorthSaying(said, { text: '15 of 100', share: 0.15 }, 5000)).toBe(false);
    expect(isWorthSaying(said, { text: '20 of 100', share: 0.2 }, 5000)).toBe(true);
    expect(isWorthSaying(said, { text: '15 of 100', share: 0.15 }, 16_000)).toBe(true);
  });

  it('lets a short run finish its sentences', () => {
    expect(isWorthSaying(said, { text: '20 of 100', share: 0.2 }, 2000)).toBe(false);
    expect(isWorthSaying(said, { text: '50 of 100', share: 0.5 }, 4999)).toBe(false);
  });

  it('never says the same twice', () => {
    expect(isWorthSaying(said, { text: '10 of 100', share: 0.9 }, 99_000)).toBe(false);
  });

  it('becomes silent when it is over, and begins again at once', () => {
    expect(isWorthSaying(said, { text: '', share: 0.1 }, 1001)).toBe(true);
    expect(isWorthSaying({ ...said, text: '' }, { text: 'again', share: 0.1 }, 1001)).toBe(true);
  });
});
