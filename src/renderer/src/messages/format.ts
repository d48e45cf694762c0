import { shallowRef } from 'vue';
import type { TimesSetting } from '../../../shared/app.ts';

/* Times and numbers follow the system's locale; the words around them are English. */

const numbers = new Intl.NumberFormat();

/** A format takes about a millisecond to make, and the start needs none. */
const madeWhenUsed = (make: () => Intl.DateTimeFormat): (() => Intl.DateTimeFormat) => {
  let made: Intl.DateTimeFormat | null = null;
  return () => (made ??= make());
};

const formatsOf = (setting: TimesSetting) => {
  const options: Intl.DateTimeFormatOptions = {
    ...(setting !== 'system' && { hourCycle: 'h23' }),
    ...(setting === 'utc' && { timeZone: 'UTC' }),
  };
  const format = (styles: Intl.DateTimeFormatOptions): (() => Intl.DateTimeFormat) =>
    madeWhenUsed(() => new Intl.DateTimeFormat(undefined, { ...styles, ...options }));
  return {
    /** Said where the time is not that of the wall. */
    zone: setting === 'utc' ? ' UTC' : '',
    dateTimes: format({ dateStyle: 'medium', timeStyle: 'short' }),
    seconds: format({ dateStyle: 'medium', timeStyle: 'medium' }),
    exactTimes: format({ dateStyle: 'full', timeStyle: 'long' }),
    times: format({ timeStyle: 'medium' }),
  };
};
const formats = shallowRef(formatsOf('system'));

/** How times are written from now on; what shows one is drawn anew. */
export const writeTimes = (setting: TimesSetting): void => {
  formats.value = formatsOf(setting);
};

const ago = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** A number with its groups, e.g. 12,480. */
export const formatNumber = (value: number): string => numbers.format(value);

/** A count with its noun, e.g. "1 user", "12,480 users". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${formatNumber(count)} ${count === 1 ? one : many}`;

/** "3 rows", or "2 of 3 rows" where a filter hides some. */
export const rowCount = (shown: number, all: number): string =>
  shown === all ? counted(all, 'row') : `${formatNumber(shown)} of ${counted(all, 'row')}`;

const written = (format: () => Intl.DateTimeFormat, iso: string, zone = ''): string => {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : `${format().format(date)}${zone}`;
};

/** @param iso ISO 8601. What is no time comes back unchanged. */
export const formatDateTime = (iso: string): string =>
  written(formats.value.dateTimes, iso, formats.value.zone);

/** Date and time to the second. */
export const formatSecond = (iso: string): string => written(formats.value.seconds, iso, formats.value.zone);

/** With weekday, seconds and time zone: for tooltips and evidence. */
export const formatExactTime = (iso: string): string => written(formats.value.exactTimes, iso);

/** Time of day with seconds. */
export const formatTime = (iso: string): string => written(formats.value.times, iso, formats.value.zone);

/** How long, in words, in its two largest units: "8 hours", "1 hour 30 minutes", "45 seconds". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = (
    [
      [Math.floor(whole / 86_400), 'day'],
      [Math.floor((whole % 86_400) / 3600), 'hour'],
      [Math.floor((whole % 3600) / 60), 'minute'],
      [whole % 60, 'second'],
    ] as const
  ).filter(([count]) => count > 0);
  if (parts.length === 0) return '0 seconds';
  return parts
    .slice(0, 2)
    .map(([count, unit]) => counted(count, unit))
    .join(' ');
}

/** How long something will take, as exactly as anybody can know it: seconds below two minutes, then minutes. */
export const formatRough = (seconds: number): string =>
  seconds < 120 ? formatDuration(seconds) : formatDuration(Math.round(seconds / 60) * 60);

const two = (value: number): string => String(value).padStart(2, '0');

/** Time left for a running display: "23:59:04", "04:12"; days stand in front: "1 d 23:59:04". */
export function formatCountdown(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor((whole % 86_400) / 3600);
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  const clock = days > 0 || hours > 0 ? `${two(hours)}:${rest}` : rest;
  return days > 0 ? `${days} d ${clock}` : clock;
}

const STEPS = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
] as const;

/** How long ago or ahead, e.g. "just now", "5 minutes ago", "tomorrow". `now` in ms since 1970. */
export function relativeTime(iso: string, now: number): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  if (Number.isNaN(seconds)) return iso;
  for (const [size, unit] of STEPS) {
    if (Math.abs(seconds) >= size) return ago.format(Math.trunc(seconds / size), unit);
  }
  return seconds > 5 ? ago.format(seconds, 'second') : 'just now';
}

/** Milliseconds as people say them: "84 ms", "1.2 s". */
export const formatLatency = (ms: number): string =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
