import { describe, expect, it } from 'vitest';
import type { IdleTimeout, TimeoutChange, TimeoutGroupBundle } from '../../../shared/timeout.ts';
import { sampleTimeout } from '../testing/samples.ts';
import { timeoutConsequences, timeoutDifferences, timeoutSaving } from './timeout-change.ts';

const same: TimeoutChange = { enabled: true, seconds: null, unit: null };
const shorter: TimeoutChange = { ...same, seconds: 900 };
const night: TimeoutGroupBundle = { priority: 1, timeoutSeconds: 1800, unit: 'Minutes', groupIds: ['n'] };
const day: TimeoutGroupBundle = { priority: 2, timeoutSeconds: 3600, unit: 'Minutes', groupIds: ['d'] };
const withGroups: IdleTimeout = { ...sampleTimeout, groupsEnabled: true, groupBundles: [night, day] };

const kinds = (from: IdleTimeout, change: TimeoutChange) =>
  timeoutConsequences(from, change).map(({ kind }) => kind);

describe('what a change alters', () => {
  it('is nothing where null leaves what is there', () => {
    expect(timeoutDifferences(sampleTimeout, same)).toEqual([]);
    expect(timeoutDifferences(sampleTimeout, { ...same, seconds: 1800, unit: 'Minutes' })).toEqual([]);
  });

  it('is told field by field, groups by their priority', () => {
    const change: TimeoutChange = {
      enabled: false,
      seconds: 900,
      unit: 'Hours',
      groups: { enabled: true, bundles: [night] },
    };
    expect(timeoutDifferences({ ...sampleTimeout, groupsEnabled: null }, change)).toEqual([
      { field: 'enabled', from: true, to: false },
      { field: 'seconds', from: 1800, to: 900 },
      { field: 'unit', from: 'Minutes', to: 'Hours' },
      { field: 'groupsEnabled', from: null, to: true },
      { field: 'bundle', priority: 1, from: null, to: night },
    ]);
  });

  it('takes groups of which nothing is known for turned off', () => {
    const change = { ...same, groups: { enabled: false, bundles: [] } };
    expect(timeoutDifferences({ ...sampleTimeout, groupsEnabled: null }, change)).toEqual([]);
  });
});

describe('what a change means', () => {
  it('turned off: tokens live on', () => {
    expect(kinds(sampleTimeout, { ...same, enabled: false })).toEqual([
      'tokens-never-idle',
      'refresh-tokens-again',
    ]);
  });

  it('turned on: the most of all', () => {
    expect(kinds({ ...sampleTimeout, enabled: null }, shorter)).toEqual([
      'signed-out',
      'may-end-at-once',
      'no-refresh-tokens',
      'mobile-apps',
      'this-app-too',
    ]);
  });

  it('only shorter ends sessions at once', () => {
    expect(timeoutConsequences(sampleTimeout, shorter)).toContainEqual({
      kind: 'may-end-at-once',
      seconds: 900,
    });
    expect(kinds(sampleTimeout, { ...same, seconds: 3600 })).toEqual(['signed-out', 'this-app-too']);
    expect(kinds(sampleTimeout, same)).toEqual(['this-app-too']);
  });

  it('groups that are left alone keep theirs; turned off, all get that for everybody', () => {
    expect(kinds(withGroups, shorter)).toContain('groups-keep-theirs');
    expect(kinds({ ...withGroups, groupsEnabled: false }, shorter)).not.toContain('groups-keep-theirs');
    const off = { ...same, groups: { enabled: false, bundles: [night, day] } };
    expect(kinds(withGroups, off)).toEqual(['groups-turned-off', 'this-app-too']);
    expect(kinds(sampleTimeout, off)).toEqual(['this-app-too']);
  });

  it('of the groups that get less, the shortest time is told', () => {
    const bundles = [
      { ...night, timeoutSeconds: 600 },
      { ...day, timeoutSeconds: 1200 },
    ];
    expect(timeoutConsequences(withGroups, { ...same, groups: { enabled: true, bundles } })).toEqual([
      { kind: 'groups-shorter', seconds: 600 },
      { kind: 'this-app-too' },
    ]);
  });

  it('a group that is in no bundle any longer is taken out, one that moved is not', () => {
    const moved = { ...night, groupIds: ['n', 'd'] };
    expect(kinds(withGroups, { ...same, groups: { enabled: true, bundles: [night] } })).toContain(
      'groups-taken-out',
    );
    expect(kinds(withGroups, { ...same, groups: { enabled: true, bundles: [moved] } })).not.toContain(
      'groups-taken-out',
    );
  });
});

describe('what saving does', () => {
  const groups = { enabled: true, bundles: [night] };

  it.each<[string, Partial<IdleTimeout>, TimeoutChange, ReturnType<typeof timeoutSaving>]>([
    ['another time', {}, shorter, { everybody: { kind: 'set', seconds: 900 }, groups: false }],
    ['turned on', { enabled: false }, same, { everybody: { kind: 'on', seconds: 1800 }, groups: false }],
    ['turned off', {}, { ...same, enabled: false }, { everybody: { kind: 'off' }, groups: false }],
    ['off as it was', { enabled: false }, { ...same, enabled: false }, { everybody: null, groups: false }],
    ['groups alone', {}, { ...same, groups }, { everybody: null, groups: true }],
  ])('%s', (_what, before, change, expected) => {
    expect(timeoutSaving({ ...sampleTimeout, ...before }, change)).toEqual(expected);
  });
});
