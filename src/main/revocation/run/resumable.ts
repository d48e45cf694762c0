import type { PlanRow, ProtectedEntry } from '../../../shared/plan.ts';
import { failure } from '../../failure.ts';
import { loadRun, readRun, type LoadedRun } from '../history/load.ts';
import type { ReplayedRun } from '../journal/replay.ts';
import type { HeaderBody } from '../journal/records.ts';
import { readProtection } from '../plan/protect.ts';
import { nothingKnown } from '../plan/directory-cache.ts';
import type { DirectoryUser, RevocationSession } from '../ports.ts';
import { mayTakeOver, ownerOfHeader } from '../owner.ts';
import { MOST_NAMES } from '../deps.ts';
import { LISTED_IDS } from '../../api-limits.ts';
import { inBatches } from '../plan/lookup.ts';
import { hasEnded } from './state.ts';

/** Longest that reading whom the list protects may take, ms: a group of 50,000 members takes about 100 s. */
const READ_LIMIT_MS = 300_000;

/** What a person agreed to when a run goes on: exactly this record, and who is kept back now. */
export interface AgreedResume {
  readonly planHash: string;
  /** Hash of the last line of the journal; null for a run that is still being written. */
  readonly journal: string | null;
  /** Why, by index of the row. */
  readonly keepBack: ReadonlyMap<number, string>;
}

/** A run that can go on, as main found it: nothing of it is believed but what the directory says now. */
export interface Resumable extends AgreedResume {
  readonly header: Header;
  /** Users it would revoke, without those kept back now. */
  readonly users: number;
  /** The first of them, by the names and addresses that they have now. */
  readonly first: readonly {
    readonly userId: string;
    readonly name: string;
    readonly email: string | null;
  }[];
  readonly includesOperator: boolean;
  /** Whether another connection began it. */
  readonly otherConnection: boolean;
}

type Header = NonNullable<ReplayedRun['header']>;

interface Left {
  readonly index: number;
  readonly userId: string;
}

/** Users of a plan who have no outcome. */
export const leftOf = (rows: readonly PlanRow[], settled: ReadonlyMap<number, unknown>): readonly Left[] =>
  rows.flatMap(({ index, userId, decision }) =>
    decision.kind === 'revoke' && userId !== null && !settled.has(index) ? [{ index, userId }] : [],
  );

/** A run that can go on, with its plan. @throws AppFailure `no-such-item`, `journal-damaged` */
export async function readUnfinished(
  folder: string,
  runId: string,
): Promise<{ readonly header: Header; readonly run: LoadedRun }> {
  const recorded = await readRun(folder, runId);
  const run = recorded.damage === null ? await loadRun(folder, recorded) : { ...recorded, rows: [] };
  const { header, state } = run.replayed;
  if (run.damage !== null || !header)
    throw failure('journal-damaged', run.damage ?? 'The journal has no header.');
  if (hasEnded(state)) throw failure('no-such-item', 'This run has ended.');
  return { header, run };
}

/**
 * Reads a run from disk and works out what going on with it means. Planted, copied or shared folders are read like any
 * other: whose it is follows from the hosts it names, and the users from the directory, never from the folder.
 * @throws AppFailure `no-such-item`, `journal-damaged`, `other-organization`, `other-hosts`, and what the directory throws.
 */
export async function readResumable(
  folder: string,
  runId: string,
  session: RevocationSession,
  protectedEntries: (connectionId: string) => Promise<readonly ProtectedEntry[]>,
): Promise<Resumable> {
  const { header, run } = await readUnfinished(folder, runId);
  refuseForeign(header, session);
  const left = leftOf(run.rows, run.replayed.settled);
  return describe(left, header, run.tail.prev, session, protectedEntries);
}

/** @throws AppFailure `other-hosts`, `other-organization` */
export function refuseForeign(header: HeaderBody, session: RevocationSession): void {
  const owner = ownerOfHeader(header);
  if (mayTakeOver(session, owner)) return;
  if (owner.orgId === session.connection.organization.id && owner.operatorId === session.operator.userId)
    throw failure('other-hosts', `This run belongs to ${owner.region}, which is not the host in use.`);
  throw failure('other-organization', `This run belongs to ${header.operator.name} in ${header.orgName}.`);
}

/** What going on with these users means, by what the directory and the protected list say now. */
export async function describe(
  left: readonly Left[],
  header: Header,
  journal: string | null,
  session: RevocationSession,
  protectedEntries: (connectionId: string) => Promise<readonly ProtectedEntry[]>,
): Promise<Resumable> {
  const signal = AbortSignal.timeout(READ_LIMIT_MS);
  const { directory, connection, operator } = session;
  const entries = await protectedEntries(connection.id);
  const quiet = (): void => undefined;
  const reading = { directory, known: nothingKnown(), signal, onPage: quiet, onDifference: quiet };
  const protection = await readProtection(() => Promise.resolve(entries), reading);
  // An address in the folder proves nothing about its user: whoever is protected by address is asked for by id.
  const byAddress = entries.some(({ kind }) => kind === 'email');
  const known = new Map<string, DirectoryUser>();
  const ask = async (users: readonly Left[]): Promise<void> => {
    const ids = users.map(({ userId }) => userId);
    for (const batch of inBatches(ids, LISTED_IDS))
      for (const user of await directory.usersByIds(batch, signal)) known.set(user.id.toLowerCase(), user);
  };
  if (byAddress) await ask(left);

  const keepBack = new Map<number, string>();
  for (const { index, userId } of left) {
    const user = known.get(userId.toLowerCase());
    const why = protection.why({ id: userId, email: user?.email ?? null });
    if (why !== null) keepBack.set(index, `On the protected list: ${why}`);
  }
  const going = left.filter(({ index }) => !keepBack.has(index));
  const first = going.slice(0, MOST_NAMES);
  if (!byAddress) await ask(first);
  return {
    header,
    planHash: header.planHash,
    journal,
    keepBack,
    users: going.length,
    first: first.map(({ userId }) => {
      const user = known.get(userId.toLowerCase());
      return { userId, name: user?.name ?? 'Unknown user', email: user?.email ?? null };
    }),
    includesOperator: going.some(({ userId }) => userId.toLowerCase() === operator.userId?.toLowerCase()),
    otherConnection: header.connectionId !== connection.id,
  };
}
