/** Something in an exchange that the API's description does not have. */
export interface Finding {
  /**
   * What kind of mistake it is, in words that name no value: two calls that are wrong in the same way have the same.
   * E.g. `asked wrong: POST /api/v2/users/search: query[].values has too many values`.
   */
  readonly kind: string;
  /** The value that was met, cut short. */
  readonly met: string;
}

/** What is wrong with a value: where it stands, and how it differs. */
export interface Flaw {
  /** E.g. `query[].values`; empty for the whole. */
  readonly at: string;
  readonly what: string;
  readonly met: unknown;
}

const LONGEST = 120;

/** @returns a value as it can be shown. */
export const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
};
