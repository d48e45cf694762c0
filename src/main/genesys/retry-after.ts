/**
 * How long a Retry-After header asks to wait, ms: whole seconds, or an HTTP date (RFC 9110, 10.2.3). Null when there is
 * none, or none that can be read.
 */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Every HTTP date begins with the day's name; Date.parse alone would read "-5" or "1.5" as years.
  const at = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
