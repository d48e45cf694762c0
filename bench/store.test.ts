import { describe, expect, it } from 'vitest';
import { regressions, withRatios, writtenInto } from './store.ts';

describe('A ratio', () => {
  it('that is worse by more than a fifth is said, whichever way is worse', () => {
    expect(
      regressions(
        { start: 1, memory: 10, share: 0.97, calls: 8 },
        {
          start: { value: 1.21, better: 'lower' },
          memory: { value: 11.9, better: 'lower' },
          share: { value: 0.7, better: 'higher' },
          calls: { value: 9, better: 'higher' },
        },
      ),
    ).toEqual([
      'start: 1.21, and 1.00 when it was last stored (21 % worse)',
      'share: 0.70, and 0.97 when it was last stored (39 % worse)',
    ]);
  });

  it('that was never stored is no regression, and is stored then', () => {
    const ratios = { start: { value: 1.23456, better: 'lower' } } as const;
    expect(regressions({}, ratios)).toEqual([]);
    expect(withRatios({ ui: { start: 1, old: 2 }, calls: { group: 8 } }, 'ui', ratios)).toEqual({
      ui: { start: 1.235 },
      calls: { group: 8 },
    });
  });
});

describe('What a bench said', () => {
  const page = 'Above.\n\n<!-- bench ui -->\n\nold\n\n<!-- end of bench ui -->\n\nBelow.\n';

  it('stands between its marks', () => {
    expect(writtenInto(page, 'ui', '\n| new |\n')).toBe(page.replace('old', '| new |'));
  });

  it('has no other place', () => {
    expect(() => writtenInto(page, 'calls', 'x')).toThrow('docs/performance.md has no place for calls');
  });
});
