import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { installFakeBridge } from '../testing/fake-bridge.ts';
import { sampleConnection, sampleSession } from '../testing/samples.ts';
import { useRecentUsersStore } from './recent-users.ts';
import { useSessionStore } from './session.ts';

const user = (n: number) => ({ id: `u-${n}`, name: `User ${n}`, email: null });

beforeEach(() => {
  setActivePinia(createPinia());
  installFakeBridge({});
  useSessionStore().begin(sampleSession, [sampleConnection]);
});

it('keeps the newest eight, each once', () => {
  const recent = useRecentUsersStore();
  for (let n = 1; n <= 10; n += 1) recent.note(user(n));
  recent.note(user(5));
  expect(recent.users.map(({ id }) => id)).toEqual([5, 10, 9, 8, 7, 6, 4, 3].map((n) => `u-${n}`));
});

it('takes rows that stand for somebody', () => {
  const recent = useRecentUsersStore();
  recent.noteRow({ userId: null, name: null, email: 'nobody@example.com' });
  recent.noteRow({ userId: 'u-1', name: null, email: null });
  expect(recent.users).toEqual([{ id: 'u-1', name: 'u-1', email: null }]);
});

it('forgets the people of an org with the connection to it', async () => {
  const recent = useRecentUsersStore();
  recent.note(user(1));
  useSessionStore().begin({ kind: 'expired', connection: { ...sampleConnection, id: 'c-2' } }, []);
  await nextTick();
  expect(recent.users).toEqual([]);
});
