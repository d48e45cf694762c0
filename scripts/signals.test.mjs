import { expect, it } from 'vitest';
import { passesOn } from './signals.mjs';

it.each([
  ['SIGINT', true, false],
  ['SIGINT', undefined, true],
  ['SIGTERM', true, true],
  ['SIGHUP', true, true],
])('%s with a terminal: %s is passed on: %s', (signal, isTTY, expected) => {
  expect(passesOn(signal, { isTTY })).toBe(expected);
});
