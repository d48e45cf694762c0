import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, watch, type EffectScope } from 'vue';
import type { FoundPeople } from '../../../shared/directory.ts';
import { failed, ok } from '../../../shared/result.ts';
import type { PeopleAnswer } from '../stores/directory-search.ts';
import { useSessionStore } from '../stores/session.ts';
import { installFakeBridge, type FakeBridge } from '../testing/fake-bridge.ts';
import { sampleSession } from '../testing/samples.ts';
import { usePeopleSearch } from './use-people-search.ts';

const NOBODY: FoundPeople = { people: [], total: 0 };
let bridge: FakeBridge;
let answers: PeopleAnswer[];
let scope: EffectScope;
let search: ReturnType<typeof usePeopleSearch>;

beforeEach(() => {
  vi.useFakeTimers();
  answers = [];
  bridge = installFakeBridge({
    'directory.searchUsers': ({ text }) =>
      text === 'broken' ? failed({ code: 'offline', message: 'no network' }) : ok(NOBODY),
  });
  setActivePinia(createPinia());
  useSessionStore().begin(sampleSession, []);
  scope = effectScope();
  scope.run(() => {
    search = usePeopleSearch();
    watch(search.answer, (answer) => answers.push(answer), { flush: 'sync' });
  });
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
});

const asked = (): readonly unknown[] => bridge.calls.map(({ input }) => input);

describe('typing a name', () => {
  it('asks once a pause, for what stands there then', async () => {
    for (const text of ['a', 'an', 'ana', 'ana l']) {
      search.typed(text);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(asked()).toEqual([]);
    await vi.advanceTimersByTimeAsync(50);
    expect(asked()).toEqual([{ text: 'ana l' }]);
    expect(answers.at(-1)).toEqual({ kind: 'found', ...NOBODY });
  });

  it('asks nobody for one letter, and nobody twice for the same text', async () => {
    for (const text of ['a', 'ana', 'anab', 'ana', 'ANA ']) {
      search.typed(text);
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(asked()).toEqual([{ text: 'ana' }, { text: 'anab' }]);
    expect(answers[0]).toEqual({ kind: 'none' });
  });

  it('is told of nothing that is no longer typed, and of what failed', async () => {
    search.typed('ana');
    await vi.advanceTimersByTimeAsync(150);
    answers = [];
    search.typed('broken');
    search.typed('');
    await vi.advanceTimersByTimeAsync(500);
    expect(answers).toEqual([{ kind: 'asking' }, { kind: 'none' }]);
    search.typed('broken');
    await vi.advanceTimersByTimeAsync(500);
    expect(answers.at(-1)).toMatchObject({ kind: 'failed', error: { code: 'offline' } });
  });

  it('asks for nothing once its box is gone', async () => {
    search.typed('ana');
    scope.stop();
    await vi.advanceTimersByTimeAsync(500);
    expect(asked()).toEqual([]);
  });
});
