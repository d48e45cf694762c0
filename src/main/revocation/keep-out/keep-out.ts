import { rm } from 'node:fs/promises';
import type { KeepOutKey, KeepOutSummary } from '../../../shared/keep-out.ts';
import type { ProtectedEntry } from '../../../shared/plan.ts';
import type { Clock } from '../../clock.ts';
import { AppFailure, failure } from '../../failure.ts';
import type { Runs } from '../history/runs.ts';
import { NO_LINE } from '../journal/chain.ts';
import { openJournalFile } from '../journal/journal-file.ts';
import { holdsLock, lockFolder, lockPath } from '../journal/lock.ts';
import type { JournalTail } from '../journal/reader.ts';
import { createChainWriter } from '../journal/writer.ts';
import { mayTakeOver } from '../owner.ts';
import type { RevocationSession } from '../ports.ts';
import { hasEnded } from '../run/state.ts';
import { createAgreeing, type Agreeing, type KeepOutAgreed } from './agreeing.ts';
import { closeInterrupted } from './closing.ts';
import {
  createKeepOutFolder,
  keepOutFolder,
  keepOutIds,
  readKeepOut,
  restingSummary,
  summariseKeepOut,
} from './files.ts';
import { createKeepOutFold } from './fold.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import { firstRecords } from './first-records.ts';
import { keepOutRecords, type KeepOutBody } from './records.ts';

/** At the app's end: so long for the call under way, ms. */
const GRACE_MS = 2_000;

export interface KeepOut extends Agreeing {
  start(agreed: KeepOutAgreed): Promise<KeepOutSummary>;
  resume(agreed: KeepOutAgreed): Promise<KeepOutSummary>;
  /** For good; one that was interrupted too. */
  stop(key: KeepOutKey): Promise<KeepOutSummary>;
  pause(key: KeepOutKey): KeepOutSummary;
  /** Under the sign-in that began it. @throws AppFailure `other-organization`, `file-not-writable`. */
  continue(key: KeepOutKey): Promise<KeepOutSummary>;
  /** Of that run, newest first; with null those of all runs that go on or can go on. */
  list(runId: string | null): Promise<readonly KeepOutSummary[]>;
  /** Those of all runs, newest first. */
  all(): Promise<readonly KeepOutSummary[]>;
  /** The run whose users are kept out now. */
  activeRunId(): string | null;
  signedIn(session: RevocationSession): Promise<void>;
  sleep(): void;
  wake(): void;
  shutdown(): Promise<void>;
}

interface Live extends KeepOutKey {
  readonly keeper: Keeper;
  readonly released: Promise<void>;
}

