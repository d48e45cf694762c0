import type * as faults from './faults.ts';

/** In the demo organisation of a release nothing goes wrong on demand. */
export const createFaults: typeof faults.createFaults = () => ({
  add: () => {
    throw new Error('The demo organisation has no faults.');
  },
  draw: () => ({ delayMs: 0, expireToken: false, main: null }),
});

({ createFaults }) satisfies Omit<typeof faults, 'faultSchema'>;
