import type { Clock } from '../clock.ts';
import { createWaitingLine, type WaitingLine } from '../waiting-line.ts';
import { createRecentCalls } from './recent-calls.ts';

export type Line = 'run' | 'look-up';

/** One gate for every call of one token: all workers pass it, one after the other, evenly spaced. */
export interface Pacer {
  /**
   * Resolves when the caller may send one request. Rejects with the signal's reason when aborted, and then uses up nothing.
   * A run and the look-ups beside it wait in lines of their own and pass in turns, so that neither holds up the other.
   * @throws AppFailure `rate-limited` when more wait in that line than ever should.
   */
  acquire(signal: AbortSignal, line?: Line): Promise<void>;
  /** A 429 said to wait: nobody passes for `ms`. A longer wait already set stays. */
  closeFor(ms: number): void;
  /** Calls per minute that pass now. */
  readonly pacePerMinute: number;
  readonly limitPerMinute: number;
  setLimit(limitPerMinute: number, share: number): void;
}

/** A gate that can also be looked at. */
export interface MeteredPacer extends Pacer {
  /** Calls that passed within the last minute. */
  readonly passedLastMinute: number;
  /** How much longer nobody passes because of a 429, ms; 0 when the gate is open. */
  readonly closedForMs: number;
}

/** Default of the API's `token.rate.per.minute`. */
export const DEFAULT_LIMIT_PER_MINUTE = 300;

/** Share of the limit to use, unless the settings say less. */
export const DEFAULT_SHARE = 0.97;

const MINUTE_MS = 60_000;

/** Retry-After is told in whole seconds, and the server's clock is not ours: this much longer than told. */
const REOPEN_MARGIN_MS = 250;

/**
 * Most that wait at once. A run has a few workers at the gate; of look-ups, a plan and a form have a few together, and a
 * hundred wait 20 s at 300 a minute. A window that asks for more is told so at once.
 */
const MAX_WAITERS: Readonly<Record<Line, number>> = { run: 1_000, 'look-up': 100 };
const FULL = 'Too many calls are waiting for the rate limit already.';

/** 429s although we keep to the limit: someone else uses the same budget. Give way, then come back bit by bit. */
const SLOW_DOWN = 0.8;
const RECOVERY_PER_QUIET_MINUTE = 0.05;
const SLOWEST = 0.1;

/** Late calls caught up with at most; beyond this, lateness is idleness and is forgotten. */
const MAX_CATCH_UP_CALLS = 4;

/**
 * Spaces calls evenly at `share` of the limit.
 *
 * Why even spacing is safe whatever window the server counts in: with spacing s = 60,000 / (limit × share) at most
 * 60,000 / s + 1 calls leave in any 60 s, and share < 1 keeps that within the limit, be the window fixed or sliding.
 * What is left of the limit (300 at 0.97: 8 calls, 1.6 s) is the margin, used in halves: one lets a call that a busy
 * computer sent late be caught up with, so that lateness does not add up; the other is for requests that were sent
 * evenly but arrive bunched, because their latency differs (300 at 0.97: by up to 0.8 s).
 * Catching up never goes below half the spacing, so there is no burst after idling or the computer's sleep either.
 * Long: short functions over the one state of the gate, which nothing else may touch.
 */
