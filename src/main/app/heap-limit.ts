import { setFlagsFromString } from 'node:v8';

/** How much the heap may grow, in percent of what is alive in it, until it is collected again. */
const GROWING_PERCENT = 30;

/** By how much the space of new objects grows when it is full: not at all. */
const NEW_SPACE_FACTOR = 1;

/**
 * Keeps main small beside the browser and the telephone it shares the computer with: by itself V8 lets the heap grow to
 * three or four times of what is alive in it, and the space of new objects to 16 MB three times over
 * (docs/decisions/memory.md). Collecting oftener costs a few milliseconds a second, in a program that mostly waits.
 * https://chromium.googlesource.com/v8/v8/+/refs/heads/main/src/flags/flag-definitions.h
 */
export function limitHeap(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWING_PERCENT}`);
  setFlagsFromString(`--semi-space-growth-factor=${NEW_SPACE_FACTOR}`);
}
