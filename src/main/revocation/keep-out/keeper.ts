import type { RunState } from '../../../shared/run.ts';
import { type Clock, nowIso } from '../../clock.ts';
import { isOwner, ownerOf } from '../owner.ts';
import type { RevocationSession } from '../ports.ts';
import type { ChainWriter } from '../journal/writer.ts';
import { createLifecycle } from '../run/lifecycle.ts';
import { hasEnded } from '../run/state.ts';
import type { createKeepOutReplay, KeepOutFolded, Watched } from './replay.ts';
import { createLook } from './look.ts';
import type { KeepOutBody } from './records.ts';
import { createAgain } from './again.ts';
import { pauseOf, type Pause } from './pauses.ts';

/** Everybody is asked about so often, ms. */
export const LOOK_EVERY_MS = 60_000;

/** When the end cannot be recorded it is tried again after this, ms. */
const END_AGAIN_MS = 5_000;

/** Longest single wait, ms: nothing depends on it. */
const LONGEST_WAIT_MS = 24 * 3_600_000;

export interface Keeper {
  readonly state: RunState;
  /** What its journal says by now. */
  readonly folded: KeepOutFolded;
  /** Begins, or goes on after an interruption. @throws AppFailure `file-not-writable`, and then nobody was called for. */
  start(event: 'started' | 'resumed', first: readonly KeepOutBody[]): Promise<void>;
  pause(): void;
  /** @throws when the journal cannot be written. */
  continue(session: RevocationSession): Promise<void>;
  /** For good. */
  stop(why: string): void;
  /** For the end of the app: it can be resumed. */
  interrupt(graceMs: number): Promise<void>;
  /** Somebody signed in: who owns it and was waited for makes it go on. */
  signedIn(session: RevocationSession): Promise<void>;
  sleep(): void;
  wake(): void;
  journalFailed(): void;
  /** Resolves when it has ended or was interrupted, and its journal is closed. */
  readonly ended: Promise<void>;
}

/** Looks every minute who has a new token, and revokes them again, each step with its line in the journal. */
export function createKeeper(options: {
  /** What the journal says so far. */
  readonly fold: ReturnType<typeof createKeepOutReplay>;
  readonly journal: ChainWriter<KeepOutBody>;
  readonly session: RevocationSession;
  /** ISO 8601; null until it is stopped. */
  readonly until: string | null;
  readonly clock: Clock;
  /** 0 to 1. */
  readonly random: () => number;
  readonly onChange: () => void;
}): Keeper {
  const { fold, journal, until, clock, random, onChange } = options;
  let { session } = options;
  const owner = ownerOf(session);
  let stopping = false;
  let nextLook = clock.monotonic();
  /** The computer's clock may be set back: the time that was agreed to does not get longer by it. */
  const longest =
    until === null ? Infinity : clock.monotonic() + Math.max(0, Date.parse(until) - clock.now());
  /** Outcomes that could not be written yet. */
  const unwritten: KeepOutBody[] = [];
  let onEnded = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    onEnded = resolve;
  });

  /** What is recorded is known, and nothing else. */
  const append = async (body: KeepOutBody): Promise<void> => {
    const at = nowIso(clock);
    await journal.append(body);
    fold.add({ ...body, at });
  };
  const write = async (body: KeepOutBody): Promise<boolean> => {
    try {
      await append(body);
      return true;
    } catch {
      if (body.type === 'outcome') unwritten.push(body);
      life.journalFailed();
      return false;
    }
  };

  const life = createLifecycle({
    journal: {
      append,
      sync: () => journal.sync(),
      close: () => journal.close(),
      get lastError() {
        return journal.lastError;
      },
    },
    clock,
    onChange,
    writeUnwritten: async () => {
      for (let body = unwritten[0]; body; body = unwritten[0]) {
        await append(body);
        unwritten.shift();
      }
    },
    onGoOn: () => {
      nextLook = clock.monotonic();
    },
  });

  const timeLeft = (): number =>
    until === null ? Infinity : Math.min(Date.parse(until) - clock.now(), longest - clock.monotonic());

  const again = createAgain({
    session: () => session,
    life,
    clock,
    random,
    write,
    isOver: () => timeLeft() <= 0,
    pauseFor: (pause) => pauseFor(pause),
  });

  const ask = (users: readonly Watched[], signal: AbortSignal) =>
    session.directory.activityOf(
      users.map(({ userId }) => userId),
      ['last-token'],
      signal,
    );

  const pauseFor = ({ reason, why, note, endsAlone }: Pause): void =>
    life.pause(reason, why, {
      ...(note !== undefined && { note }),
      ...(endsAlone && { untilBetter: () => probe(reason) }),
    });

  /** One small question tells whether it is better; only then it goes on. */
  async function probe(reason: Pause['reason']): Promise<void> {
    const { signal } = life;
    for (let n = 0; await life.waitedForProbe(n, signal); n += 1) {
      try {
        await ask(fold.users.slice(0, 1), signal);
      } catch (error) {
        const now = pauseOf(error);
        if (!signal.aborted && now.reason !== reason) pauseFor(now);
        continue;
      }
      await life.goOn('Genesys Cloud answers again').catch(() => undefined); // paused again, for the journal
      return;
    }
  }

  const look = createLook({ fold, ask, write, again, pauseFor, onChange });

  const rest = (ms: number, signal: AbortSignal): Promise<void> =>
    clock.sleep(Math.min(ms, LONGEST_WAIT_MS), signal).catch(() => undefined);

  const keep = async (): Promise<void> => {
    while (!stopping && !hasEnded(life.state)) {
      const { signal } = life;
      const left = timeLeft();
      const wait = Math.min(left, life.state.kind === 'running' ? nextLook - clock.monotonic() : Infinity);
      if (left <= 0) {
        if (!(await life.finish('Its time is over'))) await rest(END_AGAIN_MS, life.signal);
      } else if (wait > 0) await rest(wait, signal);
      else {
        nextLook = clock.monotonic() + LOOK_EVERY_MS;
        await look(signal);
      }
    }
    await life.writeAll().catch(() => undefined); // once more; what is left stands as begun in the journal
    await journal.close().catch(() => undefined);
    onEnded();
    onChange();
  };

  return {
    get state() {
      return life.state;
    },
    folded: fold,
    ended,
    start: async (event, first) => {
      // Not awaited: the record of the state stands behind them, and is.
      for (const body of first) append(body).catch(() => undefined);
      await life.begin(event);
      void keep();
    },
    pause: () => life.pause('by-you', 'Paused by the operator'),
    continue: async (next) => {
      session = next;
      await life.goOn('Continued by the operator');
    },
    stop: (why) => {
      life.enter({ kind: 'cancelled', at: nowIso(clock) }, why);
    },
    interrupt: async (graceMs) => {
      stopping = true;
      life.enter({ kind: 'interrupted' }, 'The app was closed');
      const enough = new AbortController();
      await Promise.race([ended, clock.sleep(graceMs, enough.signal)]);
      enough.abort();
      again.cutShort();
      await ended;
    },
    signedIn: async (next) => {
      const { state } = life;
      if (!isOwner(next, owner) || state.kind !== 'paused' || state.reason !== 'sign-in-needed') return;
      session = next;
      await life.goOn('Signed in again');
    },
    sleep: () => life.sleep(),
    wake: () => life.wake(),
    journalFailed: () => life.journalFailed(),
  };
}
