import { expect } from 'vitest';
import { listenToExchanges, failOn } from './listener.ts';

/** Hears every simulator that the test file starts. */
export const listener = listenToExchanges();

/**
 * For what asks otherwise than the description has it, on purpose.
 * @param kinds what it asks or is answered wrong, each kind once, as the judge names it.
 */
export const wrongOnPurpose = async <T>(kinds: readonly string[], work: () => Promise<T>): Promise<T> => {
  failOn(listener.take());
  const result = await work();
  expect([...new Set(listener.take().map(({ kind }) => kind))].sort()).toEqual([...kinds].sort());
  return result;
};
