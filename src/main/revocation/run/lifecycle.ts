import { setMaxListeners } from 'node:events';
import type { PauseReason, RunState } from '../../../shared/run.ts';
import { nowIso, type Clock } from '../../clock.ts';
import { failure, reasonOf } from '../../failure.ts';
import type { StateBody } from '../journal/records.ts';
import { diskErrorMessage } from '../journal/disk-errors.ts';
import type { ChainWriter } from '../journal/writer.ts';
import { Backlog } from './backlog.ts';
import { PAUSE_WHY } from './pauses.ts';
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
  /** For the journal, where it is more exact than the reason alone. */
  readonly why?: string;
  /** ISO 8601. */
  readonly until?: string;
  readonly note?: string;
  /** Waits for what ends the pause, and ends it. Its `signal` is that of the pause. */
  readonly untilBetter?: () => Promise<void>;
}

interface LifecycleDeps {
  readonly journal: ChainWriter<StateBody>;
  readonly clock: Clock;
  readonly onChange: () => void;
  /** Writes outcomes that are known and could not be written. Throws when they still cannot. */
  readonly writeUnwritten: () => Promise<void>;
  readonly onResumed: () => void;
}

const newStretch = (): AbortController => {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal); // as many as there are workers
  return controller;
};

/** The state of a run, its records in the journal, and the ways out of a pause. */
export class Lifecycle {
  readonly #deps: LifecycleDeps;
  #state: RunState = { kind: 'planned' };
  #stretch = newStretch();
  #resuming: Promise<void> | null = null;
  /** The end is being written: nothing may stand behind it. */
  #finishing = false;
  /** What came meanwhile. It is no news behind an end, and made good when the disk refuses that one. */
  #held: (() => void)[] = [];
  /** Counted, for a pause that is about to end takes no other of its kind. */
  #journalFailures = 0;
  /** In this life of the app; each makes the next try later. */
  #gateFailures = 0;
  /** Changes that are not written yet. None passes another: the last one in the journal is how the run stands. */
  readonly #unwritten: Backlog<StateBody>;

  constructor(deps: LifecycleDeps) {
    this.#deps = deps;
    this.#unwritten = new Backlog((body) => deps.journal.append(body));
  }

  get state(): RunState {
    return this.#state;
  }

  /** Aborted at the next change of state: ends all waiting of the stretch between two changes. */
  get signal(): AbortSignal {
    return this.#stretch.signal;
  }

  /** Records that the run runs, for good, and enters it. @throws AppFailure `file-not-writable`, and nothing has begun. */
  async begin(event: 'started' | 'resumed'): Promise<void> {
    const { journal } = this.#deps;
    if (event === 'resumed') this.#state = { kind: 'interrupted' };
    try {
      const why = event === 'resumed' ? 'Resumed' : 'Started';
      await journal.append({ type: 'state', state: { kind: 'running' }, why });
      await journal.sync();
    } catch (error) {
      await journal.close().catch(() => undefined);
      throw failure('file-not-writable', 'The journal of the run cannot be written.', error);
    }
    this.#change({ kind: event });
  }

