import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { onConnectionChange } from './session.ts';

export interface RecentUser {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

/** As many as fit the palette without scrolling past them. */
const MOST = 8;

/** Whom the person has looked at since the app started and in this org, newest first. Never on disk. */
export const useRecentUsersStore = defineStore('recent-users', () => {
  const users = shallowRef<readonly RecentUser[]>([]);
  onConnectionChange(() => {
    users.value = [];
  });

  const note = ({ id, name, email }: RecentUser): void => {
    users.value = [{ id, name, email }, ...users.value.filter((user) => user.id !== id)].slice(0, MOST);
  };
  /** A row of a plan or a report; one that stands for nobody is passed over. */
  const noteRow = (row: { userId: string | null; name: string | null; email: string | null }): void => {
    if (row.userId !== null) note({ id: row.userId, name: row.name ?? row.userId, email: row.email });
  };

  return { users, note, noteRow };
});
