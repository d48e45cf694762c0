/** One request as the server saw it. */
interface LedgerRequest {
  /** ms since the epoch. */
  readonly at: number;
  /** The route's pattern, or `unmatched`. */
  readonly route: string;
  readonly path: string;
  readonly status: number;
  readonly correlationId: string;
  /** Whether an answer went out whole, was damaged on purpose, or never went out. */
  readonly answer: 'sent' | 'damaged' | 'lost';
}

/** One time that a user's tokens were ended, whatever became of the answer. */
interface LedgerRevocation {
  readonly at: number;
  readonly tokensEnded: number;
  readonly correlationId: string;
}

export interface Ledger {
  /** Route → status → how many. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** User id → each success of `DELETE /tokens/{userId}` inside the server, in order of time. */
  readonly revocations: Readonly<Record<string, readonly LedgerRevocation[]>>;
  /** Times of all 429s and what they told to wait, seconds. */
  readonly rateLimited: readonly {
    readonly at: number;
    readonly route: string;
    readonly retryAfter: number;
  }[];
  /** The latest requests, oldest first. */
  readonly requests: readonly LedgerRequest[];
  /** How many older requests and 429s are no longer listed; they are still counted. */
  readonly notListed: number;
}

export interface LedgerBook {
  request(entry: LedgerRequest): void;
  revocation(userId: string, entry: LedgerRevocation): void;
  rateLimited(entry: Ledger['rateLimited'][number]): void;
  read(): Ledger;
}

/** Listed at most, so that a server that runs for days stays small. Revocations are bounded by the runs made. */
const MOST_LISTED = 50_000;

/** The ground truth that a report is compared with. */
export const createLedger = (): LedgerBook => {
  const counts = new Map<string, Map<number, number>>();
  const revocations = new Map<string, LedgerRevocation[]>();
  const requests: LedgerRequest[] = [];
  const limited: Ledger['rateLimited'][number][] = [];
  let notListed = 0;

  /** Drops the older half at once: dropping one by one would move the array each time. */
  const keep = <T>(list: T[], entry: T): void => {
    list.push(entry);
    if (list.length <= MOST_LISTED) return;
    notListed += list.splice(0, MOST_LISTED / 2).length;
  };

  return {
    request: (entry) => {
      const byStatus = counts.get(entry.route) ?? new Map<number, number>();
      byStatus.set(entry.status, (byStatus.get(entry.status) ?? 0) + 1);
      counts.set(entry.route, byStatus);
      keep(requests, entry);
    },
    revocation: (userId, entry) => {
      const list = revocations.get(userId);
      if (list) list.push(entry);
      else revocations.set(userId, [entry]);
    },
    rateLimited: (entry) => keep(limited, entry),
    read: () => ({
      counts: Object.fromEntries(
        [...counts].map(([route, byStatus]) => [route, Object.fromEntries(byStatus)]),
      ),
      revocations: Object.fromEntries([...revocations].map(([userId, list]) => [userId, [...list]])),
      rateLimited: [...limited],
      requests: [...requests],
      notListed,
    }),
  };
};