  /** @returns false when the event does not apply now. The record follows; only its failure is told, by a pause. */
  enter(event: RunEvent, why: string): boolean {
    if (this.#isHeld(() => this.enter(event, why)) || !this.#change(event)) return false;
    if (this.#unwritten.length < MAX_UNWRITTEN)
      this.#unwritten.add({ type: 'state', state: this.#state, why });
    this.#unwritten.writeAll().catch(() => this.journalFailed());
    return true;
  }

  /** Pauses, and then waits for `untilBetter` in the background: it ends with this stretch. */
  pause(reason: PauseReason, details: PauseDetails = {}): void {
    if (this.#isHeld(() => this.pause(reason, details))) return;
    const { why = PAUSE_WHY[reason], until, note, untilBetter } = details;
    const at = nowIso(this.#deps.clock);
    const event = { kind: 'paused', reason, at, until: until ?? null } as const;
    if (!this.enter({ ...event, ...(note !== undefined && { note }) }, why)) return;
    untilBetter?.().catch(() => undefined); // what went wrong is in the state
  }

  /** The API asked to wait so long: the run waits, not the gate, so that it can be continued before. */
  pauseAsTold(ms: number): void {
    const until = nowIso(this.#deps.clock, ms);
    const untilBetter = async (): Promise<void> => {
      if (await this.waited(ms, this.signal)) await this.resume('The rate limit allows calls again');
    };
    this.pause('rate-limited', { until, untilBetter });
  }

  /** Ends a pause, after everything known is in the journal. Throws when it cannot be written; the run stays paused. */
  resume(why: string): Promise<void> {
    this.#resuming ??= this.#resumeOnce(why)
      .catch((error: unknown) => {
        this.journalFailed();
        throw error;
      })
      .finally(() => {
        this.#resuming = null;
      });
    return this.#resuming;
  }

  journalFailed(): void {
    this.#journalFailures += 1;
    this.pause('journal-not-writable', {
      note: diskErrorMessage(this.#deps.journal.lastError),
      untilBetter: () => this.#waitForJournal(),
    });
  }

  /** The pacing gate lets nobody pass: the run pauses and tries again, ever more seldom, instead of at once. */
  gateFailed(error: unknown): void {
    const untilBetter = async (): Promise<void> => {
      if (await this.waitedForProbe(this.#gateFailures, this.signal)) await this.resume('Tried again');
    };
    this.#gateFailures += 1;
    const why = 'The pacing of calls failed';
    this.pause('server-failing', { why, note: reasonOf(error), untilBetter });
  }

  /** Writes everything that could not be written before. Throws when it still cannot. */
  async writeAll(): Promise<void> {
    await this.#deps.writeUnwritten();
    await this.#unwritten.writeAll();
  }

  /** The computer goes to sleep: no call is made until it is awake. Other pauses stay as they are. */
  sleep(): void {
    this.pause('asleep', { untilBetter: () => this.#waitUntilAwake() });
  }

  wake(): void {
    if (this.#state.kind !== 'paused' || this.#state.reason !== 'asleep') return;
    this.resume('The computer is awake').catch(() => undefined); // paused again, for the journal
  }

  /** Records the end first: an end that is not in the journal is none. @returns false when it could not be. */
  async finish(why = 'Every user has an outcome'): Promise<boolean> {
    const { journal, clock } = this.#deps;
    const at = nowIso(clock);
    this.#finishing = true;
    try {
      await this.#unwritten.writeAll();
      await journal.append({ type: 'state', state: { kind: 'finished', at }, why });
      await journal.sync();
    } catch {
      this.#finishing = false;
      this.journalFailed();
      for (const makeGood of this.#held.splice(0)) makeGood();
      return false;
    }
    this.#change({ kind: 'finished', at });
    return true;
  }

  /** @returns false when the stretch has ended meanwhile. */
  async waited(ms: number, signal: AbortSignal): Promise<boolean> {
    await this.#deps.clock.sleep(ms, signal).catch(() => undefined);
    return !signal.aborted;
  }

  /** As `waited`, for the n-th try of something that may be better by now. */
  waitedForProbe(n: number, signal: AbortSignal): Promise<boolean> {
    return this.waited(Math.min(LONGEST_PROBE_MS, FIRST_PROBE_MS * 2 ** n), signal);
  }

  #isHeld(makeGood: () => void): boolean {
    if (this.#finishing) this.#held.push(makeGood);
    return this.#finishing;
  }

  #change(event: RunEvent): boolean {
    const next = transition(this.#state, event);
    if (next === null) return false;
    this.#state = next;
    this.#stretch.abort();
    this.#stretch = newStretch();
    this.#deps.onChange();
    return true;
  }

  /** Everything known is written first: no call is made behind a journal with a gap. */
  async #resumeOnce(why: string): Promise<void> {
    const { journal, onResumed } = this.#deps;
    const paused = this.#state;
    const failures = this.#journalFailures;
    await this.writeAll();
    // Ended while that was written: a run that goes on must not stand behind it.
    if (paused.kind !== 'paused' || this.#state !== paused || this.#finishing) return;
    await journal.append({ type: 'state', state: { kind: 'running' }, why });
    // A file that was removed takes records too; only the sync looks.
    await journal.sync();
    if (this.#journalFailures !== failures) throw new Error('The journal could not be written meanwhile.');
    // Paused for another reason or cancelled meanwhile: that record stands behind this one.
    if (this.#state === paused && this.#change({ kind: 'continued' })) onResumed();
  }

  async #waitForJournal(): Promise<void> {
    const { signal } = this;
    for (let n = 0; await this.waitedForProbe(n, signal); n += 1)
      await this.resume('The journal can be written again').catch(() => undefined);
  }

  /** For computers that do not say so. A step that took much longer than it should was slept through. */
  async #waitUntilAwake(): Promise<void> {
    const { clock } = this.#deps;
    const { signal } = this;
    for (let steps = 0; steps < AWAKE_STEPS;) {
      const began = clock.monotonic();
      if (!(await this.waited(AWAKE_STEP_MS, signal))) return;
      steps = clock.monotonic() - began < 2 * AWAKE_STEP_MS ? steps + 1 : 0;
    }
    this.wake();
  }
}
