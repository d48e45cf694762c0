import type { TokenPlace } from '../../shared/triage.ts';

/** A token met in a text; `value` is the secret itself and stays in main. */
export interface Finding {
  readonly value: string;
  readonly place: TokenPlace;
  /** 1-based. */
  readonly line: number;
}

/** Most findings that are told: whoever pastes more has pasted the wrong thing. */
export const MAX_FINDINGS = 10;

/**
 * Characters of a bearer token (RFC 6750, b64token). Genesys Cloud's own are 86 characters of the base64url alphabet;
 * the bounds leave room for others.
 */
const TOKEN = String.raw`[A-Za-z0-9\-._~+/]{20,2048}=*`;
/** Without the marks of addresses and sentences: what may stand alone in running text. */
const LOOSE = String.raw`[A-Za-z0-9_-]{60,2048}`;
/** Nothing that could go on on the left or the right, or half a token would be found. */
const BEFORE = String.raw`(?<![A-Za-z0-9\-._~+/%])`;
const AFTER = String.raw`(?![A-Za-z0-9\-._~+/%=])`;
/** `access_token`, `accessToken`, `GENESYSCLOUD_ACCESS_TOKEN`, `X-Auth-Token`. */
const FIELD = String.raw`[\w-]{0,40}token|authorization`;
/** What stands around a value in JSON, JSON inside JSON, YAML, headers and shell quotes. */
const QUOTES = String.raw`[\s"'\\]*`;

/** Surest first: what is found in one way is not looked at in a later one. */
const WAYS: readonly (readonly [TokenPlace, RegExp])[] = [
  ['bearer', new RegExp(String.raw`(?:\b|%20)bearer(?:\s|%20|\+)+${QUOTES}(${TOKEN})${AFTER}`, 'gi')],
  ['field', new RegExp(String.raw`\b(?:${FIELD})${QUOTES}:${QUOTES}(${TOKEN})${AFTER}`, 'gi')],
  ['address', new RegExp(String.raw`\b(?:${FIELD})\s*=\s*["']?(${TOKEN})${AFTER}`, 'gi')],
  ['loose', new RegExp(`${BEFORE}(${LOOSE})${AFTER}`, 'g')],
];

/**
 * Finds what can be an access token in a text: a log line, a curl command, a JSON body, a header, or the token alone.
 * Each value once, most certain first, then in the order of the text; at most `MAX_FINDINGS`.
 */
export function findTokens(text: string): readonly Finding[] {
  const whole = text.trim();
  // A path alone is made of the same characters.
  if (new RegExp(`^${TOKEN}$`).test(whole) && !whole.includes('/')) {
    return [{ value: whole, place: 'alone', line: 1 }];
  }
  const found = new Map<string, Finding>();
  for (const [place, pattern] of WAYS) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1];
      if (value === undefined || !isLikely(value, place)) continue;
      const line = lineOf(text, match.index + match[0].lastIndexOf(value));
      if (!found.has(value)) found.set(value, { value, place, line });
      if (found.size >= MAX_FINDINGS) return [...found.values()];
    }
  }
  return [...found.values()];
}

/** Its first and last four characters, the rest as dots: enough to tell two apart, nothing to use. */
export function mask(value: string): string {
  if (value.length < 20) return '••••••••';
  return `${value.slice(0, 4)}••••••••${value.slice(-4)}`;
}

/** A long word or number that nobody named a token must at least look random. */
const isLikely = (value: string, place: TokenPlace): boolean =>
  place !== 'loose' || (/[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value));

function lineOf(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
