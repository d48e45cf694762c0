/** What a value of a list says: a user id, an email address, or nothing that names a user. */
export interface Identifier {
  readonly kind: 'id' | 'email' | 'unreadable';
  /** For comparing: lower case, since neither ids nor addresses differ by case. */
  readonly key: string;
  /** As the list said it, cleaned; at most MAX_INPUT characters. */
  readonly input: string;
}

/** Longest value kept for showing. An address has at most 254 characters (RFC 5321). */
const MAX_INPUT = 320;
const MAX_ADDRESS = 254;

/** Zero-width characters, soft hyphens and marks of writing direction: what copying from web pages and PDFs leaves behind. */
const INVISIBLE = /[\u00AD\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g;
const USER_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const EMAIL = /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+\.[^\s@<>()[\],;:"\\.]+$/;
/** `Name <address>`, as mail programs copy it. */
const MAILBOX = /^[^<>]*<\s*([^<>\s]+)\s*>$/;

/** Trims, and takes out what cannot be seen; any kind of space inside becomes a plain one. */
export const cleanValue = (value: string): string => value.replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();

/** @param value one cell or line of a list, not yet cleaned. */
export function identify(value: string): Identifier {
  const clean = cleanValue(value);
  const bare = (MAILBOX.exec(clean)?.[1] ?? clean).replace(/^mailto:/i, '');
  const key = bare.toLowerCase();
  if (USER_ID.test(key)) return { kind: 'id', key, input: bare };
  if (key.length <= MAX_ADDRESS && EMAIL.test(key)) return { kind: 'email', key, input: bare };
  return { kind: 'unreadable', key: clean.toLowerCase(), input: clean.slice(0, MAX_INPUT) };
}

/** Whether the value names a user. */
export const isIdentifier = (value: string): boolean => identify(value).kind !== 'unreadable';
