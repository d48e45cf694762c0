import { setTimeout as delay } from 'node:timers/promises';

/** Time as the domain sees it, passed in so that tests own it. */
export interface Clock {
  /** Wall clock, ms since the epoch: for records that people read. */
  now(): number;
  /** Never goes back, ms: for spacing and durations, so that a change of the computer's clock does no harm. */
  monotonic(): number;
  /** Of any length: years too, which no timer of Node's can be. Rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The clock's time in ISO 8601, as records have it; or the time so many ms later. */
export const nowIso = (clock: Clock, laterMs = 0): string => new Date(clock.now() + laterMs).toISOString();

/** Node's timers hold 31 bits of ms, 24.8 days; a longer one ends at once. https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    try {
      let left = ms > 0 ? ms : 0;
      do {
        const part = Math.min(left, LONGEST_TIMER_MS);
        await delay(part, undefined, signal ? { signal } : {});
        left -= part;
      } while (left > 0);
    } catch (error) {
      // Node throws an AbortError of its own.
      signal?.throwIfAborted();
      throw error;
    }
  },
};

/** Resolves when the work has ended, or after so many ms, whichever is first; rejects as the work does. Leaves no timer behind. */
export async function waitAtMost(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
  const enough = new AbortController();
  try {
    await Promise.race([work, clock.sleep(ms, enough.signal)]);
  } finally {
    enough.abort();
  }
}

/** A clock that runs faster than another from now on, e.g. for an hour that passes in seconds. */
export function fasterClock(clock: Clock, speed: number): Clock {
  const wall = clock.now();
  const since = clock.monotonic();
  return {
    now: () => wall + (clock.now() - wall) * speed,
    monotonic: () => since + (clock.monotonic() - since) * speed,
    sleep: (ms, signal) => clock.sleep(ms / speed, signal),
  };
}
