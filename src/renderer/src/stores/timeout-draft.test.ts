import { flushPromises } from '@vue/test-utils';
import fc from 'fast-check';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { ok } from '../../../shared/result.ts';
import type { IdleTimeout, TimeoutHistoryEntry } from '../../../shared/timeout.ts';
import { installFakeBridge, type Answers } from '../testing/fake-bridge.ts';
import { sampleTimeout } from '../testing/samples.ts';
import { useGroupsStore } from './groups.ts';
import { useTimeoutDraftStore } from './timeout-draft.ts';
import { draftOf, evaluate, readTime, timeDraft } from '../domain/timeout-edits.ts';
import { useTimeoutStore } from './timeout.ts';

const bundle = (priority: number, ...groupIds: string[]) => ({
  priority,
  timeoutSeconds: 600,
  unit: 'Minutes' as const,
  groupIds,
});
const current: IdleTimeout = {
  ...sampleTimeout,
  groupsEnabled: true,
  groupBundles: [bundle(3, 'c'), bundle(1, 'a')],
  json: '{"idleTokenTimeoutSeconds":1800,"future":2}',
};

async function open(value: IdleTimeout = current, answers: Answers = {}) {
  const bridge = installFakeBridge({
    'timeout.read': () => ok(value),
    'groups.byIds': () => ok([{ id: 'a', name: 'Agents', memberCount: 3 }]),
    ...answers,
  });
  const timeout = useTimeoutStore();
  await timeout.read();
  return { bridge, timeout, draft: useTimeoutDraftStore(), groups: useGroupsStore() };
}

beforeEach(() => {
  setActivePinia(createPinia());
});

describe('a draft', () => {
  it('of any value changes nothing before it is edited', () => {
    const seconds = fc.option(fc.integer({ min: 1, max: 100_000 }));
    const unit = fc.constantFrom('Minutes', 'Hours', null);
    const yesNo = fc.constantFrom(true, false);
    fc.assert(
      fc.property(seconds, unit, yesNo, yesNo, (length, shown, enabled, groupsEnabled) => {
        // On without a time is no value that an org can have.
        const value = {
          ...current,
          seconds: length,
          unit: shown,
          groupsEnabled,
          enabled: enabled && length !== null,
        };
        let keys = 0;
        const { change } = evaluate(
          draftOf(value, value.json, () => (keys += 1)),
          value,
        );
        expect(change).not.toHaveProperty('groups');
        expect(change).toEqual({
          enabled: value.enabled,
          seconds: length,
          unit: length === null ? null : shown,
        });
      }),
    );
  });

  it('keeps a time that is no whole number of minutes until another is typed', () => {
    expect(readTime(timeDraft(450))).toEqual({ ok: true, seconds: 450 });
    expect(readTime({ ...timeDraft(450), text: '10' })).toEqual({ ok: true, seconds: 600 });
  });

  it('names the unit that was chosen where it fits the time', async () => {
    const { draft } = await open({ ...current, seconds: 3600, unit: 'Hours' });
    draft.set({ unit: 'Minutes' });
    expect(draft.diff).toEqual([{ name: 'Shown in', from: 'hours', to: 'minutes' }]);
    draft.set({ unit: 'Hours', time: { was: 3600, text: '90 min' } });
    expect(draft.change).toMatchObject({ seconds: 5400, unit: 'Minutes' });
  });

  it('cannot be saved while something in it is wrong, and says what', async () => {
    const { draft } = await open();
    draft.set({ time: { was: 1800, text: 'soon' } });
    expect([draft.invalid, draft.change]).toEqual([true, null]);
    draft.reset();
    draft.add();
    expect(draft.problems.bundles).toEqual(['without-groups']);
  });

  it('that was saved is undone by the value before it, with what only the history knows', async () => {
    const saved = { ...current, seconds: 900, json: '{"idleTokenTimeoutSeconds":900,"future":2}' };
    const entry: TimeoutHistoryEntry = {
      id: 'h-1',
      at: '2026-11-21T12:00:00Z',
      how: 'read',
      lastSeenAt: '2026-11-21T12:00:00Z',
      operator: 'Ines',
      value: current,
    };
    const { draft, timeout, bridge } = await open(current, {
      'timeout.save': () => ok({ kind: 'saved', value: saved }),
      'timeout.history': () => ok({ entries: [entry], notice: null }),
    });
    await flushPromises();
    draft.set({ time: { was: 1800, text: '15' } });
    await draft.save();
    expect(timeout.current).toEqual(saved);
    await draft.undo();
    expect(bridge.calls.filter(({ name }) => name === 'timeout.save').at(-1)?.input).toMatchObject({
      change: { seconds: 1800 },
      expected: saved.json,
      restore: 'h-1',
    });
  });

  it('is dropped when the org changes, and kept over somebody else’s value when asked', async () => {
    const { draft, timeout } = await open();
    draft.set({ time: { was: 1800, text: '45' } });
    const theirs = { ...current, seconds: 3600, json: '{"theirs":1}' };
    timeout.outcome = { kind: 'changed-meanwhile', current: theirs };
    draft.rebase();
    expect(timeout.current).toEqual(theirs);
    expect(draft.diff).toEqual([{ name: 'Time', from: '1 hour', to: '45 minutes' }]);
    timeout.current = { ...current, json: '{"another":1}' };
    expect(draft.dirty).toBe(false);
  });
});

