import { rm } from 'node:fs/promises';
import type { OutcomeRow, RunAbout, RunProgress, RunStartRequest } from '../../../shared/run.ts';
import type { Clock } from '../../clock.ts';
import { AppFailure, failure } from '../../failure.ts';
import { aboutOf, loadRun, readRun } from '../history/load.ts';
import type { Runs } from '../history/runs.ts';
import { writePlan } from '../journal/files.ts';
import type { Settlement } from '../journal/fold.ts';
import { openJournalFile } from '../journal/journal-file.ts';
import { holdsLock, lockFolder } from '../journal/lock.ts';
import type { JournalTail } from '../journal/reader.ts';
import { NO_LINE } from '../journal/records.ts';
import { createJournalWriter, type JournalWriter } from '../journal/writer.ts';
import type { Plan } from '../plan/kept-plans.ts';
import type { RevocationSession } from '../ports.ts';
import { outcomeRow } from '../report/rows.ts';
import { isOwner, mayTakeOver, ownerOf, type RunOwner } from '../owner.ts';
import { checkRequest, headerOf } from './admission.ts';
import { ownerOfHeader, type AgreedResume } from './resumable.ts';
import { NO_TRIES, type Tries } from './judge.ts';
import { createRunner, type Runner } from './runner.ts';
import { hasEnded } from './state.ts';

/** At the app's end: so long for the calls under way, ms; then they are cut. */
const GRACE_MS = 3_000;

/** And never longer than this for everything, ms: a disk that hangs must not keep the app open. */
const SHUTDOWN_MS = 5_000;

/** What is known of a user whose call the end of the app cut short. */
const CUT_OFF: Tries = {
  ...NO_TRIES,
  last: { message: 'The app stopped before the answer came', status: null, correlationId: null },
};

interface Live {
  readonly runId: string;
  readonly about: RunAbout;
  readonly runner: Runner;
  readonly rows: Plan['rows'];
  readonly settled: ReadonlyMap<number, Settlement>;
  readonly owner: RunOwner;
  readonly planHash: string;
  /** Resolves when the run has ended and its folder is free. */
  readonly released: Promise<void>;
}

interface Deps {
  readonly runs: Runs;
  readonly appVersion: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onProgress: (progress: RunProgress) => void;
}

export interface ActiveRun {
  current(): Live | null;
  /** @throws AppFailure `run-active`, `nothing-selected`, `confirmation-needed`, `other-organization`, `invalid-input`, `file-not-writable`. */
  start(
    plan: Plan,
    request: RunStartRequest,
    session: RevocationSession,
    parent?: string | null,
  ): Promise<RunProgress>;
  /** @throws AppFailure `run-active`, `no-such-item`, `journal-damaged`, `other-organization`, `changed-meanwhile`, `file-not-writable`. */
  resume(runId: string, session: RevocationSession, agreed: AgreedResume): Promise<RunProgress>;
  /** @throws AppFailure `no-such-item`, as continue and cancel do, when that run is not going on. */
  pause(runId: string): RunProgress;
  /** Goes on under the session that owns the run. @throws AppFailure `other-organization`, `file-not-writable`. */
  continue(runId: string, session: RevocationSession): Promise<RunProgress>;
  /** Goes on under another connection to the same org: the run is stopped, and resumed from its journal. */
  handOver(runId: string, session: RevocationSession, agreed: AgreedResume): Promise<RunProgress>;
  cancel(runId: string): RunProgress;
  /** Null when that run is not the one going on, or the last that did. */
  progress(runId: string): RunProgress | null;
  /** Null when that run is not going on: its journal tells. */
  outcomes(runId: string, from?: number, count?: number): readonly OutcomeRow[] | null;
  signedIn(session: RevocationSession): Promise<void>;
  /** The computer goes to sleep, or is awake again. */
  sleep(): void;
  wake(): void;
  shutdown(): Promise<void>;
}