export function createPacer(options: {
  readonly clock: Clock;
  /** Calls per minute that the server allows. */
  readonly limitPerMinute: number;
  /** Above 0, below 1: the rest is margin, and for other tools of the same user. */
  readonly share?: number;
  /** Called whenever a call passes or a 429 closes the gate. */
  readonly onUse?: (() => void) | undefined;
}): MeteredPacer {
  const { clock, onUse } = options;
  const passed = createRecentCalls(clock);
  let limit = DEFAULT_LIMIT_PER_MINUTE;
  let share = DEFAULT_SHARE;
  /** When the next call is due by the even schedule, and the earliest it may go. Monotonic ms. */
  let dueAt = -Infinity;
  let earliest = -Infinity;
  let closedUntil = -Infinity;
  let slowdown = { factor: 1, since: 0 };
  const lines: Readonly<Record<Line, WaitingLine>> = {
    run: createWaitingLine(MAX_WAITERS.run, FULL),
    'look-up': createWaitingLine(MAX_WAITERS['look-up'], FULL),
  };
  let lastLine: Line = 'look-up';
  let pumping = false;
  let rearm = new AbortController();

  const factor = (): number => {
    const quietMinutes = Math.floor(Math.max(0, clock.monotonic() - slowdown.since) / MINUTE_MS);
    return Math.min(1, slowdown.factor + quietMinutes * RECOVERY_PER_QUIET_MINUTE);
  };
  const pace = (): number => limit * share * factor();

  /** In turns while both lines have somebody. */
  const passOne = (): void => {
    const now = clock.monotonic();
    const spacing = MINUTE_MS / pace();
    const margin = Math.max(0, (limit - 1) * (MINUTE_MS / (limit * share)) - MINUTE_MS);
    const catchUp = Math.min(margin / 2, MAX_CATCH_UP_CALLS * spacing);
    dueAt = Math.max(dueAt, now - catchUp) + spacing;
    earliest = now + spacing / 2;
    passed.add();
    const other: Line = lastLine === 'run' ? 'look-up' : 'run';
    lastLine = lines[other].length > 0 ? other : lastLine;
    lines[lastLine].pass();
    onUse?.();
  };

  const waiting = (): number => lines.run.length + lines['look-up'].length;

  const pump = async (): Promise<void> => {
    pumping = true;
    while (waiting() > 0) {
      const wait = Math.max(dueAt, earliest, closedUntil) - clock.monotonic();
      if (wait > 0) {
        // Woken early when the limit changes: look again.
        await clock.sleep(wait, rearm.signal).catch(() => undefined);
        continue;
      }
      passOne();
    }
    pumping = false;
  };

  const setLimit = (nextLimit: number, nextShare: number): void => {
    if (!(nextLimit >= 1) || !Number.isFinite(nextLimit)) throw new RangeError('The limit must be 1 or more');
    if (!(nextShare > 0 && nextShare < 1)) throw new RangeError('The share must be above 0 and below 1');
    limit = Math.floor(nextLimit);
    share = nextShare;
    // A faster pace must not wait for a call that was due by the slower one.
    dueAt = Math.min(dueAt, clock.monotonic() + MINUTE_MS / pace());
    earliest = Math.min(earliest, dueAt);
    rearm.abort();
    rearm = new AbortController();
  };
  setLimit(options.limitPerMinute, options.share ?? DEFAULT_SHARE);

  return {
    acquire: (signal, line = 'run') => {
      // Nobody waited: time that passed unused is not owed.
      if (waiting() === 0) dueAt = Math.max(dueAt, clock.monotonic());
      const turn = lines[line].wait(signal);
      if (!pumping) void pump();
      return turn;
    },
    closeFor: (ms) => {
      const now = clock.monotonic();
      // Calls in flight together are refused together: one slow-down for all of them.
      const newTrouble = now >= closedUntil;
      closedUntil = Math.max(closedUntil, now + Math.max(0, ms) + REOPEN_MARGIN_MS);
      slowdown = {
        factor: newTrouble ? Math.max(SLOWEST, factor() * SLOW_DOWN) : factor(),
        since: closedUntil,
      };
      dueAt = Math.max(dueAt, closedUntil);
      onUse?.();
    },
    get pacePerMinute() {
      return pace();
    },
    get limitPerMinute() {
      return limit;
    },
    get passedLastMinute() {
      return passed.count();
    },
    get closedForMs() {
      return Math.max(0, closedUntil - clock.monotonic());
    },
    setLimit,
  };
}
