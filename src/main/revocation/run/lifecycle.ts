import { setMaxListeners } from 'node:events';
import type { PauseReason, RunState } from '../../../shared/run.ts';
import { type Clock, nowIso } from '../../clock.ts';
import { failure } from '../../failure.ts';
import type { StateBody } from '../journal/records.ts';
import { whyNotWritable } from '../journal/disk-errors.ts';
import type { ChainWriter } from '../journal/writer.ts';
import { transition, type RunEvent } from './state.ts';

/** Intervals at which a pause that can end by itself is tried, ms: doubled each time. */
const FIRST_PROBE_MS = 5_000;
const LONGEST_PROBE_MS = 60_000;

/** A computer that has run for so many steps in a row since it was about to sleep is awake, whatever it has told. */
const AWAKE_STEP_MS = 5_000;
const AWAKE_STEPS = 12;

/** Changes of state kept while the journal cannot be written. More are not made by anybody in earnest. */
const MAX_UNWRITTEN = 100;

interface PauseDetails {
  /** ISO 8601. */
  readonly until?: string;
  readonly note?: string;
  /** Waits for what ends the pause, and ends it. Its `signal` is that of the pause. */
  readonly untilBetter?: () => Promise<void>;
}

export interface Lifecycle {
  readonly state: RunState;
  /** Aborted at the next change of state: ends all waiting of the stretch between two changes. */
  readonly signal: AbortSignal;
  /** Records that the run runs, for good, and enters it. @throws AppFailure `file-not-writable`, and nothing has begun. */
  begin(event: 'started' | 'resumed'): Promise<void>;
  /** @returns false when the event does not apply now. The record follows; only its failure is told, by a pause. */
  enter(event: RunEvent, why: string): boolean;
  /** Pauses, and then waits for `untilBetter` in the background: it ends with this stretch. */
  pause(reason: PauseReason, why: string, more?: PauseDetails): void;
  /** Ends a pause, after everything known is in the journal. Throws when it cannot be written; the run stays paused. */
  goOn(why: string): Promise<void>;
  journalFailed(): void;
  /** The pacing gate lets nobody pass: the run pauses and tries again, ever more seldom, instead of at once. */
  gateFailed(note: string): void;
  /** Writes everything that could not be written before. Throws when it still cannot. */
  writeAll(): Promise<void>;
  /** The computer goes to sleep: nobody is called for until it is awake. Other pauses stay as they are. */
  sleep(): void;
  wake(): void;
  /** Records the end first: an end that is not in the journal is none. @returns false when it could not be. */
  finish(why?: string): Promise<boolean>;
  /** @returns false when the stretch has ended meanwhile. */
  waited(ms: number, signal: AbortSignal): Promise<boolean>;
  /** As `waited`, for the n-th try of something that may be better by now. */
  waitedForProbe(n: number, signal: AbortSignal): Promise<boolean>;
}

const newEpoch = (): AbortController => {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal); // as many as there are workers
  return controller;
};

