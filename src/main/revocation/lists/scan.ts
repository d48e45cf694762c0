import { failure } from '../../failure.ts';
import { addressAt, LETTER } from './address.ts';
import { plainValue } from './clean.ts';
import {
  isAlias,
  isCrossedOut,
  isJoinedTo,
  isLeftOut,
  PRIMARY_SMTP,
  saidBefore,
  takesOver,
  type Said,
} from './meant.ts';

/** Something in a text that looks like a user. */
export interface Mention {
  readonly kind: 'id' | 'email';
  readonly key: string;
  readonly input: string;
  readonly start: number;
  readonly end: number;
  /** False where the text says that it is somebody else, or nobody: `manager: …`, `/groups/…`. */
  readonly meant: boolean;
}

/** An address that is not whole, or has a character that addresses here do not have: shown, never guessed. */
export interface Broken {
  readonly start: number;
  readonly end: number;
}

export interface Scan {
  readonly mentions: readonly Mention[];
  readonly broken: readonly Broken[];
}

/** Broken addresses of one value that are told: more are no list. */
const MAX_BROKEN = 50_000;

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** Without dashes it could be any hash: version and variant of RFC 9562 must be there. */
const COMPACT_ID = /(?<![0-9a-z-])[0-9a-f]{12}[1-8][0-9a-f]{3}[89ab][0-9a-f]{15}(?![0-9a-z-])/gi;
/** `@(` and `@{` of PowerShell. */
const CODE = /^@[({]/;

const NOTHING: Scan = { mentions: [], broken: [] };

/** Ids without dashes, where most of what is said are ids; else they could be anything. */
function compactIds(text: string): readonly Found[] {
  if (text.length < 32 || text.includes('@')) return [];
  const found = [...text.matchAll(COMPACT_ID)];
  if (found.length === 0) return [];
  const words = text
    .replace(COMPACT_ID, ' ')
    .replace(GUID, ' ')
    .split(/[\s,;|、，；]/);
  const others = words.filter((word) => LETTER.test(word)).length;
  const ids = found.length + (text.match(GUID)?.length ?? 0);
  return others >= ids
    ? []
    : found.map(({ 0: digits, index }): Found => {
        const id = digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
        return { kind: 'id', input: id, start: index, end: index + 32 };
      });
}

/** Everything in a text that looks like a user. @param text one that `plainValue` gave. Linear. */
export function scan(text: string): Scan {
  if (text.length < 6)
    return text.includes('@') ? { mentions: [], broken: [{ start: 0, end: text.length }] } : NOTHING;
  const found: Found[] = [...compactIds(text)];
  const broken: Broken[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    if (at < from || CODE.test(text.slice(at, at + 2))) continue;
    const { start, end, address } = addressAt(text, at, from);
    if (address === null) {
      broken.push({ start, end });
      if (broken.length > MAX_BROKEN)
        throw failure('file-unreadable', 'The text has too many “@” that belong to no address.');
    } else found.push({ kind: 'email', input: address, start, end });
    from = Math.max(end, at + 1);
  }
  if (text.length >= 36 && text.includes('-')) {
    const addresses = found.slice();
    let passed = 0;
    for (const { 0: id, index } of text.matchAll(GUID)) {
      const end = index + id.length;
      const whole = !/[0-9A-Za-z-]/.test(text[index - 1] ?? ' ') && !/[0-9A-Za-z-]/.test(text[end] ?? ' ');
      while ((addresses[passed]?.end ?? Infinity) <= index) passed += 1;
      const inAddress = text[end] === '@' || (addresses[passed]?.start ?? Infinity) < end;
      if (whole && !inAddress) found.push({ kind: 'id', input: id, start: index, end });
    }
    found.sort((a, b) => a.start - b.start);
  }
  return { mentions: withMeaning(text, found), broken };
}

type Found = Omit<Mention, 'key' | 'meant'>;

/** Who of those found is one of the list, by what is said of them and of the one before. */
function withMeaning(text: string, found: readonly Found[]): readonly Mention[] {
  const hasPrimary = PRIMARY_SMTP.test(text);
  let before: Said | 'left out' = 'meant';
  let from = 0;
  let isClosed = false;
  return found.map((one, n): Mention => {
    const { start, end, kind, input } = one;
    const next = found[n + 1]?.start ?? text.length;
    let said: Said | 'left out' = isLeftOut(text, from, start, end, next)
      ? 'left out'
      : saidBefore(text, from, start, kind);
    const isJoined =
      before !== 'meant' && !isClosed && isJoinedTo(text.slice(from, start), before !== 'spoken');
    if (said === 'meant' && isJoined) said = before;
    if (from > 0 && takesOver(text.slice(from, start))) said = 'labelled';
    before = said;
    from = end;
    // `(manager a@x.org) and b@x.org`: such a bracket ends what is said; one around an address alone does not.
    isClosed = text[end] === ')' && text[start - 1] !== '(';
    const meant =
      said === 'meant' && !isCrossedOut(text, start, end) && !(hasPrimary && isAlias(text, start));
    return { ...one, key: input.toLowerCase(), meant };
  });
}

/** Whether a value is one id or address and nothing else, but for a name before it and marks around. */
export function isWholeIdentifier(value: string): boolean {
  const text = plainValue(value);
  const { mentions, broken } = scan(text);
  const [only] = mentions;
  if (!only || broken.length > 0 || mentions.some(({ key }) => key !== only.key)) return false;
  const before = text.slice(0, only.start);
  const after = text.slice(mentions.at(-1)?.end ?? only.end);
  return (
    !LETTER.test(after) &&
    (!LETTER.test(before) || /[<([:]\s*$/.test(before) || /^\w+:\/\//.test(text) || text.startsWith('/'))
  );
}
