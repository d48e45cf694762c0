import { NO_TRIES, type Tries } from './judge.ts';

/** A user on the way through a run. */
export interface Pending {
  readonly index: number;
  readonly userId: string;
  readonly tries: Tries;
  /** Whether an intent for this user is in the journal. */
  readonly begun: boolean;
}

export interface PendingQueue {
  readonly take: () => Pending | undefined;
  /** For a user whose turn was cut short: first in line again. */
  readonly putBack: (user: Pending) => void;
  readonly left: number;
  /** Empties the queue. @returns those that were begun; the others were never touched. */
  readonly drain: () => { readonly begun: readonly Pending[]; readonly untouched: number };
}

/** @param users in the order they shall go; nothing is copied. @param begun of those that were begun, what is known. */
export function createQueue(
  users: readonly { readonly index: number; readonly userId: string }[],
  begun: ReadonlyMap<number, Tries>,
): PendingQueue {
  // Those that were begun before an interruption go first.
  const returned: Pending[] = users
    .filter(({ index }) => begun.has(index))
    .map(({ index, userId }) => ({ index, userId, tries: begun.get(index) ?? NO_TRIES, begun: true }))
    .reverse();
  const fresh = begun.size === 0 ? users : users.filter(({ index }) => !begun.has(index));
  let next = 0;

  return {
    take: () => {
      const again = returned.pop();
      if (again) return again;
      const user = fresh[next];
      if (!user) return undefined;
      next += 1;
      return { index: user.index, userId: user.userId, tries: NO_TRIES, begun: false };
    },
    putBack: (user) => {
      returned.push(user);
    },
    get left() {
      return returned.length + fresh.length - next;
    },
    drain: () => {
      const all = returned.splice(0);
      const untouched = fresh.length - next + all.filter((user) => !user.begun).length;
      next = fresh.length;
      return { begun: all.filter((user) => user.begun), untouched };
    },
  };
}
