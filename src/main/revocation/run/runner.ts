import { EventEmitter } from 'node:events';
import type { PlanRow } from '../../../shared/plan.ts';
import type { RunState } from '../../../shared/run.ts';
import { type Clock, nowIso } from '../../clock.ts';
import { failure } from '../../failure.ts';
import type { Settlement } from '../journal/replay.ts';
import type { JournalWriter } from '../journal/writer.ts';
import type { RevocationSession } from '../ports.ts';
import { Answers } from './answers.ts';
import { createAttempts } from './attempt.ts';
import { cutShort, NO_TRIES, type Tries } from './classify-answer.ts';
import { createEnding } from './ending.ts';
import { createOutcomeLog } from './outcome-log.ts';
import { Lifecycle } from './lifecycle.ts';
import { snapshot, tellRegularly, type RunnerProgress } from './progress.ts';
import { createQueue } from './queue.ts';
import { createRunMetrics } from './run-metrics.ts';
import { Workers } from './workers.ts';

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
  /** Users who are protected by now, by index, and why: they are kept back before any call is made. */
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
  /** Begins, or goes on after an interruption. Throws AppFailure `file-not-writable`, and then no call was made. */
  start(event: 'started' | 'resumed'): Promise<void>;
  /** No new calls; those under way end. */
  pause(): void;
  /** @param session signed in again, perhaps; the caller has checked that it is the same org and operator. */
  continue(session: RevocationSession): Promise<void>;
  /** As pause, and for good: whose call was not begun is never called. */
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

/** What parts tell those that are made after them. */
interface RunEvents {
  /** Something that the window shows, other than the state. */
  readonly changed: [];
  readonly stateChanged: [];
  readonly resumed: [];
}

/** The parts of a run, which share its state, each made of those before it; none of them knows all of it. */
function createParts(options: RunnerOptions, session: () => RevocationSession) {
  const { runId, dryRun, rows, settled, begun, journal, clock, random, onProgress } = options;
  const operatorId = options.session.operator.userId;
  const events = new EventEmitter<RunEvents>();
  const noteChange = (): void => void events.emit('changed');
  const over = new AbortController();
  const metrics = createRunMetrics(clock);
  const outcomeLog = createOutcomeLog({
    ...{ rows, settled, begun, journal, metrics, clock },
    onSettled: noteChange,
  });
  const queue = createQueue(
    outcomeLog.users.filter(({ index }) => !settled.has(index) && !options.keepBack?.has(index)),
    begun,
    operatorId,
  );
  const life = new Lifecycle({
    ...{ journal, clock },
    onChange: () => events.emit('stateChanged'),
    writeUnwritten: () => outcomeLog.writeUnwritten(),
    onResumed: () => events.emit('resumed'),
  });
  const shared = { session, queue, outcomeLog, life, clock };
  const attempts = createAttempts({ ...shared, onChange: noteChange });
  const answers = new Answers({ ...shared, operatorId, random, fresh: settled.size === 0 });

  const progress = (): RunnerProgress => {
    const { inFlight } = attempts;
    const { tooManyRequests, retries } = answers;
    const users = outcomeLog.users.length - outcomeLog.keptBack;
    return snapshot(
      { runId, state: life.state, dryRun, users, inFlight, tooManyRequests, retries },
      metrics,
      session().pacer,
    );
  };
  const tell = (): void => onProgress(progress());
  const isRunning = (): boolean => life.state.kind === 'running';

  const ending = createEnding({
    ...{ journal, life, outcomeLog, queue, metrics, answers },
    onOver: () => over.abort(),
    onEnded: tell,
  });
  const workers = new Workers({
    ...{ dryRun, queue, life, attempts, answers, clock },
    onIdle: () => ending.whenIdle(),
  });

  events.on('changed', tellRegularly(clock, over.signal, isRunning, tell));
  events.on('stateChanged', () => {
    if (isRunning()) metrics.running();
    tell();
    noteChange();
  });
  events.on('resumed', () => {
    answers.forgetStreaks();
    workers.fill();
    workers.noteIdle();
  });
  return { over, outcomeLog, life, attempts, answers, workers, ending, progress };
}

/** Whose call was begun before is not known to be untouched, so that it does not say so either. */
async function keepBack(
  { outcomeLog, answers }: Pick<ReturnType<typeof createParts>, 'outcomeLog' | 'answers'>,
  { keepBack: notes, settled, begun }: RunnerOptions,
): Promise<void> {
  for (const { index, userId } of outcomeLog.users) {
    const note = notes?.get(index);
    if (note === undefined || settled.has(index)) continue;
    const tries = begun.get(index);
    await answers.settle(
      { index, userId, tries: tries ?? NO_TRIES, begun: tries !== undefined },
      tries ? cutShort(tries) : { outcome: 'kept-back', note, status: null, correlationId: null },
    );
  }
}

/** Revokes users one by one, through the gate, each with its intent and its outcome in the journal. */
export function createRunner(options: RunnerOptions): Runner {
  let { session } = options;
  const parts = createParts(options, () => session);
  const { over, outcomeLog, life, attempts, workers, ending, progress } = parts;

  return {
    get state() {
      return life.state;
    },
    ended: ending.ended,
    progress,
    journalFailed: () => life.journalFailed(),
    sleep: () => life.sleep(),
    wake: () => life.wake(),
    isBegun: (index) => outcomeLog.isBegun(index),
    start: async (event) => {
      try {
        await life.begin(event);
      } catch (error) {
        over.abort();
        throw error;
      }
      await keepBack(parts, options);
      workers.fill();
      workers.noteIdle();
    },
    pause: () => life.pause('by-you'),
    continue: async (next) => {
      session = next;
      await life.resume('Continued by the operator').catch((error: unknown) => {
        throw failure('file-not-writable', 'The journal of the run cannot be written.', error);
      });
    },
    cancel: () => {
      const at = nowIso(options.clock);
      if (!ending.begun && life.enter({ kind: 'cancelled', at }, 'Cancelled by the operator'))
        workers.noteIdle();
    },
    stop: async (graceMs) => {
      life.enter({ kind: 'interrupted' }, 'The app was closed');
      await workers.idleWithin(graceMs);
      attempts.cutShort();
      await workers.idleWithin(ABORT_MS);
      await ending.interrupt();
    },
  };
}
