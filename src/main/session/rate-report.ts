import type { RateLimitSource, RateState } from '../../shared/app.ts';
import { type Clock, nowIso } from '../clock.ts';
import type { MeteredPacer } from '../genesys/pacing.ts';

/** What the gate of the token in use says about the rate limit. */
export const rateOf = (pacer: MeteredPacer, limitSource: RateLimitSource, clock: Clock): RateState => ({
  limitPerMinute: pacer.limitPerMinute,
  limitSource,
  usedLastMinute: pacer.passedLastMinute,
  closedUntil: pacer.closedForMs > 0 ? nowIso(clock, pacer.closedForMs) : null,
});

/** The least time between two reports, ms. */
const EVERY_MS = 1_000;

/**
 * Reports the rate at once when it begins to be used, then at most once a second, and until nothing of the last
 * minute is left to report: so its cost does not grow with the number of calls.
 */
export function createRateReport(deps: {
  readonly clock: Clock;
  /** Null when nobody is signed in. */
  readonly read: () => RateState | null;
  readonly send: (rate: RateState | null) => void;
}): { readonly touch: () => void } {
  const { clock, read, send } = deps;
  let last = '';
  let following = false;

  const report = (): RateState | null => {
    const rate = read();
    const text = JSON.stringify(rate);
    if (text !== last) send(rate);
    last = text;
    return rate;
  };

  /** Ends by itself: a minute after the last call nothing is used, and a closed gate opens. */
  const follow = async (): Promise<void> => {
    following = true;
    for (let rate = report(); rate && (rate.usedLastMinute > 0 || rate.closedUntil); rate = report()) {
      await clock.sleep(EVERY_MS);
    }
    following = false;
  };

  return {
    touch: () => {
      if (!following) void follow();
    },
  };
}
