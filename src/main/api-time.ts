/**
 * A time of the API, ms since the epoch; NaN for what is none. ISO 8601 and RFC 3339, which the vendor's description
 * names (`date-time`), allow the second 60 of a leap second, which Date.parse does not know: it is the next second.
 */
export function parseApiTime(iso: string): number {
  const leap = /^(.*T\d{2}:\d{2}):60(.*)$/.exec(iso);
  return leap ? Date.parse(`${leap[1] ?? ''}:59${leap[2] ?? ''}`) + 1000 : Date.parse(iso);
}