/** The state of a run, its records in the journal, and the ways out of a pause. */
export function createLifecycle(options: {
  readonly journal: ChainWriter<StateBody>;
  readonly clock: Clock;
  readonly onChange: (state: RunState) => void;
  /** Writes outcomes that are known and could not be written. Throws when they still cannot. */
  readonly writeUnwritten: () => Promise<void>;
  readonly onGoOn: () => void;
}): Lifecycle {
  const { journal, clock, onChange, writeUnwritten, onGoOn } = options;
  let state: RunState = { kind: 'planned' };
  let epoch = newEpoch();
  let goingOn: Promise<void> | null = null;
  /** In this life of the app; each makes the next try later. */
  let gateFailures = 0;
  /** Changes that could not be written yet. */
  const unwritten: StateBody[] = [];

  const now = (): string => nowIso(clock);

  const change = (event: RunEvent): boolean => {
    const next = transition(state, event);
    if (next === null) return false;
    state = next;
    epoch.abort();
    epoch = newEpoch();
    onChange(state);
    return true;
  };

  const enter: Lifecycle['enter'] = (event, why) => {
    if (!change(event)) return false;
    const body = { type: 'state', state, why } as const;
    journal.append(body).catch(() => {
      if (unwritten.length < MAX_UNWRITTEN) unwritten.push(body);
      journalFailed();
    });
    return true;
  };

  const writeAll = async (): Promise<void> => {
    await writeUnwritten();
    for (let body = unwritten[0]; body; body = unwritten[0]) {
      await journal.append(body);
      unwritten.shift();
    }
  };

  const pause: Lifecycle['pause'] = (reason, why, { until = null, note, untilBetter } = {}) => {
    const event = { kind: 'paused', reason, at: now(), until, ...(note !== undefined && { note }) } as const;
    if (!enter(event, why)) return;
    untilBetter?.().catch(() => undefined); // what went wrong is in the state
  };

  const waited: Lifecycle['waited'] = async (ms, signal) => {
    await clock.sleep(ms, signal).catch(() => undefined);
    return !signal.aborted;
  };
  const waitedForProbe: Lifecycle['waitedForProbe'] = (n, signal) =>
    waited(Math.min(LONGEST_PROBE_MS, FIRST_PROBE_MS * 2 ** n), signal);

  async function waitForJournal(): Promise<void> {
    const { signal } = epoch;
    for (let n = 0; await waitedForProbe(n, signal); n += 1)
      await goOn('The journal can be written again').catch(() => undefined);
  }

  function journalFailed(): void {
    pause('journal-not-writable', 'The journal could not be written', {
      note: whyNotWritable(journal.lastError),
      untilBetter: waitForJournal,
    });
  }

  function gateFailed(note: string): void {
    const untilBetter = async (): Promise<void> => {
      if (await waitedForProbe(gateFailures, epoch.signal)) await goOn('Tried again');
    };
    gateFailures += 1;
    pause('server-failing', 'The pacing of calls failed', { note, untilBetter });
  }

  /** Everything known is written first: nobody is called for behind a journal with a gap. */
  const goOnOnce = async (why: string): Promise<void> => {
    const paused = state;
    await writeAll();
    if (paused.kind !== 'paused') return;
    await journal.append({ type: 'state', state: { kind: 'running' }, why });
    // A file that was removed takes records too; only the sync looks.
    await journal.sync();
    // Paused for another reason or cancelled meanwhile: that record stands behind this one.
    if (state === paused && change({ kind: 'continued' })) onGoOn();
  };

  const goOn: Lifecycle['goOn'] = (why) => {
    goingOn ??= goOnOnce(why)
      .catch((error: unknown) => {
        journalFailed();
        throw error;
      })
      .finally(() => {
        goingOn = null;
      });
    return goingOn;
  };

  /** For computers that do not say so. A step that took much longer than it should was slept through. */
  const waitUntilAwake = async (): Promise<void> => {
    const { signal } = epoch;
    for (let steps = 0; steps < AWAKE_STEPS;) {
      const began = clock.monotonic();
      if (!(await waited(AWAKE_STEP_MS, signal))) return;
      steps = clock.monotonic() - began < 2 * AWAKE_STEP_MS ? steps + 1 : 0;
    }
    wakeUp();
  };

  const wakeUp = (): void => {
    if (state.kind !== 'paused' || state.reason !== 'asleep') return;
    goOn('The computer is awake').catch(() => undefined); // paused again, for the journal
  };

  return {
    get state() {
      return state;
    },
    get signal() {
      return epoch.signal;
    },
    enter,
    pause,
    goOn,
    journalFailed,
    gateFailed,
    writeAll,
    sleep: () => {
      pause('asleep', 'The computer goes to sleep', { untilBetter: waitUntilAwake });
    },
    wake: wakeUp,
    waited,
    waitedForProbe,
    begin: async (event) => {
      if (event === 'resumed') state = { kind: 'interrupted' };
      try {
        const why = event === 'resumed' ? 'Resumed' : 'Started';
        await journal.append({ type: 'state', state: { kind: 'running' }, why });
        await journal.sync();
      } catch (error) {
        await journal.close().catch(() => undefined);
        throw failure('file-not-writable', 'The journal of the run cannot be written.', error);
      }
      change({ kind: event });
    },
    finish: async (why = 'Every user has an outcome') => {
      const at = now();
      try {
        await journal.append({
          type: 'state',
          state: { kind: 'finished', at },
          why,
        });
        await journal.sync();
      } catch {
        journalFailed();
        return false;
      }
      change({ kind: 'finished', at });
      return true;
    },
  };
}
