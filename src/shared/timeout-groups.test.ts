import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBundle,
  afterChange,
  appliedTimeout,
  bundleDifferences,
  bundleProblems,
  byPriority,
  MAX_PRIORITY,
  moveBundle,
  repeatedGroups,
  sharedMembers,
  type TimeoutRules,
} from './timeout-groups.ts';
import type { TimeoutGroupBundle } from './timeout.ts';

const groupId: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const bundle: fc.Arbitrary<TimeoutGroupBundle> = fc.record({
  priority: fc.integer({ min: 1, max: MAX_PRIORITY }),
  timeoutSeconds: fc.integer({ min: 300, max: 28_800 }),
  unit: fc.constantFrom('Minutes', 'Hours', null),
  groupIds: fc.uniqueArray(groupId, { minLength: 1 }),
});
/** As the API has them: at most five, each with a priority of its own. */
const bundles = fc.uniqueArray(bundle, { maxLength: MAX_PRIORITY, selector: ({ priority }) => priority });
const mine = fc.uniqueArray(groupId);
const on = (groupBundles: readonly TimeoutGroupBundle[]): TimeoutRules => ({
  enabled: true,
  seconds: 7200,
  groupsEnabled: true,
  groupBundles,
});

describe('which timeout applies', () => {
  it('is that of the lowest priority number among the bundles of the user’s groups', () => {
    fc.assert(
      fc.property(bundles, mine, (groupBundles, groups) => {
        const applied = appliedTimeout(on(groupBundles), groups);
        const candidates = groupBundles.filter((one) => one.groupIds.some((id) => groups.includes(id)));
        if (candidates.length === 0) {
          expect(applied).toEqual({ kind: 'everybody', seconds: 7200, because: 'in-no-bundle' });
          return;
        }
        expect(applied.kind).toBe('bundle');
        if (applied.kind !== 'bundle') return;
        expect(applied.bundle.priority).toBe(Math.min(...candidates.map(({ priority }) => priority)));
        expect(byPriority([applied.bundle, ...applied.beaten])).toEqual(byPriority(candidates));
        expect(applied.via.every((id) => groups.includes(id) && applied.bundle.groupIds.includes(id))).toBe(
          true,
        );
        expect(applied.via).not.toHaveLength(0);
      }),
    );
  });

  it('does not depend on the order of bundles or of the user’s groups', () => {
    fc.assert(
      fc.property(bundles, mine, (groupBundles, groups) => {
        expect(appliedTimeout(on(groupBundles.toReversed()), groups.toReversed())).toEqual(
          appliedTimeout(on(groupBundles), groups),
        );
      }),
    );
  });

  it('is the one for everybody while groups are off, and none while all is off', () => {
    const one = { priority: 1, timeoutSeconds: 600, unit: null, groupIds: ['a'] };
    expect(appliedTimeout({ ...on([one]), groupsEnabled: false }, ['a'])).toEqual({
      kind: 'everybody',
      seconds: 7200,
      because: 'groups-off',
    });
    expect(appliedTimeout({ ...on([one]), enabled: false }, ['a'])).toEqual({ kind: 'off' });
    expect(appliedTimeout({ ...on([one]), enabled: null }, ['a'])).toEqual({ kind: 'off' });
  });

  it('keeps what a change leaves out', () => {
    const current = { ...on([]), unit: null, json: '{}', readAt: '' } as const;
    expect(afterChange(current, { enabled: false, seconds: null, unit: null })).toEqual({
      ...on([]),
      enabled: false,
    });
  });
});

describe('overlaps', () => {
  it('name each group that stands in several bundles, with the bundle that wins', () => {
    fc.assert(
      fc.property(bundles, (all) => {
        const found = repeatedGroups(all);
        for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) {
          const inside = byPriority(all).filter(({ groupIds }) => groupIds.includes(id));
          const told = found.find((one) => one.groupId === id);
          if (inside.length < 2) expect(told).toBeUndefined();
          else expect([told?.wins, ...(told?.loses ?? [])]).toEqual(inside.map(({ priority }) => priority));
        }
      }),
    );
  });

  it('count the people whom two bundles share', () => {
    const at = (priority: number, groupIds: string[]) => ({
      priority,
      timeoutSeconds: 600,
      unit: null,
      groupIds,
    });
    const members = new Map([
      ['a', ['1', '2', '3']],
      ['b', ['3', '4']],
      ['c', ['2', '3', '4', '5']],
    ]);
    expect(sharedMembers([at(3, ['c']), at(1, ['a', 'b']), at(2, ['none'])], members)).toEqual([
      { wins: 1, loses: 3, people: 3 },
    ]);
    expect(sharedMembers([at(1, ['a'])], members)).toEqual([]);
  });
});

