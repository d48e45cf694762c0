import { describe, expect, it } from 'vitest';
import { timeoutEffects } from './timeout-effects.ts';
import type { TimeoutRules } from './timeout-groups.ts';

const rules = (
  seconds: number | null,
  bundles: readonly (readonly [number, string[]])[] = [],
): TimeoutRules => ({
  enabled: true,
  seconds,
  groupsEnabled: bundles.length > 0,
  groupBundles: bundles.map(([timeoutSeconds, groupIds], at) => ({
    priority: at + 1,
    timeoutSeconds,
    unit: 'Minutes',
    groupIds,
  })),
});
const after = (seconds: number) => ({ kind: 'after', seconds });

describe('what a change means for whom', () => {
  it('a group that is to keep the old time keeps it, and everybody else gets the new one', () => {
    expect(timeoutEffects(rules(7200), rules(900, [[7200, ['night']]]))).toEqual([
      { groupId: 'night', from: after(7200), to: after(7200) },
      { groupId: null, from: after(7200), to: after(900) },
    ]);
  });

  it('a group that is taken out gets what everybody has', () => {
    expect(timeoutEffects(rules(900, [[7200, ['night']]]), rules(900))).toEqual([
      { groupId: 'night', from: after(7200), to: after(900) },
      { groupId: null, from: after(900), to: after(900) },
    ]);
  });

  it('of a group in two bundles the first counts', () => {
    const twice = rules(900, [
      [1800, ['night']],
      [7200, ['night', 'day']],
    ]);
    expect(timeoutEffects(rules(900), twice).map(({ groupId, to }) => [groupId, to])).toEqual([
      ['night', after(1800)],
      ['day', after(7200)],
      [null, after(900)],
    ]);
  });

  it('off is never, and a time that is not told is not invented', () => {
    expect(timeoutEffects({ ...rules(900), enabled: false }, rules(null))).toEqual([
      { groupId: null, from: { kind: 'never' }, to: { kind: 'not-told' } },
    ]);
  });
});
