/** `npm run test:hardening` sets it; `npm test` runs the short form. */
const whole = process.env.TOKENDESK_HARDENING === 'whole';

/** How many cases a proof takes: all of them, or those that `npm test` has the time for. */
export const cases = (all: number, few: number): number => (whole ? all : few);

/** So many times as many cases: `npm run test:explore` sets it, for what a fixed number would hold back. */
export const TIMES = Number(process.env.TOKENDESK_TEST_RUNS ?? 1);

/** For one proof as a whole, ms: a limit for what never ends. */
export const PROOF_MS = 600_000;

/** Longest that main may be held up, ms of processor time. In `npm test` a bound for what has no end: the machine is busy. */
export const LONGEST_MOMENT_MS = whole ? 500 : 10_000;

/** Repeatable numbers from 0 to below 1 (mulberry32): the same seed makes the same cases. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of them. */
export const pick = <T>(random: () => number, from: readonly T[]): T =>
  from[Math.floor(random() * from.length)] as T;
