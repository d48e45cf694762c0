/** `retryAfter` is whole seconds, at least 1, as the Retry-After header has it. */
type RateDecision = { readonly ok: true } | { readonly ok: false; readonly retryAfter: number };

export interface RateWindow {
  /** Asks for one call at `now` (ms). A refused call does not count: waiting as told is then always enough. */
  take(now: number): RateDecision;
}

/**
 * At most `limit` calls in any stretch of `windowMs`. A ring of the last `limit` times: the oldest of them alone
 * decides, so a call costs the same whatever the limit.
 */
export const createRateWindow = (limit: number, windowMs: number): RateWindow => {
  const times = new Float64Array(limit);
  let taken = 0;
  let oldest = 0;
  return {
    take: (now) => {
      if (taken === limit) {
        const wait = (times[oldest] ?? 0) + windowMs - now;
        if (wait > 0) return { ok: false, retryAfter: Math.max(1, Math.ceil(wait / 1000)) };
      }
      times[taken === limit ? oldest : (oldest + taken) % limit] = now;
      if (taken === limit) oldest = (oldest + 1) % limit;
      else taken += 1;
      return { ok: true };
    },
  };
};
