/** @param random 0 to 1. @returns 10 characters of 0-9 and a-z, for things that live on this computer only. */
export const shortId = (random: () => number): string =>
  Array.from({ length: 10 }, () => Math.floor(random() * 36).toString(36)).join('');

/** What `timedId` gives; nothing else is ever made part of a path. */
export const TIMED_ID = /^\d{8}-\d{6}-[0-9a-z]{10}$/;

/** An id that sorts by time: `20261126-211500-k5ksa810db`. @param now ms since the epoch. @param random 0 to 1. */
export function timedId(now: number, random: () => number): string {
  const [day = '', time = ''] = new Date(now)
    .toISOString()
    .replaceAll(/[-:]|\.\d+Z$/g, '')
    .split('T');
  return `${day}-${time}-${shortId(random)}`;
}
