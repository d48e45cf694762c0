import { setFlagsFromString } from 'node:v8';

/** How much the heap may grow, in percent of what is alive in it, until it is collected again. */
const GROWING_PERCENT = 30;

/**
 * Keeps main small beside the browser and the telephone it shares the computer with: by itself V8 lets the heap grow to
 * three or four times of what is alive in it. In a plan of 100,000 users that was 380 MB more, and is 140 MB now
 * (docs/performance.md). Collecting oftener costs a few milliseconds a second, in a program that mostly waits.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWING_PERCENT}`);
}
