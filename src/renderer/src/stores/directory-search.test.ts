import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FoundPeople } from '../../../shared/directory.ts';
import { failed, ok } from '../../../shared/result.ts';
import { installFakeBridge, type FakeBridge } from '../testing/fake-bridge.ts';
import { sampleSession } from '../testing/samples.ts';
import { entriesWith, useDirectorySearchStore, type PeopleAnswer } from './directory-search.ts';
import { useSessionStore } from './session.ts';

const NOBODY: FoundPeople = { people: [], total: 0 };
let bridge: FakeBridge;
let answers: PeopleAnswer[];

beforeEach(() => {
  vi.useFakeTimers();
  answers = [];
  bridge = installFakeBridge({
    'directory.findPeople': ({ text }) =>
      text === 'broken' ? failed({ code: 'offline', message: 'no network' }) : ok(NOBODY),
    'directory.names': () =>
      ok({
        division: { entries: [], complete: true, problem: null },
        group: { entries: [{ id: 'g', name: 'Night shift', users: 12 }], complete: true, problem: null },
        role: { entries: [], complete: false, problem: null },
      }),
    'directory.find': () => ok({ entries: [{ id: 'r', name: 'Night admin', users: null }], total: 1 }),
  });
  setActivePinia(createPinia());
  useSessionStore().begin(sampleSession, []);
});
afterEach(() => vi.useRealTimers());

const asked = (): readonly unknown[] =>
  bridge.calls.filter(({ name }) => name === 'directory.findPeople').map(({ input }) => input);

describe('typing a name', () => {
  it('asks once a pause, for what stands there then', async () => {
    const typing = useDirectorySearchStore().createTyping((answer) => answers.push(answer));
    for (const text of ['a', 'an', 'ana', 'ana l']) {
      typing.typed(text);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(asked()).toEqual([]);
    await vi.advanceTimersByTimeAsync(50);
    expect(asked()).toEqual([{ text: 'ana l' }]);
    expect(answers.at(-1)).toEqual({ kind: 'found', ...NOBODY });
  });

  it('asks nobody for one letter, and nobody twice for the same text', async () => {
    const typing = useDirectorySearchStore().createTyping((answer) => answers.push(answer));
    for (const text of ['a', 'ana', 'anab', 'ana', 'ANA ']) {
      typing.typed(text);
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(asked()).toEqual([{ text: 'ana' }, { text: 'anab' }]);
    expect(answers[0]).toEqual({ kind: 'none' });
  });

  it('is told of nothing that is no longer typed, and of what failed', async () => {
    const typing = useDirectorySearchStore().createTyping((answer) => answers.push(answer));
    typing.typed('ana');
    await vi.advanceTimersByTimeAsync(150);
    answers = [];
    typing.typed('broken');
    typing.stop();
    await vi.advanceTimersByTimeAsync(500);
    expect(answers).toEqual([{ kind: 'asking' }]);
    typing.typed('broken');
    await vi.advanceTimersByTimeAsync(500);
    expect(answers.at(-1)).toMatchObject({ kind: 'failed', error: { code: 'offline' } });
  });
});

describe('groups, roles and divisions', () => {
  it('are known after one reading; a kind with more than that is asked for by name', async () => {
    const store = useDirectorySearchStore();
    await store.readNames();
    await store.readNames();
    expect(bridge.calls.map(({ name }) => name)).toEqual(['directory.names']);
    expect((await store.entries('group', 'night')).map(({ name }) => name)).toEqual(['Night shift']);
    expect(bridge.calls).toHaveLength(1);
    expect((await store.entries('role', 'night')).map(({ name }) => name)).toEqual(['Night admin']);
    expect(bridge.calls.at(-1)).toEqual({ name: 'directory.find', input: { kind: 'role', text: 'night' } });
  });

  it('are found by words without accents, those that begin with them first', () => {
    const entries = ['Équipe de nuit', 'Nuit', 'Day'].map((name, n) => ({ id: `${n}`, name, users: null }));
    expect(entriesWith(entries, 'nuit').map(({ name }) => name)).toEqual(['Nuit', 'Équipe de nuit']);
    expect(entriesWith(entries, 'equipe NUIT').map(({ name }) => name)).toEqual(['Équipe de nuit']);
    expect(entriesWith(entries, '')).toHaveLength(3);
  });
});
