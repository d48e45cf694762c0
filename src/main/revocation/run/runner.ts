import type { PlanRow } from '../../../shared/plan.ts';
import type { RunState } from '../../../shared/run.ts';
import type { Clock } from '../../clock.ts';
import { failure } from '../../failure.ts';
import type { Settlement } from '../journal/fold.ts';
import type { JournalWriter } from '../journal/writer.ts';
import type { RevocationSession } from '../ports.ts';
import { createAnswers } from './answers.ts';
import { createAttempts } from './attempt.ts';
import { cutShort, NO_TRIES, type Tries } from './judge.ts';
import { createLedger } from './ledger.ts';
import { createLifecycle } from './lifecycle.ts';
import { snapshot, tellRegularly, type RunnerProgress } from './progress.ts';
import { createQueue, type Pending } from './queue.ts';
import { createRecovery } from './recovery.ts';
import { createTally } from './tally.ts';

/**
 * Workers that wait at the gate. As soon as one passes, another takes its place, so that there are always as many calls
 * under way as pace × latency asks for, and the gate is the limit, never the latency.
 */
const AT_GATE = 2;

/** Most workers together, those that wait to retry included. At 300 a minute enough for answers that take 25 s. */
const MAX_WORKERS = 128;

/** A call that does not even end when it is aborted is given up after this, ms. */
const ABORT_MS = 500;

export interface RunnerOptions {
  readonly runId: string;
  readonly dryRun: boolean;
  readonly rows: readonly PlanRow[];
  /** Outcomes of the time before an interruption; the runner adds to it. */
  readonly settled: Map<number, Settlement>;
  /** Users that were begun before an interruption, by index. */
  readonly begun: ReadonlyMap<number, Tries>;
  /** Users who are protected by now, by index, and why: they are kept back before anybody is called for. */
  readonly keepBack?: ReadonlyMap<number, string>;
  readonly journal: JournalWriter;
  readonly session: RevocationSession;
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  readonly onProgress: (progress: RunnerProgress) => void;
}

export interface Runner {
  readonly state: RunState;
  /** Begins, or goes on after an interruption. Throws AppFailure `file-not-writable`, and then nobody was called for. */
  start(event: 'started' | 'resumed'): Promise<void>;
  /** No new calls; those under way end. */
  pause(): void;
  /** @param session signed in again, perhaps; the caller has checked that it is the same org and operator. */
  continue(session: RevocationSession): Promise<void>;
  /** As pause, and for good: who was not called for never will be. */
  cancel(): void;
  /** For the end of the app: no new calls, those under way get `graceMs`, and the run can be resumed. */
  stop(graceMs: number): Promise<void>;
  /** The computer goes to sleep, or is awake again. */
  sleep(): void;
  wake(): void;
  /** The disk failed behind records that were written. */
  journalFailed(): void;
  progress(): RunnerProgress;
  /** Whether a call was begun for that row whose outcome is not known yet. */
  isBegun(index: number): boolean;
  /** Resolves when the run has ended or was stopped, and its journal is closed. */
  readonly ended: Promise<void>;
}

