import { describe, expect, it } from 'vitest';
import { differenceText, moreText } from './listing.ts';

describe('a set that Genesys Cloud counts otherwise than it shows', () => {
  it('says both numbers, or that it was never the same', () => {
    expect(differenceText({ what: 'Night shift', counted: 3, shown: 2 })).toBe(
      'Night shift: Genesys Cloud counts 3 and shows 2.',
    );
    expect(differenceText({ what: 'Role Admin', counted: null, shown: 4 })).toContain('each time');
  });
});

describe('what stands below a list to choose from', () => {
  it.each([
    [3, 3, ''],
    [25, 1_200, '1,175 more. Type more of the name.'],
    [3, null, ''],
    [25, null, 'There may be more. Type more of the name.'],
  ])('%s of %s', (shown, total, text) => {
    expect(moreText(shown, total, 25)).toBe(text);
  });
});
