import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../../shared/result.ts';
import { installFakeBridge, type FakeBridge } from '../testing/fake-bridge.ts';
import { sampleSession } from '../testing/samples.ts';
import { useDirectorySearchStore } from './directory-search.ts';
import { useSessionStore } from './session.ts';

let bridge: FakeBridge;

beforeEach(() => {
  bridge = installFakeBridge({
    'directory.names': () =>
      ok({
        division: { entries: [], complete: true, problem: null },
        group: { entries: [{ id: 'g', name: 'Night shift', users: 12 }], complete: true, problem: null },
        role: { entries: [], complete: false, problem: null },
      }),
    'directory.search': () => ok({ entries: [{ id: 'r', name: 'Night admin', users: null }], total: 1 }),
  });
  setActivePinia(createPinia());
  useSessionStore().begin(sampleSession, []);
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
    expect(bridge.calls.at(-1)).toEqual({ name: 'directory.search', input: { kind: 'role', text: 'night' } });
  });
});
