import type { RunState } from '../../../shared/run.ts';
import { nowIso, waitAtMost, type Clock } from '../../clock.ts';
import { isOwner, ownerOf } from '../owner.ts';
import type { RevocationSession, UserActivity } from '../ports.ts';
import type { ChainWriter } from '../journal/writer.ts';
import { Backlog } from '../run/backlog.ts';
import { Lifecycle } from '../run/lifecycle.ts';
import { hasEnded } from '../run/state.ts';
import { timeLeftOf, type KeepOutReplay, type ReplayedKeepOut, type Watched } from './replay.ts';
import { createLook } from './look.ts';
import type { KeepOutBody } from './records.ts';
import { Again } from './again.ts';
import { pauseOf, type Pause } from './pauses.ts';

/** Everybody is asked about so often, ms. */
export const LOOK_EVERY_MS = 60_000;

/** When the end cannot be recorded it is tried again after this, ms. */
const END_AGAIN_MS = 5_000;

/** Longest single wait, ms: nothing depends on it. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

interface KeeperDeps {
  /** What the journal says so far. */
  readonly replay: KeepOutReplay;
  readonly journal: ChainWriter<KeepOutBody>;
  readonly session: RevocationSession;
  /** ISO 8601; null until it is stopped. */
  readonly until: string | null;
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  readonly onChange: () => void;
}

/** Looks every minute who has a new token, and revokes them again, each step with its line in the journal. */
export class Keeper {
  readonly #deps: KeeperDeps;
  readonly #life: Lifecycle;
  readonly #again: Again;
  readonly #look: (signal: AbortSignal) => Promise<void>;
  /** Signed in again, perhaps, as the same. */
  #session: RevocationSession;
  #stopping = false;
  /** Monotonic ms, as the next is: the computer's clock may be set back, and the agreed time does not get longer by it. */
  readonly #longest: number;
  #nextLook: number;
  /** Outcomes that could not be written yet. */
  readonly #unwritten = new Backlog<KeepOutBody>((body) => this.#append(body));
  #onEnded = (): void => undefined;
  /** Resolves when it has ended or was interrupted, and its journal is closed. */
  readonly ended = new Promise<void>((resolve) => {
    this.#onEnded = resolve;
  });

