import type { RunState } from '../../../shared/run.ts';
import { parseApiTime } from '../../api-time.ts';
import type { KeepOutBody, KeepOutHeader, KeepOutOutcome } from './records.ts';

/** Who is back so soon after being revoked did not do it by hand, ms; and how often in a row until that is said. */
const STRAIGHT_BACK_MS = 5 * 60_000;
export const TIMES_STRAIGHT_BACK = 3;

/** What is known of a user who is kept out. */
export interface Watched {
  readonly index: number;
  readonly userId: string;
  readonly name: string | null;
  readonly since: string;
  readonly returns: number;
  /** When the newest token that was acted on was issued; null while nobody came back. */
  readonly issuedAt: string | null;
  /** When this return was seen, ISO 8601. */
  readonly seenAt: string | null;
  readonly straightBack: number;
  readonly byItself: boolean;
  /** Protected by now: neither looked at nor called for. */
  readonly leftAlone: boolean;
  /** Has come back, and is not revoked yet. */
  readonly due: boolean;
  readonly outcome: Pick<KeepOutOutcome, 'outcome' | 'note'> | null;
  readonly revokedAt: string | null;
}

/** What the journal of a keeping-out says. Live and after a crash it is read by the same rules. */
export interface KeepOutFolded {
  readonly header: (KeepOutHeader & { readonly at: string }) | null;
  readonly users: readonly Watched[];
  readonly state: RunState;
  readonly why: string;
  readonly looks: number;
  readonly lastLookAt: string | null;
  /** Users for whom the last look was told no time: nothing is known of them. */
  readonly unknown: number;
  readonly returns: number;
  readonly revoked: number;
  /** Time of the last record; empty while there is none. */
  readonly lastAt: string;
}

/** Whether a token that was issued then is a return: newer than all that are known. A time that is none is no return. */
export const isReturn = ({ since, issuedAt }: Watched, issued: string): boolean =>
  parseApiTime(issued) > (issuedAt === null ? Date.parse(since) : parseApiTime(issuedAt));

/** Whether another try makes sense: a refusal stays one, and a failure may have passed. */
const staysDue = (outcome: KeepOutOutcome['outcome']): boolean => outcome === 'failed';

/**
 * Collects the records of a keeping-out.
 * Long: one case a kind of record, over the state that they tell of.
 */
export function createKeepOutReplay(): KeepOutFolded & {
  readonly add: (record: KeepOutBody & { readonly at: string }) => void;
} {
  let header: KeepOutFolded['header'] = null;
  let state: RunState = { kind: 'planned' };
  let why = '';
  let looks = 0;
  let lastLookAt: string | null = null;
  let unknown = 0;
  let returns = 0;
  let revoked = 0;
  let lastAt = '';
  const users: Watched[] = [];

  const change = (index: number, what: (user: Watched) => Partial<Watched>): void => {
    const user = users[index];
    if (user) users[index] = { ...user, ...what(user) };
  };

  const noteReturn = (user: Watched, issuedAt: string, at: string): Partial<Watched> => {
    const quick = Date.parse(at) - Date.parse(user.revokedAt ?? user.since) <= STRAIGHT_BACK_MS;
    return {
      returns: user.returns + 1,
      issuedAt,
      seenAt: at,
      due: true,
      straightBack: quick ? user.straightBack + 1 : 0,
    };
  };

  return {
    get header() {
      return header;
    },
    users,
    get state() {
      return state;
    },
    get why() {
      return why;
    },
    get looks() {
      return looks;
    },
    get unknown() {
      return unknown;
    },
    get lastLookAt() {
      return lastLookAt;
    },
    get returns() {
      return returns;
    },
    get revoked() {
      return revoked;
    },
    get lastAt() {
      return lastAt;
    },
    add: (record) => {
      const { at } = record;
      switch (record.type) {
        case 'header':
          header = record;
          break;
        case 'user': {
          const { index, userId, name, since } = record;
          users[index] = {
            ...{ index, userId, name, since, returns: 0, issuedAt: null, seenAt: null, straightBack: 0 },
            ...{ byItself: false, leftAlone: false, due: false, outcome: null, revokedAt: null },
          };
          break;
        }
        case 'state':
          ({ state, why } = record);
          break;
        case 'look':
          looks += 1;
          lastLookAt = at;
          ({ unknown } = record);
          break;
        case 'return':
          returns += 1;
          change(record.index, (user) => noteReturn(user, record.issuedAt, at));
          break;
        case 'intent':
          break;
        case 'outcome': {
          const { index, outcome, note } = record;
          if (outcome === 'revoked') revoked += 1;
          change(index, (user) => ({
            outcome: { outcome, note },
            due: staysDue(outcome),
            leftAlone: user.leftAlone || outcome === 'kept-back',
            revokedAt: outcome === 'revoked' ? at : user.revokedAt,
          }));
          break;
        }
        case 'by-itself':
          change(record.index, () => ({ byItself: true }));
          break;
      }
      lastAt = at;
    },
  };
}
