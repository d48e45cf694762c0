/** Years are told by mistake; a run is paused meanwhile and can be continued, so where they end does not matter. */
const LONGEST_TOLD_MS = 366 * 86_400_000;

/**
 * How long a Retry-After header asks to wait, ms, at most a year: whole seconds, or an HTTP date (RFC 9110, 10.2.3). Null
 * when there is none, or none that can be read.
 * @param date the answer's Date header: where it has one, a moment is counted from there, whatever this computer's clock says.
 * @param now ms since 1970, for an answer without it.
 */
export function retryAfterMs(header: string | null, date: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Math.min(LONGEST_TOLD_MS, Number(text) * 1000);
  const at = parseHttpDate(text);
  if (Number.isNaN(at)) return null;
  const told = parseHttpDate(date ?? '');
  return Math.min(LONGEST_TOLD_MS, Math.max(0, at - (Number.isNaN(told) ? now : told)));
}

/** An HTTP date in one of its three forms (RFC 9110, 5.6.7), of which the last names no zone, ms since 1970. NaN for another text. */
export function parseHttpDate(text: string): number {
  // Every one begins with the day's name; Date.parse alone would read "-5" or "1.5" as years.
  if (!/^[A-Za-z]{3}/.test(text)) return Number.NaN;
  return Date.parse(/(?:GMT|[+-]\d{4})$/.test(text) ? text : `${text} GMT`);
}
