import { TIMEOUT_MAX_SECONDS, TIMEOUT_MIN_SECONDS, type TimeoutUnit } from '../../../shared/timeout.ts';

export type DurationProblem = 'empty' | 'not-understood' | 'not-whole-minutes' | 'too-short' | 'too-long';

export type ParsedDuration =
  | { readonly ok: true; readonly seconds: number }
  | { readonly ok: false; readonly problem: DurationProblem };

const CLOCK = /^(\d{1,2}):([0-5]\d)$/;
const HOURS_AND_MINUTES =
  /^(\d{1,2}) ?(?:h|hr|hrs|hour|hours) ?(?:and )?([0-5]?\d) ?(?:m|min|mins|minute|minutes)?$/;
const ONE_VALUE = /^(\d{1,6}(?:[.,]\d{1,4})?) ?([a-z]*)$/;

// A Map, because what is looked up in it is typed by a person: "5 constructor" must find nothing.
const UNIT_SECONDS: ReadonlyMap<string, number> = new Map([
  ...['s', 'sec', 'secs', 'second', 'seconds'].map((unit) => [unit, 1] as const),
  ...['', 'm', 'min', 'mins', 'minute', 'minutes'].map((unit) => [unit, 60] as const),
  ...['h', 'hr', 'hrs', 'hour', 'hours'].map((unit) => [unit, 3600] as const),
]);

function readSeconds(text: string): number | null {
  const pair = CLOCK.exec(text) ?? HOURS_AND_MINUTES.exec(text);
  if (pair) return Number(pair[1]) * 3600 + Number(pair[2]) * 60;
  const single = ONE_VALUE.exec(text);
  const unit = UNIT_SECONDS.get(single?.[2] ?? '?');
  if (!single || unit === undefined) return null;
  // Rounded, because 1.1 h is 3960.0000000000005 s in floating point.
  return Math.round(Number(single[1]?.replace(',', '.')) * unit * 1000) / 1000;
}

/** Reads what a person types as an idle timeout. A bare number is minutes. The limits are the API's. */
export function parseDuration(input: string): ParsedDuration {
  const text = input.trim().toLowerCase().replace(/\s+/g, ' ');
  if (text === '') return { ok: false, problem: 'empty' };
  const seconds = readSeconds(text);
  if (seconds === null) return { ok: false, problem: 'not-understood' };
  if (seconds < TIMEOUT_MIN_SECONDS) return { ok: false, problem: 'too-short' };
  if (seconds > TIMEOUT_MAX_SECONDS) return { ok: false, problem: 'too-long' };
  if (seconds % 60 !== 0) return { ok: false, problem: 'not-whole-minutes' };
  return { ok: true, seconds };
}

/** The way the field writes a value: "45 min", "8 h", "1 h 30 min". Whole minutes only. */
export function formatDurationInput(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.round((seconds % 3600) / 60);
  if (hours === 0) return `${minutes} min`;
  return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
}

/** The unit in which Genesys Cloud's own pages will show the value: hours only where they come out even. */
export const unitFor = (seconds: number): TimeoutUnit => (seconds % 3600 === 0 ? 'Hours' : 'Minutes');
