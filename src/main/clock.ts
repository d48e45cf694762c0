import { setTimeout as delay } from 'node:timers/promises';

/** Time as the domain sees it, passed in so that tests own it. */
export interface Clock {
  /** Wall clock, ms since the epoch: for records that people read. */
  now(): number;
  /** Never goes back, ms: for spacing and durations, so that a change of the computer's clock does no harm. */
  monotonic(): number;
  /** Rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    try {
      await delay(ms, undefined, signal ? { signal } : {});
    } catch (error) {
      // Node throws an AbortError of its own.
      signal?.throwIfAborted();
      throw error;
    }
  },
};
