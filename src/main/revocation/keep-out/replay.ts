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
  /** When the run revoked them, ISO 8601; by the server's clock where it told. */
  readonly since: string;
  /** Whose token is newer has come back, ISO 8601: since the last revocation, or the last return that was acted on. */
  readonly newerThan: string;
  readonly returns: number;
  /** When the newest token that was acted on was issued; null while nobody came back. */
  readonly issuedAt: string | null;
  /** When this return was seen, ISO 8601. */
  readonly seenAt: string | null;
  readonly straightBack: number;
  readonly byItself: boolean;
  /** Protected by now: neither looked at nor revoked. */
  readonly leftAlone: boolean;
  /** Has come back, and is not revoked yet. */
  readonly due: boolean;
  readonly outcome: Pick<KeepOutOutcome, 'outcome' | 'note'> | null;
  readonly revokedAt: string | null;
}

/** What the journal of a keeping-out says. Live and after a crash it is read by the same rules. */
export interface ReplayedKeepOut {
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
  /** Time between its records, ms: a clock that was set back takes nothing from it. */
  readonly passedMs: number;
}

/** How long it may go on, ms: until its time by the clock, and no longer than its records leave of what was agreed to. */
export function timeLeftOf(
  { header, passedMs }: Pick<ReplayedKeepOut, 'header' | 'passedMs'>,
  now: number,
): number {
  if (!header || header.until === null) return Infinity;
  const end = Date.parse(header.until);
  return Math.min(end - now, end - Date.parse(header.at) - passedMs);
}

/** Whether a token that was issued then is a return. A time that is none is no return. */
export const isReturn = ({ newerThan }: Pick<Watched, 'newerThan'>, issued: string): boolean =>
  parseApiTime(issued) > parseApiTime(newerThan);

/** The later of two times, ISO 8601. */
const later = (one: string, other: string): string => (parseApiTime(other) > parseApiTime(one) ? other : one);

/** Field by field: there can be 100,000 of them (docs/decisions/memory.md). */
const watchedAtFirst = ({
  index,
  userId,
  name,
  since,
}: Pick<Watched, 'index' | 'userId' | 'name' | 'since'>): Watched => ({
  index,
  userId,
  name,
  since,
  newerThan: since,
  returns: 0,
  issuedAt: null,
  seenAt: null,
  straightBack: 0,
  byItself: false,
  leftAlone: false,
  due: false,
  outcome: null,
  revokedAt: null,
});

/** Whether another try makes sense: a refusal stays one, and a failure may have passed. */
const staysDue = (outcome: KeepOutOutcome['outcome']): boolean => outcome === 'failed';

/** Collects the records of a keeping-out. Everybody else sees it as what it has collected. */
export class KeepOutReplay implements ReplayedKeepOut {
  header: ReplayedKeepOut['header'] = null;
  readonly users: Watched[] = [];
  state: RunState = { kind: 'planned' };
  why = '';
  looks = 0;
  lastLookAt: string | null = null;
  unknown = 0;
  returns = 0;
  revoked = 0;
  lastAt = '';
  passedMs = 0;

  add(record: KeepOutBody & { readonly at: string }): void {
    const { at } = record;
    if (this.lastAt !== '') this.passedMs += Math.max(0, Date.parse(at) - Date.parse(this.lastAt));
    switch (record.type) {
      case 'header':
        this.header = record;
        break;
      case 'user':
        this.users[record.index] = watchedAtFirst(record);
        break;
      case 'state':
        this.state = record.state;
        this.why = record.why;
        break;
      case 'look':
        this.looks += 1;
        this.lastLookAt = at;
        this.unknown = record.unknown;
        break;
      case 'return':
        this.returns += 1;
        this.#change(record.index, (user) => returned(user, record.issuedAt, at));
        break;
      case 'intent':
        break;
      case 'outcome': {
        const { index, outcome, note, sentAt } = record;
        if (outcome === 'revoked') this.revoked += 1;
        this.#change(index, (user) => ({
          outcome: { outcome, note },
          newerThan: sentAt === undefined ? user.newerThan : later(user.newerThan, sentAt),
          due: staysDue(outcome),
          leftAlone: user.leftAlone || outcome === 'kept-back',
          revokedAt: outcome === 'revoked' ? at : user.revokedAt,
        }));
        break;
      }
      case 'by-itself':
        this.#change(record.index, () => ({ byItself: true }));
        break;
    }
    this.lastAt = at;
  }

  #change(index: number, what: (user: Watched) => Partial<Watched>): void {
    const user = this.users[index];
    if (user) this.users[index] = { ...user, ...what(user) };
  }
}

const returned = (user: Watched, issuedAt: string, at: string): Partial<Watched> => {
  // Each time with one of the same clock.
  const after =
    user.revokedAt === null
      ? parseApiTime(issuedAt) - Date.parse(user.since)
      : Date.parse(at) - Date.parse(user.revokedAt);
  return {
    returns: user.returns + 1,
    issuedAt,
    newerThan: issuedAt,
    seenAt: at,
    due: true,
    straightBack: after <= STRAIGHT_BACK_MS ? user.straightBack + 1 : 0,
  };
};
