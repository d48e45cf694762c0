import { MOST_KEPT_OUT, type KeepOutKey, type KeepOutRequest } from '../../../shared/keep-out.ts';
import type { ProtectedEntry } from '../../../shared/plan.ts';
import type { Clock } from '../../clock.ts';
import { failure } from '../../failure.ts';
import { reportRows } from '../history/load.ts';
import type { Runs } from '../history/runs.ts';
import { readVerifications } from '../history/verifications.ts';
import { mayTakeOver, ownerOfHeader, regionOf } from '../owner.ts';
import type { RevocationSession } from '../ports.ts';
import { revokedSince } from '../report/rows.ts';
import { describe, type Resumable } from '../run/resumable.ts';
import { hasEnded } from '../run/state.ts';
import { keepOutFolder, readKeepOut } from './files.ts';
import { timeLeftOf } from './replay.ts';

/** Somebody who is to be kept out, and since when a token means that they are back. */
export interface ToKeepOut {
  readonly index: number;
  readonly userId: string;
  readonly name: string | null;
  readonly since: string;
}

/** What a person is asked to agree to: these users, for this time. */
export interface KeepOutAgreed {
  readonly request: Pick<KeepOutRequest, 'runId' | 'minutes'>;
  readonly users: readonly ToKeepOut[];
  readonly what: Pick<Resumable, 'first' | 'keepBack'>;
  /** The reason of the run. */
  readonly reason: string;
  /** Of one that goes on after an interruption: until when, and the last line of its journal. */
  readonly resumed: {
    readonly until: string | null;
    readonly keepOutId: string;
    readonly prev: string;
  } | null;
  readonly session: RevocationSession;
  readonly holds: () => boolean;
}

export interface Agreeing {
  /** Every check but the person's consent. @throws AppFailure `run-active`, `other-organization`, `nothing-selected`, `too-many-users`. */
  ready(request: KeepOutRequest): Promise<KeepOutAgreed>;
  /** @throws AppFailure `no-such-item`, `journal-damaged`, `other-organization`, `run-active`. */
  readyToResume(key: KeepOutKey): Promise<KeepOutAgreed>;
}

/** The run's revoked users whom the request means, the operator and whoever is protected among them. */
async function usersOf(runs: Runs, { runId, who }: KeepOutRequest): Promise<readonly ToKeepOut[]> {
  const run = await runs.load(runId);
  const latest = (await readVerifications(runs.folderOf(runId))).records.at(-1);
  const again = new Set(latest?.again.map(({ index }) => index));
  return [...reportRows(run)].flatMap((row) => {
    const { index, outcome, userId, name } = row;
    const since = revokedSince(row);
    return outcome === 'revoked' &&
      userId !== null &&
      since !== null &&
      (who === 'revoked' || again.has(index))
      ? [{ index, userId, name, since }]
      : [];
  });
}

/** Works out what keeping out means, before anybody is asked: nothing is believed but what the directory says now. */
export function createAgreeing(options: {
  readonly runs: Runs;
  readonly clock: Clock;
  readonly session: () => RevocationSession | null;
  /** @throws AppFailure `signed-out` */
  readonly signedIn: () => RevocationSession;
  readonly protectedEntries: (connectionId: string) => Promise<readonly ProtectedEntry[]>;
  /** Somebody is kept out already. */
  readonly isBusy: () => boolean;
}): Agreeing {
  const { runs, clock, signedIn, protectedEntries, isBusy } = options;

  const refuseBusy = (): void => {
    if (isBusy()) throw failure('run-active', 'Users are being kept out already. Stop that first.');
  };

  const agreedOf = async (
    found: readonly ToKeepOut[],
    runId: string,
    session: RevocationSession,
  ): Promise<Pick<KeepOutAgreed, 'users' | 'what' | 'reason'>> => {
    const { header } = (await runs.load(runId)).replayed;
    if (!header) throw failure('journal-damaged', 'The journal has no header.');
    // Their own tokens would end the session with which others are kept out.
    const own = session.operator.userId?.toLowerCase();
    const all = found.filter(({ userId }) => userId.toLowerCase() !== own);
    const what = await describe(all, header, null, session, protectedEntries);
    const users = all.filter(({ index }) => !what.keepBack.has(index));
    return { users, what, reason: header.reason };
  };

  const ready: Agreeing['ready'] = async (request) => {
    const session = signedIn();
    refuseBusy();
    const { header } = (await runs.load(request.runId)).replayed;
    if (header?.orgId !== session.connection.organization.id || header.region !== regionOf(session))
      throw failure('other-organization', `This run belongs to ${header?.orgName ?? 'another org'}.`);
    const agreed = await agreedOf(await usersOf(runs, request), request.runId, session);
    if (agreed.users.length === 0) throw failure('nothing-selected', 'Nobody is left to keep out.');
    if (agreed.users.length > MOST_KEPT_OUT)
      throw failure('too-many-users', `At most ${MOST_KEPT_OUT} users can be kept out at once.`);
    const holds = (): boolean => options.session() === session && !isBusy();
    return { ...agreed, request, resumed: null, session, holds };
  };

  const readyToResume: Agreeing['readyToResume'] = async ({ runId, keepOutId }) => {
    const session = signedIn();
    refuseBusy();
    const found = await readKeepOut(keepOutFolder(runs.folderOf(runId), keepOutId), keepOutId);
    const { header, state, users } = found.replayed;
    if (found.damage !== null || !header)
      throw failure('journal-damaged', found.damage ?? 'The journal has no header.');
    const { operator, until } = header;
    if (hasEnded(state) || timeLeftOf(found.replayed, clock.now()) <= 0)
      throw failure('no-such-item', 'Its time is over.');
    if (!mayTakeOver(session, ownerOfHeader(header)))
      throw failure('other-organization', `It belongs to ${operator.name} in ${header.orgName}.`);
    const agreed = await agreedOf(users, runId, session);
    const holds = (): boolean => options.session() === session && !isBusy();
    const resumed = { until, keepOutId, prev: found.tail.prev };
    return { ...agreed, request: { runId, minutes: null }, resumed, session, holds };
  };

  return { ready, readyToResume };
}
