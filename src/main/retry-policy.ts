// How patient Tokendesk is with an API that does not answer, or not yet: the same for every call.

/** Attempts of one call whose answer stays unclear. */
export const MAX_ATTEMPTS = 5;

/** 429s of one call: the gate is shared, so one call meets many only when the budget is really gone. */
export const MAX_RATE_LIMITED = 20;

/** A longer Retry-After is not waited for within a call, ms: daily limits answer with hours. The official SDKs give up there too. */
export const LONGEST_RETRY_AFTER_MS = 180_000;

/** For a 429 that does not say how long, ms; the official Java SDK waits as long. */
export const RETRY_AFTER_UNKNOWN_MS = 3_000;

const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 30_000;

/**
 * How long to wait after the n-th attempt in a row that failed, n from 1; ms. Exponential with full jitter: any time
 * up to 1 s, 2 s, 4 s, 8 s…, so that what failed together does not come back together.
 * @param random 0 to below 1.
 */
export const backoffMs = (attempts: number, random: () => number): number =>
  random() * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempts - 1));
