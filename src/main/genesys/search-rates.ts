import { SEARCHES_PER_MINUTE, type SearchType } from '../api-limits.ts';
import type { Clock } from '../clock.ts';
import { failure } from '../failure.ts';

/** The API counts in 60 s of its own clock, and calls take differently long on their way: this much longer, ms. */
const WINDOW_MS = 62_000;
/** Of the rate, for the same reason; the rest is for other tools of the org. */
const SHARE = 0.95;
/** More than wait at once: a plan and what somebody types. A window that asks for more is told so. */
const MAX_WAITING = 100;

/** Holds searches to the API's rates by type, beside the limit of all calls. At once while there is room. */
export interface SearchRates {
  /** @throws AppFailure `rate-limited` when too many wait; the signal's reason when aborted. */
  acquire(type: SearchType, signal: AbortSignal): Promise<void>;
}

/** One for each client of the API. */
export function createSearchRates(clock: Clock): SearchRates {
  /** When the searches of the last window went out, oldest first; monotonic ms. */
  const sent = new Map<SearchType, number[]>();
  let waiting = 0;

  return {
    acquire: async (type, signal) => {
      const times = sent.get(type) ?? [];
      sent.set(type, times);
      const most = Math.floor(SEARCHES_PER_MINUTE[type] * SHARE);
      const isFull = (): boolean => {
        while ((times[0] ?? Infinity) <= clock.monotonic() - WINDOW_MS) times.shift();
        return times.length >= most;
      };
      if (isFull() && waiting >= MAX_WAITING)
        throw failure('rate-limited', 'Too many searches are waiting already.');
      waiting += 1;
      try {
        while (isFull()) {
          const [oldest = 0] = times;
          await clock.sleep(oldest + WINDOW_MS - clock.monotonic(), signal);
          // Its time has passed, whatever a clock that is only nearly right says.
          if (times[0] === oldest) times.shift();
        }
        times.push(clock.monotonic());
      } finally {
        waiting -= 1;
      }
    },
  };
}