/** Revokes users one by one, through the gate, each with its intent and its outcome in the journal. */
export function createRunner(options: RunnerOptions): Runner {
  const { runId, dryRun, rows, settled, journal, clock, random, onProgress } = options;
  const tally = createTally(clock);
  const ledger = createLedger({
    rows,
    settled,
    begun: options.begun,
    journal,
    tally,
    clock,
    onSettled: () => noteChange(),
  });
  const queue = createQueue(
    ledger.users.filter(({ index }) => !settled.has(index) && !options.keepBack?.has(index)),
    options.begun,
    options.session.operator.userId,
  );

  let session = options.session;
  const over = new AbortController();
  let workers = 0;
  let ending = false;
  let onIdle = (): void => undefined;
  let onEnded = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    onEnded = resolve;
  });

  const now = (): string => new Date(clock.now()).toISOString();
  const isRunning = (): boolean => life.state.kind === 'running';
  const progress = (): RunnerProgress => {
    const { inFlight } = attempts;
    const { tooManyRequests, retries } = answers;
    const users = ledger.users.length - ledger.keptBack;
    return snapshot(
      { runId, state: life.state, dryRun, users, inFlight, tooManyRequests, retries },
      tally,
      session.pacer,
    );
  };
  const tell = (): void => onProgress(progress());
  const noteChange = tellRegularly(clock, over.signal, isRunning, tell);

  const life = createLifecycle({
    journal,
    clock,
    onChange: () => {
      if (isRunning()) tally.running();
      tell();
      noteChange();
    },
    writeUnwritten: () => ledger.writeUnwritten(),
    onGoOn: () => {
      answers.forgetStreaks();
      fill();
      whenIdle();
    },
  });

  const shared = { session: () => session, queue, ledger, life, clock };
  const attempts = createAttempts({ ...shared, onPassed: fill, onChange: noteChange });
  const answers = createAnswers({
    ...shared,
    operatorId: options.session.operator.userId,
    recovery: () => recovery,
    random,
    fresh: settled.size === 0,
  });
  const recovery = createRecovery({
    ...shared,
    attempts,
    answers,
    workforce: {
      get count() {
        return workers;
      },
      enter: () => {
        workers += 1;
      },
      leave: () => {
        workers -= 1;
        whenIdle();
      },
      fill,
    },
  });

  /** Bounded by the attempts that `judge` allows. */
  const handle = async (user: Pending): Promise<void> => {
    const { signal } = life;
    for (let current: Pending | null = user; current;) {
      const tried = await attempts.attempt(current, signal);
      current = tried && (await answers.conclude(tried.user, tried.answer, signal));
    }
  };

  /** A dry run does all but the call, so it needs no gate, and no intent: there is nothing to be unsure of. */
  const handleDry = (user: Pending): Promise<void> =>
    answers.settle(user, { outcome: 'would-revoke', note: null, status: null, correlationId: null });

  const work = async (): Promise<void> => {
    workers += 1;
    while (isRunning() && attempts.atGate < AT_GATE) {
      const user = queue.take(workers === 1);
      if (!user) break;
      await (dryRun ? handleDry(user) : handle(user));
    }
    workers -= 1;
    fill(); // the operator waits until nobody else is on the way
    whenIdle();
  };

  function fill(): void {
    while (isRunning() && queue.ready(workers === 0) && attempts.atGate < AT_GATE && workers < MAX_WORKERS)
      void work();
  }

  /** Whose call was begun before is not known to be untouched, so that it does not say so either. */
  const keepBack = async (): Promise<void> => {
    for (const { index, userId } of ledger.users) {
      const note = options.keepBack?.get(index);
      if (note === undefined || settled.has(index)) continue;
      const tries = options.begun.get(index);
      await answers.settle(
        { index, userId, tries: tries ?? NO_TRIES, begun: tries !== undefined },
        tries ? cutShort(tries) : { outcome: 'kept-back', note, status: null, correlationId: null },
      );
    }
  };

  // --- the end

  const end = async (): Promise<void> => {
    over.abort();
    await journal.close().catch(() => undefined); // every record it took is written; only the last sync may be missing
    onEnded();
    tell();
  };

  const finish = async (): Promise<void> => {
    if (await life.finish()) await end();
    else ending = false;
  };

  const closeCancelled = async (): Promise<void> => {
    const rest = queue.drain();
    for (const user of rest.begun) await answers.settle(user, cutShort(user.tries));
    await life.writeAll().catch(() => undefined); // once more; what is left is told as it stands in the journal
    tally.addMany('not-attempted', rest.untouched);
    tally.addMany('failed', ledger.unwritten); // as their rows say: no answer was recorded
    await end();
  };

  function whenIdle(): void {
    if (workers > 0) return;
    onIdle();
    if (ending) return;
    const { kind } = life.state;
    if (kind === 'cancelled') {
      ending = true;
      void closeCancelled();
    } else if ((kind === 'running' || kind === 'paused') && queue.left === 0 && ledger.unwritten === 0) {
      ending = true;
      void finish();
    }
  }

  const idleWithin = async (ms: number): Promise<void> => {
    if (workers === 0) return;
    const enough = new AbortController();
    const idle = new Promise<void>((resolve) => {
      onIdle = resolve;
    });
    await Promise.race([idle, clock.sleep(ms, enough.signal)]);
    enough.abort();
  };

  return {
    get state() {
      return life.state;
    },
    ended,
    progress,
    journalFailed: () => life.journalFailed(),
    sleep: () => life.sleep(),
    wake: () => life.wake(),
    isBegun: (index) => ledger.isBegun(index),
    start: async (event) => {
      try {
        await life.begin(event);
      } catch (error) {
        over.abort();
        throw error;
      }
      await keepBack();
      fill();
      whenIdle();
    },
    pause: () => life.pause('by-you', 'Paused by the operator'),
    continue: async (next) => {
      session = next;
      await life.goOn('Continued by the operator').catch((error: unknown) => {
        throw failure('file-not-writable', 'The journal of the run cannot be written.', error);
      });
    },
    cancel: () => {
      if (!ending && life.enter({ kind: 'cancelled', at: now() }, 'Cancelled by the operator')) whenIdle();
    },
    stop: async (graceMs) => {
      life.enter({ kind: 'interrupted' }, 'The app was closed');
      await idleWithin(graceMs);
      attempts.cutShort();
      await idleWithin(ABORT_MS);
      if (!ending) {
        ending = true;
        await end();
      }
      await ended;
    },
  };
}