describe('the order of priorities', () => {
  const place = fc.integer({ min: 0, max: MAX_PRIORITY - 1 });
  const content = ({ timeoutSeconds, unit, groupIds }: TimeoutGroupBundle) =>
    JSON.stringify([timeoutSeconds, unit, groupIds]);

  it('is changed by moving one: all others keep their order, and the priorities in use stay', () => {
    fc.assert(
      fc.property(bundles, place, place, (all, from, to) => {
        const before = byPriority(all);
        const after = moveBundle(all, from, to);
        expect(after.map(({ priority }) => priority)).toEqual(before.map(({ priority }) => priority));
        if (from >= all.length || to >= all.length) {
          expect(after).toEqual(before);
          return;
        }
        expect(content(after[to]!)).toBe(content(before[from]!));
        expect(after.toSpliced(to, 1).map(content)).toEqual(before.toSpliced(from, 1).map(content));
      }),
    );
  });

  it('comes back when a move is undone', () => {
    fc.assert(
      fc.property(bundles, place, place, (all, from, to) => {
        fc.pre(from < all.length && to < all.length);
        expect(moveBundle(moveBundle(all, from, to), to, from)).toEqual(byPriority(all));
      }),
    );
  });

  it('can be saved again after moving bundles that had the same priority', () => {
    const same = (id: string) => ({ priority: 2, timeoutSeconds: 600, unit: null, groupIds: [id] });
    expect(bundleProblems([same('a'), same('b')])).toEqual(['same-priority']);
    expect(bundleProblems(moveBundle([same('a'), same('b')], 1, 0))).toEqual([]);
  });

  it('grows at its end, and never beyond five', () => {
    const added = { timeoutSeconds: 900, unit: null, groupIds: ['a'] };
    fc.assert(
      fc.property(bundles, (all) => {
        const after = addBundle(all, added);
        if (all.length === MAX_PRIORITY) {
          expect(after).toEqual(byPriority(all));
          return;
        }
        expect(after).toHaveLength(all.length + 1);
        expect(after.at(-1)).toMatchObject(added);
        expect(bundleProblems(after)).toEqual([]);
        expect(after.slice(0, -1).map(content)).toEqual(byPriority(all).map(content));
      }),
    );
  });
});

describe('differences', () => {
  it('are none exactly where nothing changes, whatever the order', () => {
    fc.assert(
      fc.property(bundles, (all) => {
        const shuffled = all.toReversed().map((one) => ({ ...one, groupIds: one.groupIds.toReversed() }));
        expect(bundleDifferences(all, shuffled)).toEqual([]);
      }),
    );
  });

  it('turn the one value into the other', () => {
    fc.assert(
      fc.property(bundles, bundles, (before, after) => {
        const result = new Map(before.map((one) => [one.priority, one]));
        for (const { priority, from, to } of bundleDifferences(before, after)) {
          expect(from).toEqual(result.get(priority) ?? null);
          if (to) result.set(priority, to);
          else result.delete(priority);
        }
        expect(bundleDifferences([...result.values()], after)).toEqual([]);
      }),
    );
  });

  it('include fields that nobody here knows', () => {
    const one = { priority: 1, timeoutSeconds: 600, unit: null, groupIds: ['a'] };
    expect(bundleDifferences([one], [{ ...one, other: { future: 1 } }])).toHaveLength(1);
  });
});

describe('problems', () => {
  const good = { priority: 1, timeoutSeconds: 600, unit: null, groupIds: ['a'] };

  it.each([
    ['priority-out-of-range', [{ ...good, priority: 0 }]],
    ['priority-out-of-range', [{ ...good, priority: 6 }]],
    ['time-out-of-range', [{ ...good, timeoutSeconds: 299 }]],
    ['time-out-of-range', [{ ...good, timeoutSeconds: 28_801 }]],
    ['time-out-of-range', [{ ...good, timeoutSeconds: 600.5 }]],
    ['without-groups', [{ ...good, groupIds: [] }]],
  ] as const)('%s', (problem, all) => {
    expect(bundleProblems(all)).toEqual([problem]);
  });

  it('are none for what the API’s model allows, and too many for six', () => {
    fc.assert(fc.property(bundles, (all) => bundleProblems(all).length === 0));
    expect(bundleProblems(Array.from({ length: 6 }, () => good))).toContain('too-many');
  });
});