  constructor(deps: KeeperDeps) {
    const { replay, journal, until, clock, random, onChange } = deps;
    const write = (body: KeepOutBody): Promise<boolean> => this.#write(body);
    const pauseFor = (pause: Pause): void => this.#pauseFor(pause);
    this.#deps = deps;
    this.#session = deps.session;
    this.#nextLook = clock.monotonic();
    const left = until === null ? Infinity : Date.parse(until) - clock.now();
    this.#longest = clock.monotonic() + Math.max(0, Math.min(left, timeLeftOf(replay, clock.now())));
    this.#life = new Lifecycle({
      journal: {
        append: (body) => this.#append(body),
        sync: () => journal.sync(),
        close: () => journal.close(),
        get lastError() {
          return journal.lastError;
        },
      },
      clock,
      onChange,
      writeUnwritten: () => this.#unwritten.writeAll(),
      onResumed: () => {
        this.#nextLook = clock.monotonic();
      },
    });
    this.#again = new Again({
      ...{ life: this.#life, clock, random, write, pauseFor },
      session: () => this.#session,
      isOver: () => this.#timeLeft() <= 0,
    });
    this.#look = createLook({
      ...{ replay, write, again: this.#again, pauseFor, onChange },
      ask: (users, signal) => this.#ask(users, signal),
    });
  }

  get state(): RunState {
    return this.#life.state;
  }

  /** What its journal says by now. */
  get replayed(): ReplayedKeepOut {
    return this.#deps.replay;
  }

  /** Begins, or goes on after an interruption. @throws AppFailure `file-not-writable`, and then no call was made. */
  async start(event: 'started' | 'resumed', first: readonly KeepOutBody[]): Promise<void> {
    // Not awaited: the record of the state stands behind them, and is.
    for (const body of first) this.#append(body).catch(() => undefined);
    await this.#life.begin(event);
    void this.#keep();
  }

  pause(): void {
    this.#life.pause('by-you');
  }

  /** @throws when the journal cannot be written. */
  async continue(session: RevocationSession): Promise<void> {
    this.#session = session;
    await this.#life.resume('Continued by the operator');
  }

  /** For good. */
  stop(why: string): void {
    this.#life.enter({ kind: 'cancelled', at: nowIso(this.#deps.clock) }, why);
  }

  /** For the end of the app: it can be resumed. */
  async interrupt(graceMs: number): Promise<void> {
    this.#stopping = true;
    this.#life.enter({ kind: 'interrupted' }, 'The app was closed');
    await waitAtMost(this.#deps.clock, graceMs, this.ended);
    this.#again.cutShort();
    await this.ended;
  }

  /** Somebody signed in: who owns it and was waited for makes it go on. */
  async signedIn(session: RevocationSession): Promise<void> {
    const { state } = this;
    if (state.kind !== 'paused' || state.reason !== 'sign-in-needed') return;
    if (!isOwner(session, ownerOf(this.#deps.session))) return;
    this.#session = session;
    await this.#life.resume('Signed in again');
  }

  sleep(): void {
    this.#life.sleep();
  }

  wake(): void {
    this.#life.wake();
  }

  journalFailed(): void {
    this.#life.journalFailed();
  }

  async #keep(): Promise<void> {
    const { clock, journal, onChange } = this.#deps;
    const life = this.#life;
    while (!this.#stopping && !hasEnded(life.state)) {
      const { signal } = life;
      const left = this.#timeLeft();
      const untilLook = life.state.kind === 'running' ? this.#nextLook - clock.monotonic() : Infinity;
      const wait = Math.min(left, untilLook);
      if (left <= 0) {
        if (!(await life.finish('Its time is over'))) await this.#rest(END_AGAIN_MS, life.signal);
      } else if (wait > 0) await this.#rest(wait, signal);
      else {
        this.#nextLook = clock.monotonic() + LOOK_EVERY_MS;
        await this.#look(signal);
      }
    }
    await life.writeAll().catch(() => undefined); // once more; what is left stands as begun in the journal
    await journal.close().catch(() => undefined);
    this.#onEnded();
    onChange();
  }

  async #rest(ms: number, signal: AbortSignal): Promise<void> {
    await this.#deps.clock.sleep(Math.min(ms, LONGEST_WAIT_MS), signal).catch(() => undefined);
  }

  #timeLeft(): number {
    const { until, clock } = this.#deps;
    if (until === null) return Infinity;
    return Math.min(Date.parse(until) - clock.now(), this.#longest - clock.monotonic());
  }

  #ask(users: readonly Watched[], signal: AbortSignal): Promise<readonly UserActivity[]> {
    const ids = users.map(({ userId }) => userId);
    return this.#session.directory.activityOf(ids, ['last-token'], signal);
  }

  #pauseFor({ reason, endsAlone, ...more }: Pause): void {
    this.#life.pause(reason, {
      ...more,
      ...(endsAlone && { untilBetter: () => this.#waitUntilBetter(reason) }),
    });
  }

  /** One small question tells whether it is better; only then it goes on. */
  async #waitUntilBetter(reason: Pause['reason']): Promise<void> {
    const { signal } = this.#life;
    for (let n = 0; await this.#life.waitedForProbe(n, signal); n += 1) {
      try {
        await this.#ask(this.#deps.replay.users.slice(0, 1), signal);
      } catch (error) {
        const now = pauseOf(error);
        if (!signal.aborted && now.reason !== reason) this.#pauseFor(now);
        continue;
      }
      await this.#life.resume('Genesys Cloud answers again').catch(() => undefined); // paused again, for the journal
      return;
    }
  }

  /** What is recorded is known, and nothing else. */
  async #append(body: KeepOutBody): Promise<void> {
    const { journal, replay, clock } = this.#deps;
    const at = nowIso(clock);
    await journal.append(body);
    replay.add({ ...body, at });
  }

  async #write(body: KeepOutBody): Promise<boolean> {
    try {
      await this.#append(body);
      return true;
    } catch {
      if (body.type === 'outcome') this.#unwritten.add(body);
      this.#life.journalFailed();
      return false;
    }
  }
}