describe('group timeouts in a draft', () => {
  it('are in the order of their priorities, and moved within it', async () => {
    const { draft } = await open();
    expect(draft.draft?.bundles.map((one) => one.bundle.groupIds[0])).toEqual(['a', 'c']);
    const keys = draft.draft!.bundles.map(({ key }) => key);
    draft.move(1, 0);
    expect(draft.draft?.bundles.map((one) => [one.bundle.priority, one.bundle.groupIds[0]])).toEqual([
      [1, 'c'],
      [3, 'a'],
    ]);
    expect(draft.draft?.bundles.map(({ key }) => key)).toEqual(keys.toReversed());
    draft.move(0, 5);
    draft.move(0, 1);
    expect(draft.dirty).toBe(false);
  });

  it('are added after the others with the time of everybody, and removed again', async () => {
    const { draft } = await open();
    const key = draft.add();
    draft.setBundle(key, { bundle: { ...draft.draft!.bundles[2]!.bundle, groupIds: ['n'] } });
    expect(draft.change?.groups?.bundles.at(-1)).toMatchObject({
      priority: 4,
      timeoutSeconds: 1800,
      unit: 'Minutes',
    });
    draft.remove(key);
    expect(draft.dirty).toBe(false);
  });

  it('name groups, those that are gone too', async () => {
    const { draft, groups } = await open();
    await groups.resolve(['a', 'c']);
    draft.set({ bundles: [] });
    expect(draft.diff).toEqual([
      { name: 'Priority 1', from: '10 minutes for Agents', to: 'none' },
      { name: 'Priority 3', from: '10 minutes for a deleted group (c)', to: 'none' },
    ]);
    expect(groups.known.get('c')).toEqual({ kind: 'gone' });
  });
});

describe('restoring', () => {
  it('takes the whole earlier value over, fields that nobody knows too', async () => {
    const { draft } = await open();
    const entry: TimeoutHistoryEntry = {
      id: 'h-1',
      how: 'read',
      at: '2026-11-20T08:00:00Z',
      lastSeenAt: '2026-11-20T08:00:00Z',
      operator: 'Ana',
      value: {
        ...current,
        seconds: 900,
        groupBundles: [],
        json: '{"idleTokenTimeoutSeconds":900,"future":1}',
      },
    };
    draft.restore(entry);
    expect(draft.diff.map(({ name }) => name)).toEqual(['Time', 'Priority 1', 'Priority 3', 'future']);
    expect(draft.diff.at(-1)).toEqual({ name: 'future', from: '2', to: '1' });
    expect(draft.draft?.restored?.id).toBe('h-1');
    await nextTick();
    draft.reset();
    expect(draft.dirty).toBe(false);
  });
});
