import { setMaxListeners } from 'node:events';
import type { PauseReason, RunState } from '../../../shared/run.ts';
import type { Clock } from '../../clock.ts';
import { failure } from '../../failure.ts';
import type { JournalWriter } from '../journal/writer.ts';
import { transition, type RunEvent } from './state.ts';

/** Intervals at which a pause that can end by itself is tried, ms: doubled each time. */
const FIRST_PROBE_MS = 5_000;
const LONGEST_PROBE_MS = 60_000;

export interface Lifecycle {
  readonly state: RunState;
  /** Aborted at the next change of state: ends all waiting of the stretch between two changes. */
  readonly signal: AbortSignal;
  /** Records that the run runs, for good, and enters it. @throws AppFailure `file-not-writable`, and nothing has begun. */
  begin(event: 'started' | 'resumed'): Promise<void>;
  /** @returns false when the event does not apply now. The record follows; only its failure is told, by a pause. */
  enter(event: RunEvent, why: string): boolean;
  /** Pauses, and then waits for `untilBetter` in the background: it ends with this stretch. */
  pause(reason: PauseReason, why: string, until?: string | null, untilBetter?: () => Promise<void>): void;
  /** Ends a pause, after everything known is in the journal. Throws when it cannot be written; the run stays paused. */
  goOn(why: string): Promise<void>;
  journalFailed(): void;
  /** Records the end first: an end that is not in the journal is none. @returns false when it could not be. */
  finish(): Promise<boolean>;
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
  readonly journal: JournalWriter;
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

  const now = (): string => new Date(clock.now()).toISOString();

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
    journal.append({ type: 'state', state, why }).catch(journalFailed);
    return true;
  };

  const pause: Lifecycle['pause'] = (reason, why, until = null, untilBetter) => {
    if (!enter({ kind: 'paused', reason, at: now(), until }, why)) return;
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
    pause('journal-not-writable', 'The journal could not be written', null, waitForJournal);
  }

  /** Everything known is written first: nobody is called for behind a journal with a gap. */
  const goOnOnce = async (why: string): Promise<void> => {
    const paused = state;
    await writeUnwritten();
    if (paused.kind !== 'paused') return;
    await journal.append({ type: 'state', state: { kind: 'running' }, why });
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
    finish: async () => {
      const at = now();
      try {
        await journal.append({
          type: 'state',
          state: { kind: 'finished', at },
          why: 'Every user has an outcome',
        });
      } catch {
        journalFailed();
        return false;
      }
      change({ kind: 'finished', at });
      return true;
    },
  };
}