/** The one keeping-out that may go on. */
export function createKeepOut(options: {
  readonly runs: Runs;
  readonly appVersion: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly session: () => RevocationSession | null;
  readonly protectedEntries: (connectionId: string) => Promise<readonly ProtectedEntry[]>;
  /** Users that a dialog names. */
  readonly names: number;
  readonly onChange: (summary: KeepOutSummary) => void;
}): KeepOut {
  const { runs, appVersion, clock, random, onChange } = options;
  let live: Live | null = null;
  let starting = false;

  const signedIn = (): RevocationSession => {
    const session = options.session();
    if (!session) throw failure('signed-out', 'Nobody is signed in.');
    return session;
  };
  const isBusy = (): boolean => live !== null || starting;
  const agreeing = createAgreeing({ ...options, signedIn, isBusy });
  const find = ({ keepOutId }: KeepOutKey): Live => {
    if (live?.keepOutId !== keepOutId) throw failure('no-such-item', 'Nobody is kept out by that name now.');
    return live;
  };
  const summaryOf = ({ keeper, ...key }: Live): KeepOutSummary =>
    summariseKeepOut(key, keeper.folded, keeper.state, null);

  const launch = async (
    key: KeepOutKey,
    folder: string,
    how: {
      readonly fold: ReturnType<typeof createKeepOutFold>;
      readonly tail: JournalTail;
      readonly session: RevocationSession;
      readonly until: string | null;
      readonly first: readonly KeepOutBody[];
      readonly event: 'started' | 'resumed';
    },
    release: () => Promise<void>,
  ): Promise<KeepOutSummary> => {
    const { fold, tail, session, until, first, event } = how;
    const file = await openJournalFile(folder, () => holdsLock(folder), [lockPath(folder)]);
    const journal = createChainWriter<KeepOutBody>(
      file,
      tail,
      clock,
      () => live?.keeper.journalFailed(),
      keepOutRecords.encode,
    );
    const keeper: Keeper = createKeeper({
      ...{ fold, journal, session, until, clock, random },
      onChange: () => {
        if (live) onChange(summaryOf(live));
      },
    });
    const released = keeper.ended.then(release).then(() => {
      live = null;
    });
    live = { ...key, keeper, released };
    try {
      await keeper.start(event, first);
    } catch (error) {
      live = null;
      throw error;
    }
    return summaryOf(live);
  };

  const alone = async (work: () => Promise<KeepOutSummary>): Promise<KeepOutSummary> => {
    if (isBusy()) throw failure('run-active', 'Users are being kept out already. Stop that first.');
    starting = true;
    try {
      return await work();
    } catch (error) {
      throw error instanceof AppFailure
        ? error
        : failure('file-not-writable', 'The folder of the run cannot be written.', error);
    } finally {
      starting = false;
    }
  };

  const start = async ({ request, users, session }: KeepOutAgreed): Promise<KeepOutSummary> => {
    const { runId, minutes } = request;
    const { header: run } = (await runs.load(runId)).folded;
    const { keepOutId, folder } = await createKeepOutFolder(runs.folderOf(runId), random);
    let release = (): Promise<void> => Promise.resolve();
    try {
      release = await lockFolder(folder);
      const until = minutes === null ? null : new Date(clock.now() + minutes * 60_000).toISOString();
      const first = firstRecords({ runId, keepOutId }, run, users, session, until, appVersion);
      const tail = { length: 0, seq: 0, prev: NO_LINE };
      const how = { fold: createKeepOutFold(), tail, session, until, first, event: 'started' } as const;
      return await launch({ runId, keepOutId }, folder, how, release);
    } catch (error) {
      // Nobody was called for, so nothing is lost with the folder.
      await release();
      await rm(folder, { recursive: true, force: true }).catch(() => undefined);
      throw error;
    }
  };

  const resume = async ({ request, resumed, session, what }: KeepOutAgreed): Promise<KeepOutSummary> => {
    const { runId } = request;
    const { keepOutId = '', prev = '' } = resumed ?? {};
    const folder = keepOutFolder(runs.folderOf(runId), keepOutId);
    const release = await lockFolder(folder);
    try {
      const { folded, tail, damage } = await readKeepOut(folder, keepOutId);
      if (damage !== null) throw failure('journal-damaged', damage);
      if (tail.prev !== prev)
        throw failure('changed-meanwhile', 'Its record has changed since it was asked for.');
      const first = [...what.keepBack].flatMap(([index, note]): readonly KeepOutBody[] => {
        const user = folded.users[index];
        return user ? [keptBack(index, user.userId, note)] : [];
      });
      const until = folded.header?.until ?? null;
      const how = { fold: folded, tail, session, until, first, event: 'resumed' } as const;
      return await launch({ runId, keepOutId }, folder, how, release);
    } catch (error) {
      await release();
      throw error;
    }
  };

  const listOf = async (runIds: readonly string[]): Promise<readonly KeepOutSummary[]> => {
    const found: KeepOutSummary[] = [];
    for (const id of runIds)
      for (const keepOutId of await keepOutIds(runs.folderOf(id))) {
        const one =
          live?.keepOutId === keepOutId
            ? summaryOf(live)
            : await restingSummary(id, keepOutId, keepOutFolder(runs.folderOf(id), keepOutId)).catch(
                () => null,
              );
        if (one) found.push(one);
      }
    return found.sort((a, b) => b.about.createdAt.localeCompare(a.about.createdAt));
  };
  const all = async (): Promise<readonly KeepOutSummary[]> =>
    listOf((await runs.list()).map(({ runId }) => runId));

  return {
    ...agreeing,
    start: (agreed) => alone(() => start(agreed)),
    resume: (agreed) => alone(() => resume(agreed)),
    stop: async (key) => {
      const why = `Stopped by ${options.session()?.operator.name ?? 'the operator'}`;
      if (live?.keepOutId !== key.keepOutId)
        return closeInterrupted(key, keepOutFolder(runs.folderOf(key.runId), key.keepOutId), clock, why);
      const stopped = live;
      stopped.keeper.stop(why);
      await stopped.released;
      return summaryOf(stopped);
    },
    pause: (key) => {
      const found = find(key);
      found.keeper.pause();
      return summaryOf(found);
    },
    continue: async (key) => {
      const found = find(key);
      const session = signedIn();
      const { header } = found.keeper.folded;
      const owner = header && {
        ...{ connectionId: header.connectionId, region: header.region, orgId: header.orgId },
        operatorId: header.operator.userId,
      };
      if (!owner || !mayTakeOver(session, owner) || session.connection.id !== owner.connectionId)
        throw failure(
          'other-organization',
          'Another org, host or user is signed in than the one that began it.',
        );
      await found.keeper.continue(session).catch((error: unknown) => {
        throw failure('file-not-writable', 'The journal cannot be written.', error);
      });
      return summaryOf(found);
    },
    list: async (runId) =>
      runId === null ? (await all()).filter(({ state }) => !hasEnded(state)) : listOf([runId]),
    all,
    activeRunId: () => live?.runId ?? null,
    signedIn: async (session) => live?.keeper.signedIn(session),
    sleep: () => live?.keeper.sleep(),
    wake: () => live?.keeper.wake(),
    shutdown: async () => {
      if (!live) return;
      const { keeper, released } = live;
      await keeper.interrupt(GRACE_MS);
      await released;
    },
  };
}

/** Who is protected by now is no longer called for. */
const keptBack = (index: number, userId: string, note: string): KeepOutBody => ({
  ...{ type: 'outcome', index, userId, outcome: 'kept-back', note, attempts: 0 },
  ...{ status: null, correlationId: null },
});
