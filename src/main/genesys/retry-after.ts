/** Years are told by mistake; a run is paused meanwhile and can be continued, so where they end does not matter. */
const LONGEST_TOLD_MS = 366 * 86_400_000;

/**
 * How long a Retry-After header asks to wait, ms, at most a year: whole seconds, or an HTTP date (RFC 9110, 10.2.3). Null when there is
 * none, or none that can be read.
 */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Math.min(LONGEST_TOLD_MS, Number(text) * 1000);
  // Every HTTP date begins with the day's name; Date.parse alone would read "-5" or "1.5" as years.
  const at = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.min(LONGEST_TOLD_MS, Math.max(0, at - now));
}
