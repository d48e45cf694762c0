import { expect } from 'vitest';
import { openHearing, refuse } from './hearing.ts';

/** Hears every simulator that the test file starts. */
export const hearing = openHearing();

/**
 * For what asks otherwise than the description has it, on purpose.
 * @param kinds what it asks or is answered wrong, each kind once, as the judge names it.
 */
export const wrongOnPurpose = async <T>(kinds: readonly string[], work: () => Promise<T>): Promise<T> => {
  refuse(hearing.take());
  const result = await work();
  expect([...new Set(hearing.take().map(({ kind }) => kind))].sort()).toEqual([...kinds].sort());
  return result;
};
