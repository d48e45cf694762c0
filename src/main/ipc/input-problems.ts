import type { z } from 'zod';

/** The largest input of the contract is a list of 20 MB; a decision on every row of a plan has as many values as rows. */
const MOST_CHARACTERS = 21 * 1024 * 1024;
const MOST_VALUES = 250_000;
const MOST_KEY_CHARACTERS = 200;
const DEEPEST = 12;

/** Of fields that the app passes through without knowing them. */
const SMALL = { values: 200, characters: 10_000 };

/** Problems that are told, and characters of each. */
const MOST_PROBLEMS = 5;
const MOST_TOLD = 200;

interface Budget {
  values: number;
  characters: number;
}

/** Walks a cloned value and ends as soon as the budget is spent. Bytes count as one value: their schema bounds them. */
function fits(value: unknown, budget: Budget, depth: number): boolean {
  budget.values -= 1;
  if (budget.values < 0 || depth > DEEPEST) return false;
  if (typeof value === 'string') {
    budget.characters -= value.length;
    return budget.characters >= 0;
  }
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return true;
  if (Array.isArray(value)) {
    return value.length <= budget.values && value.every((item) => fits(item, budget, depth + 1));
  }
  // A map or a set crosses the border too, and looks empty to a schema.
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  const keys = Object.keys(value);
  return (
    keys.length <= budget.values &&
    keys.every((key) => {
      budget.characters -= key.length;
      return (
        key.length <= MOST_KEY_CHARACTERS && fits((value as Record<string, unknown>)[key], budget, depth + 1)
      );
    })
  );
}

/** Whether a message of the window is of a size that any call of the contract has. Looked at before it is parsed. */
export const isBounded = (input: unknown): boolean =>
  fits(input, { values: MOST_VALUES, characters: MOST_CHARACTERS }, 0);

/** Whether that is an object of a few small plain values. */
export const isSmallObject = (value: unknown): boolean =>
  value !== null &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  !ArrayBuffer.isView(value) &&
  fits(value, { ...SMALL }, 0);

/**
 * Which field and which rule; never the value, which may be a secret, nor the name of a field that the contract does not
 * have, which is the sender's text too.
 */
export function problemsOf({ issues }: Pick<z.ZodError, 'issues'>): string {
  const told = issues.slice(0, MOST_PROBLEMS).map((issue) => {
    const rule = issue.code === 'unrecognized_keys' ? 'has a field that is not known' : issue.message;
    return `${issue.path.join('.')}: ${rule}`.slice(0, MOST_TOLD);
  });
  const more = issues.length - told.length;
  return told.join('; ') + (more > 0 ? `; and ${more} more` : '');
}
