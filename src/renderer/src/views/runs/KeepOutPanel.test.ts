import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import type { KeepOutSummary, KeepOutUser } from '../../../../shared/keep-out.ts';
import { ok } from '../../../../shared/result.ts';
import { useKeepOutStore } from '../../stores/keep-out.ts';
import { useSessionStore } from '../../stores/session.ts';
import { installFakeBridge, type FakeBridge } from '../../testing/fake-bridge.ts';
import { sampleAbout, sampleSession } from '../../testing/samples.ts';
import { keepOutSentence, keepOutTitle } from '../../messages/keep-out.ts';
import KeepOutPanel from './KeepOutPanel.vue';

const user = (over: Partial<KeepOutUser> = {}): KeepOutUser => ({
  userId: 'u-1',
  name: 'Ana Ruiz',
  returns: 1,
  issuedAt: '2026-11-21T12:03:07Z',
  revokedAt: '2026-11-21T12:04:00Z',
  problem: null,
  byItself: false,
  ...over,
});
const summary = (over: Partial<KeepOutSummary> = {}): KeepOutSummary => ({
  runId: 'r-1',
  keepOutId: 'k-1',
  about: sampleAbout,
  state: { kind: 'running' },
  endedWhy: null,
  until: null,
  users: 3,
  looks: 4,
  unknown: 0,
  lastLookAt: '2026-11-21T12:04:00Z',
  returns: 0,
  revoked: 0,
  back: [],
  damage: null,
  ...over,
});

let bridge: FakeBridge;
beforeEach(() => {
  setActivePinia(createPinia());
  bridge = installFakeBridge({
    'keepOut.stop': () => ok(summary({ state: { kind: 'cancelled', at: '2026-11-21T12:05:00Z' } })),
    'keepOut.list': () => ok([]),
  });
});

const buttons = (one: KeepOutSummary): readonly string[] =>
  mount(KeepOutPanel, { props: { summary: one, onItsPage: true } })
    .findAll('button')
    .map((button) => button.text());

describe('keeping out in words', () => {
  it('says what it does, whatever its state', () => {
    const paused = { kind: 'paused', reason: 'offline', since: '', until: null } as const;
    expect(keepOutTitle(summary())).toBe('3 users are kept out until you stop it');
    expect(keepOutTitle(summary({ users: 1 }))).toBe('1 user is kept out until you stop it');
    expect(keepOutTitle(summary({ state: paused }))).toBe('Keeping 3 users out is paused: offline');
    expect(keepOutTitle(summary({ state: { kind: 'interrupted' } }))).toBe(
      'Keeping 3 users out was interrupted',
    );
    expect(keepOutSentence(summary({ looks: 0 }))).toBe('Nobody has been looked at yet.');
    expect(keepOutSentence(summary())).toBe('Looked 4 times. Nobody signed in again.');
    expect(keepOutSentence(summary({ returns: 3, revoked: 2, back: [user()] }))).toBe(
      'Looked 4 times. 1 user signed in again, 3 times altogether; revoked again 2 times.',
    );
  });
});

describe('the panel of keeping out', () => {
  it('names who came back, and says what helps against what signs in by itself', () => {
    const back = [user({ returns: 3, byItself: true }), user({ userId: 'u-2', name: null, revokedAt: null })];
    const page = mount(KeepOutPanel, { props: { summary: summary({ returns: 4, back }), onItsPage: true } });
    const rows = page.findAll('tbody tr');
    expect(rows[0]?.text()).toContain('Ana Ruiz');
    expect(rows[0]?.text()).toContain('Signs in by itself');
    expect(rows[1]?.text()).toContain('u-2');
    expect(rows[1]?.text()).toContain('Not revoked again yet');
    expect(rows[1]?.text()).not.toContain('Signs in by itself');
    expect(page.text()).toContain('set the user inactive, or block them at the identity provider');
  });

  it('offers what there is to do in each state', () => {
    const since = { since: '', until: null };
    expect(buttons(summary())).toEqual(['Pause', 'Stop keeping out']);
    expect(buttons(summary({ state: { kind: 'paused', reason: 'by-you', ...since } }))).toEqual([
      'Continue',
      'Stop keeping out',
    ]);
    expect(buttons(summary({ state: { kind: 'paused', reason: 'sign-in-needed', ...since } }))).toEqual([
      'Sign in again',
      'Stop keeping out',
    ]);
    expect(buttons(summary({ state: { kind: 'interrupted' } }))).toEqual([
      'Sign in to go on…',
      'Stop keeping out',
    ]);
    useSessionStore().session = sampleSession;
    expect(buttons(summary({ state: { kind: 'interrupted' } }))).toEqual([
      'Go on keeping out…',
      'Stop keeping out',
    ]);
    expect(buttons(summary({ state: { kind: 'interrupted' }, until: '2026-11-21T12:05:00Z' }))).toEqual([
      'Stop keeping out',
    ]);
    expect(buttons(summary({ state: { kind: 'finished', at: '2026-11-21T13:00:00Z' } }))).toEqual([]);
  });

  it('tells of whom nothing is known', () => {
    const panel = (unknown: number) =>
      mount(KeepOutPanel, { props: { summary: summary({ unknown }), onItsPage: true } }).text();
    expect(panel(0)).not.toContain('tells no time');
    expect(panel(2)).toContain('For 2 users Genesys Cloud tells no time of a token');
  });

  it('stops it by one press, and follows what main tells', async () => {
    const store = useKeepOutStore();
    bridge.emit('keepOut.changed', summary());
    expect(store.active?.keepOutId).toBe('k-1');
    const page = mount(KeepOutPanel, { props: { summary: summary(), onItsPage: true } });
    await page.findAll('button').at(-1)?.trigger('click');
    await flushPromises();
    expect(bridge.calls.at(-1)).toEqual({
      name: 'keepOut.stop',
      input: { runId: 'r-1', keepOutId: 'k-1' },
    });
    expect(store.active).toBeNull();
    expect(store.all).toHaveLength(1);
  });
});
