import { NO_TRIES, type Tries } from './classify-answer.ts';

/** A user on the way through a run. */
export interface Pending {
  readonly index: number;
  readonly userId: string;
  readonly tries: Tries;
  /** Whether an intent for this user is in the journal. */
  readonly begun: boolean;
}

export interface PendingQueue {
  /** @param alone nobody else is on the way: only then is it the turn of the one who goes last. */
  readonly take: (alone: boolean) => Pending | undefined;
  /** As `take`, but somebody else each time: one user whose calls always fail must not stand for all. */
  readonly takeForProbe: (alone: boolean) => Pending | undefined;
  /** Whether `take` would give somebody. */
  readonly ready: (alone: boolean) => boolean;
  /** For a user whose turn was cut short: first in line again. */
  readonly putBack: (user: Pending) => void;
  readonly left: number;
  /** Empties the queue. @returns those of them that were begun. */
  readonly drain: () => readonly Pending[];
}

/** Whose tokens are to be revoked. */
type User = Pick<Pending, 'index' | 'userId'>;

/** Field by field: what is handed in as a user may be a whole row. */
const notBegun = ({ index, userId }: User): Pending => ({ index, userId, tries: NO_TRIES, begun: false });

/**
 * @param users in the order they shall go; nothing is copied.
 * @param begun of those that were begun, what is known.
 * @param lastId user who goes after all others: whose tokens the run itself uses.
 */
export function createQueue(
  users: readonly User[],
  begun: ReadonlyMap<number, Tries>,
  lastId: string | null = null,
): PendingQueue {
  const isLast = ({ userId }: User): boolean => userId.toLowerCase() === lastId?.toLowerCase();
  // Those that were begun before an interruption go first.
  const returned: Pending[] = users
    .filter(({ index }) => begun.has(index))
    .map(({ index, userId }) => ({ index, userId, tries: begun.get(index) ?? NO_TRIES, begun: true }))
    .reverse();
  const untouched = begun.size === 0 ? users : users.filter(({ index }) => !begun.has(index));
  const fresh = untouched.some(isLast) ? untouched.filter((user) => !isLast(user)) : untouched;
  const [lastFresh] = untouched.filter(isLast);
  const lastBegun = returned.findIndex(isLast);
  let last: Pending | undefined =
    lastBegun >= 0 ? returned.splice(lastBegun, 1)[0] : lastFresh && notBegun(lastFresh);
  let next = 0;

  const takeFresh = (): Pending | undefined => {
    const user = fresh[next];
    if (!user) return undefined;
    next += 1;
    return notBegun(user);
  };
  const takeLast = (): Pending | undefined => {
    const final = last;
    last = undefined;
    return final;
  };

  return {
    take: (alone) => returned.pop() ?? takeFresh() ?? (alone ? takeLast() : undefined),
    takeForProbe: (alone) => takeFresh() ?? returned.shift() ?? (alone ? takeLast() : undefined),
    ready: (alone) => returned.length + fresh.length > next || (alone && last !== undefined),
    putBack: (user) => {
      if (isLast(user)) last = user;
      else returned.push(user);
    },
    get left() {
      return returned.length + fresh.length - next + (last ? 1 : 0);
    },
    drain: () => {
      const all = [...returned.splice(0), ...(last ? [last] : [])];
      next = fresh.length;
      last = undefined;
      return all.filter((user) => user.begun);
    },
  };
}
