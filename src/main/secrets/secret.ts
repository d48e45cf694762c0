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

/**
 * Whether a value can stand in a header: printable ASCII without blanks. One with a line break would be refused by
 * fetch in words that quote it, or begin a header of its own.
 */
export const isSendable = (secret: Secret): boolean => /^[\x21-\x7e]+$/.test(secret.reveal());

/** Whether a text holds the secret. */
export const holdsSecret = (text: string, secret: Secret): boolean => text.includes(secret.reveal());

/** A character as it may stand in a text: as it is, in a URL, or in JSON inside JSON, in any mixture. */
function charPattern(char: string): string {
  const byte = char.charCodeAt(0).toString(16).padStart(2, '0');
  const hex = byte.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  const plain = `${char === '/' ? '\\\\?' : ''}${char.replace(/[^\w]/, '\\$&')}`;
  return `(?:${plain}|%${hex}|\\\\u00${hex})`;
}

type Secrets = readonly (Secret | string)[];

/** Masks all secrets in a text; an empty one is nothing to look for. */
function maskerOf(secrets: Secrets): (text: string) => string {
  const values = secrets
    .map((secret) => (typeof secret === 'string' ? secret : secret.reveal()))
    .filter((value) => value !== '');
  if (values.length === 0) return (text) => text;
  const shortest = Math.min(...values.map(({ length }) => length));
  const pattern = new RegExp(values.map((value) => value.replace(/./gsu, charPattern)).join('|'), 'g');
  return (text) => (text.length < shortest ? text : text.replace(pattern, MASK));
}

/**
 * A text that a server sent, without what it was sent: an error that quotes a secret must not carry it on, into the
 * window or a log. The text must be decoded: JSON can write every character of a secret in several ways.
 */
export const withoutSecrets = (text: string, secrets: Secrets): string => maskerOf(secrets)(text);

/** Deeper than any answer of the API; what walks a value by recursion must not run out of stack. */
const MAX_DEPTH = 64;

/** Looked at before parsing, which takes a second for a million brackets. */
function isTooDeep(json: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const char = json.charCodeAt(at);
    if (char === 0x22 /* " */) inString = !inString;
    else if (inString) at += char === 0x5c /* \ */ ? 1 : 0;
    else if (char === 0x5b /* [ */ || char === 0x7b /* { */) depth += 1;
    else if (char === 0x5d /* ] */ || char === 0x7d /* } */) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

/**
 * JSON that a server sent, parsed, with every secret in it masked, in names as in values.
 * @returns undefined when it is no JSON or nested more than 64 deep. Wrapped, since `null` is an answer too.
 */
export function parseWithoutSecrets(text: string, secrets: Secrets): { readonly value: unknown } | undefined {
  const hide = maskerOf(secrets);
  const root: { value: unknown } = { value: undefined };
  if (isTooDeep(text)) return undefined;
  try {
    root.value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const open: Record<string, unknown>[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    for (const name of Object.keys(node)) {
      const value = node[name];
      if (typeof value === 'string') node[name] = hide(value);
      else if (typeof value === 'object' && value !== null) open.push(value as Record<string, unknown>);
      const masked = Array.isArray(node) ? name : hide(name);
      if (masked === name) continue;
      node[masked] = node[name];
      Reflect.deleteProperty(node, name);
    }
  }
  return root;
}
