import { inspect } from 'node:util';

const MASK = '[secret]';

/** A secret value that every way of printing shows as `[secret]`. */
export interface Secret {
  /** The value itself. Called only where it leaves main: an HTTP request to its own host, and the keychain. */
  reveal(): string;
  toString(): string;
  toJSON(): string;
  [Symbol.toPrimitive](): string;
}

/** Wraps a value. It lives in a closure, so no way of walking the object's properties finds it. */
export function createSecret(value: string): Secret {
  const mask = (): string => MASK;
  return Object.freeze({
    reveal: () => value,
    toString: mask,
    toJSON: mask,
    [Symbol.toPrimitive]: mask,
    [inspect.custom]: mask,
  });
}

/** Whether two secrets are the same. */
export const sameSecret = (a: Secret, b: Secret): boolean => a.reveal() === b.reveal();

/** Whether a text holds the secret. */
export const holdsSecret = (text: string, secret: Secret): boolean => text.includes(secret.reveal());

/**
 * A text that a server sent, without what it was sent: an error that quotes a secret must not carry it on, into the
 * window or a log. Found as it is, and as it stands in a URL.
 * @param secrets an empty one is nothing to look for.
 */
export const withoutSecrets = (text: string, secrets: readonly (Secret | string)[]): string =>
  secrets
    .map((secret) => (typeof secret === 'string' ? secret : secret.reveal()))
    .filter((value) => value !== '')
    .flatMap((value) => [value, encodeURIComponent(value)])
    .reduce((rest, form) => rest.replaceAll(form, MASK), text);
