import type { Clock } from '../../clock.ts';
import { REQUEST_TIMEOUT_MS } from '../../genesys/deadline.ts';
import { createWaitingLine } from '../../waiting-line.ts';

/**
 * Calls under way at the start. Over HTTP/1.1 Chromium opens six sockets a host, so these wait for nobody.
 * https://source.chromium.org/chromium/chromium/src/+/main:net/socket/client_socket_pool_manager.cc
 */
const START = 6;

/** Most calls under way: enough for twice the usual 300 a minute and answers that take 12 s. */
const MAX = 128;

/** Most that wait for a slot at once: far more than a run has workers. */
const MAX_WAITERS = 1_000;

/** How much more is tried at a time: at the start, until nothing is gained, and from then on. */
const FIRST_GROWTH = 2;
const GROWTH = 1.5;

/** Fewest answers that make a measurement. */
const SAMPLES = 6;

/** Measurements to wait after one that showed no gain. */
const HOLD = 10;

/** Only so many more are tried that an answer which had to wait for the others stays within this share of its time limit. */
const SAFE_SHARE = 0.75;

/** The right to have one call under way, from before the gate to its answer. */
export interface Slot {
  /** The call is sent now. */
  sent(): void;
  /** @param how `answered`: however it was answered; `timed-out`: it was not in time; `unused`: it says nothing. */
  release(how: 'answered' | 'timed-out' | 'unused'): void;
}

export interface ConcurrencyLimit {
  /** First come, first served. Rejects with the signal's reason when aborted. */
  acquire(signal: AbortSignal): Promise<Slot>;
  /** Calls that may be under way now. */
  readonly limit: number;
}

interface Measured {
  readonly limit: number;
  readonly latencyMs: number;
}

/**
 * How many calls may be under way follows from what completes. A limit somewhere below (Chromium's six sockets a host,
 * a proxy's few) cannot be seen, only that more calls under way take longer each: then they wait for one another, and
 * their time limit runs meanwhile. So a little more is tried while all slots are in use, and kept only where more
 * answers come for it: completions = calls under way ÷ latency (Little's law). Fewer after a time limit was reached.
 * Where the pacing gate is the limit, this one is never met. docs/decisions/concurrency.md
 * Long: short functions over one measurement, whose steps make sense only together.
 */
export function createConcurrencyLimit(clock: Clock): ConcurrencyLimit {
  let limit = START;
  let held = 0;
  let underWay = 0;
  const waiters = createWaitingLine(MAX_WAITERS, 'Too many calls are waiting for a slot already.');

  /** What the limit before the last step gave. */
  let base: Measured | null = null;
  let hold = 0;
  let growth = FIRST_GROWTH;
  let since = -Infinity;
  let toSkip = 0;
  let latencies: number[] = [];
  /** Answers that came while every slot had a call under way and somebody waited for one. */
  let full = 0;
  let peak = 0;

  const admit = (): void => {
    while (held < limit && waiters.length > 0) {
      held += 1;
      waiters.pass();
    }
  };

  /** @param skip answers to the first calls: they were sent while the new limit was not yet made use of. */
  const measureAnew = (skip: number): void => {
    since = clock.monotonic();
    toSkip = skip;
    latencies = [];
    full = 0;
    peak = underWay;
  };

  const setLimit = (next: number): void => {
    const before = limit;
    limit = Math.max(1, Math.min(MAX, next));
    measureAnew(limit > before ? limit - before : limit);
    admit();
  };

  const tryMore = (measured: Measured): void => {
    base = measured;
    const safe = Math.floor((limit * REQUEST_TIMEOUT_MS * SAFE_SHARE) / measured.latencyMs);
    const next = Math.min(Math.ceil(limit * growth), safe, MAX);
    if (next <= limit) measureAnew(0);
    else setLimit(next);
  };

  const lessFrom = (next: number): void => {
    base = null;
    hold = HOLD;
    growth = GROWTH;
    setLimit(next);
  };

  const adjust = (): void => {
    const measured = { limit, latencyMs: median(latencies) };
    if (full * 2 < latencies.length) {
      // The gate is the limit. What was allowed once for slow answers is no licence for ever.
      base = null;
      if (limit > START) limit = Math.max(START, Math.min(limit, Math.ceil(peak * GROWTH)));
      measureAnew(0);
    } else if (hold > 0) {
      hold -= 1;
      measureAnew(0);
    } else if (base === null || base.limit >= limit) tryMore(measured);
    else if (gain(base, measured) >= (1 + limit / base.limit) / 2) tryMore(measured);
    else lessFrom(base.limit);
  };

  const answered = (sentAt: number): void => {
    if (sentAt < since) return;
    if (toSkip > 0) {
      toSkip -= 1;
      return;
    }
    latencies.push(clock.monotonic() - sentAt);
    if (underWay >= limit && waiters.length > 0) full += 1;
    if (latencies.length >= Math.max(SAMPLES, limit / 2)) adjust();
  };

  const timedOut = (sentAt: number): void => {
    if (sentAt < since) return; // one step for all that were under way together
    lessFrom(Math.floor(limit / 2));
  };

  const newSlot = (): Slot => {
    let sentAt: number | null = null;
    let released = false;
    return {
      sent: () => {
        sentAt = clock.monotonic();
        underWay += 1;
        peak = Math.max(peak, underWay);
      },
      release: (how) => {
        if (released) return;
        released = true;
        if (sentAt !== null) {
          if (how === 'answered') answered(sentAt);
          else if (how === 'timed-out') timedOut(sentAt);
          underWay -= 1;
        }
        held -= 1;
        admit();
      },
    };
  };

  return {
    acquire: async (signal) => {
      const turn = waiters.wait(signal);
      admit();
      await turn;
      return newSlot();
    },
    get limit() {
      return limit;
    },
  };
}

/** How many times as many answers come. */
const gain = (before: Measured, after: Measured): number =>
  after.limit / after.latencyMs / (before.limit / before.latencyMs);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
