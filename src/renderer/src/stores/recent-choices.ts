import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { RecentChoice } from '../domain/choice.ts';
import { useSessionStore } from './session.ts';

/** As many as one can tell apart at a glance. */
const MOST = 5;

/** What was looked up since the app started, of each connection, newest first. Never on disk: it names people. */
export const useRecentChoicesStore = defineStore('recent-choices', () => {
  const session = useSessionStore();
  const all = shallowRef<ReadonlyMap<string, readonly RecentChoice[]>>(new Map());
  const choices = computed(() => all.value.get(session.connection?.id ?? '') ?? []);

  function note(choice: RecentChoice): void {
    const id = session.connection?.id;
    if (id === undefined) return;
    const others = choices.value.filter(({ text }) => text !== choice.text);
    all.value = new Map(all.value).set(id, [choice, ...others].slice(0, MOST));
  }

  return { choices, note };
});
