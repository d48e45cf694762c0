/** After a renewal that failed. */
export const RENEWAL_RETRY_MS = 60_000;
export const RENEWAL_TRIES = 5;

/** A renewal is never sooner, whatever the login host says about the token's life. */
const SOONEST_MS = 10_000;
/** Timers of Node end at 24.8 days; the API's longest life is two. */
const LATEST_MS = 2 * 86_400_000;
const MARGIN_SECONDS = 300;

/**
 * When to renew a token, ms from its granting: five minutes before it expires, or after 80 % of a short life. Null when
 * its life is not known; then a 401 is what says so.
 */
export function renewalDelayMs(expiresInSeconds: number | null): number | null {
  if (expiresInSeconds === null) return null;
  const seconds = Math.max(expiresInSeconds * 0.8, expiresInSeconds - MARGIN_SECONDS);
  return Math.min(LATEST_MS, Math.max(SOONEST_MS, seconds * 1000));
}