/** The one run that may be going on. */
export function createActiveRun({ runs, appVersion, clock, random, onProgress }: Deps): ActiveRun {
  let live: Live | null = null;
  /** From the first check to the first call: nobody else may start meanwhile. */
  let starting = false;
  let lastProgress: RunProgress | null = null;

  const alone = async (work: () => Promise<RunProgress>): Promise<RunProgress> => {
    if (live || starting) throw failure('run-active', 'Another run is going on.');
    starting = true;
    try {
      return await work();
    } finally {
      starting = false;
    }
  };

  const progressOf = ({ runner, about }: Live): RunProgress => ({ ...runner.progress(), about });

  const find = (runId: string): Live => {
    if (live?.runId !== runId) throw failure('no-such-item', 'This run is not going on.');
    return live;
  };

  /** Somebody may press Pause while the last user goes: that is no error. */
  const endedProgress = (runId: string): RunProgress | null =>
    live?.runId !== runId && lastProgress?.runId === runId && hasEnded(lastProgress.state)
      ? lastProgress
      : null;

  const openJournal = async (folder: string, tail: JournalTail): Promise<JournalWriter> => {
    const file = await openJournalFile(folder, () => holdsLock(folder));
    return createJournalWriter(file, tail, clock, () => live?.runner.journalFailed());
  };

  /** Sets the runner going; when it ends, however it ends, the folder is given up. */
  const launch = async (
    what: Omit<Live, 'runner' | 'released' | 'settled'> & { readonly settled: Map<number, Settlement> },
    options: {
      readonly dryRun: boolean;
      readonly begun: ReadonlyMap<number, Tries>;
      readonly keepBack: ReadonlyMap<number, string>;
      readonly journal: JournalWriter;
      readonly session: RevocationSession;
    },
    event: 'started' | 'resumed',
    release: () => Promise<void>,
  ): Promise<RunProgress> => {
    const { runId, about, rows, settled } = what;
    const runner = createRunner({
      runId,
      rows,
      settled,
      ...options,
      clock,
      random,
      onProgress: (progress) => {
        lastProgress = { ...progress, about };
        onProgress(lastProgress);
      },
    });
    const released = runner.ended.then(release).then(() => {
      live = null;
    });
    live = { ...what, runner, released };
    try {
      await runner.start(event);
    } catch (error) {
      live = null;
      throw error;
    }
    return progressOf(live);
  };

  const notWritable = (error: unknown): AppFailure =>
    error instanceof AppFailure
      ? error
      : failure('file-not-writable', 'The folder of the run cannot be written.', error);

  const start: ActiveRun['start'] = async (plan, request, session, parent = null) => {
    checkRequest(plan, request, session);
    return alone(async () => {
      const { runId, folder } = await runs.create(clock.now()).catch((error: unknown) => {
        throw notWritable(error);
      });
      let release = (): Promise<void> => Promise.resolve();
      try {
        release = await lockFolder(folder);
        await writePlan(folder, plan.rows);
        const journal = await openJournal(folder, { length: 0, seq: 0, prev: NO_LINE });
        // Not awaited: the runner's own first record stands behind it, and is.
        const header = headerOf(plan, request, session, runId, appVersion, parent);
        journal.append(header).catch(() => undefined);
        return await launch(
          {
            runId,
            about: aboutOf(runId, header, new Date(clock.now()).toISOString()),
            rows: plan.rows,
            settled: new Map(),
            owner: ownerOf(session),
            planHash: plan.summary.hash,
          },
          { dryRun: request.dryRun, begun: new Map(), keepBack: new Map(), journal, session },
          'started',
          release,
        );
      } catch (error) {
        // Nobody was called for, so nothing is lost with the folder.
        await release();
        await rm(folder, { recursive: true, force: true }).catch(() => undefined);
        throw notWritable(error);
      }
    });
  };

  const resumeLocked = async (
    runId: string,
    folder: string,
    session: RevocationSession,
    agreed: AgreedResume,
    release: () => Promise<void>,
  ): Promise<RunProgress> => {
    const recorded = await readRun(folder, runId);
    const run = recorded.damage === null ? await loadRun(folder, recorded) : { ...recorded, rows: [] };
    const { header: head, state, settled, open } = run.folded;
    if (run.damage !== null || !head)
      throw failure('journal-damaged', run.damage ?? 'The journal has no header.');
    if (hasEnded(state)) throw failure('no-such-item', 'This run has ended.');
    if (!mayTakeOver(session, ownerOfHeader(head)))
      throw failure('other-organization', 'This run belongs to another org, host or user.');
    if (head.planHash !== agreed.planHash || (agreed.journal !== null && run.tail.prev !== agreed.journal))
      throw failure('changed-meanwhile', 'The record of this run has changed since it was asked for.');
    const journal = await openJournal(folder, run.tail).catch((error: unknown) => {
      throw notWritable(error);
    });
    return launch(
      {
        runId,
        about: aboutOf(runId, head, head.at),
        rows: run.rows,
        settled: new Map(settled),
        owner: ownerOf(session),
        planHash: head.planHash,
      },
      {
        dryRun: head.dryRun,
        begun: new Map([...open.keys()].map((index) => [index, CUT_OFF])),
        keepBack: agreed.keepBack,
        journal,
        session,
      },
      'resumed',
      release,
    );
  };

  const resume: ActiveRun['resume'] = async (runId, session, agreed) => {
    const folder = runs.folderOf(runId);
    await runs.summary(runId);
    const release = await lockFolder(folder);
    try {
      return await resumeLocked(runId, folder, session, agreed, release);
    } catch (error) {
      await release();
      throw error;
    }
  };

  return {
    current: () => live,
    start,
    resume: (runId, session, agreed) => alone(() => resume(runId, session, agreed)),
    handOver: async (runId, session, agreed) => {
      const { runner, released } = find(runId);
      await runner.stop(GRACE_MS);
      await released;
      return alone(() => resume(runId, session, agreed));
    },
    pause: (runId) => {
      const over = endedProgress(runId);
      if (over) return over;
      const found = find(runId);
      found.runner.pause();
      return progressOf(found);
    },
    continue: async (runId, session) => {
      const found = find(runId);
      if (!isOwner(session, found.owner))
        throw failure(
          'other-organization',
          'Another org, host or user is signed in than the one that began this run.',
        );
      await found.runner.continue(session);
      return progressOf(found);
    },
    cancel: (runId) => {
      const over = endedProgress(runId);
      if (over) return over;
      const found = find(runId);
      found.runner.cancel();
      return progressOf(found);
    },
    progress: (runId) => (live?.runId === runId ? progressOf(live) : endedProgress(runId)),
    outcomes: (runId, from = 0, count = Infinity) => {
      if (live?.runId !== runId) return null;
      const { rows, settled, runner } = live;
      return rows
        .slice(from, from + count)
        .map((row) => outcomeRow(row, settled.get(row.index), runner.isBegun(row.index)));
    },
    signedIn: async (session) => {
      if (!live || !isOwner(session, live.owner)) return;
      const { state } = live.runner;
      if (state.kind === 'paused' && state.reason === 'sign-in-needed') await live.runner.continue(session);
    },
    sleep: () => live?.runner.sleep(),
    wake: () => live?.runner.wake(),
    shutdown: async () => {
      if (!live) return;
      const { runner, released } = live;
      const enough = new AbortController();
      await Promise.race([
        runner.stop(GRACE_MS).then(() => released),
        clock.sleep(SHUTDOWN_MS, enough.signal).catch(() => undefined),
      ]);
      enough.abort();
    },
  };
}
