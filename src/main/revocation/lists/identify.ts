import { failure } from '../../failure.ts';
import { meaningOf } from './headings.ts';

/** What a value of a list says: a user id, an email address, something that names no user, or nothing at all. */
export interface Identifier {
  readonly kind: 'id' | 'email' | 'unreadable' | 'nobody';
  /** For comparing: lower case, since neither ids nor addresses differ by case. */
  readonly key: string;
  /** An id or address alone, otherwise what the list said; at most MAX_INPUT characters. */
  readonly input: string;
  /** 1-based line of the text, or row of the sheet. */
  readonly line?: number;
  /** What a person should know about how it was read. */
  readonly note?: string;
  /** What other columns say of it, with their names. */
  readonly details?: readonly (readonly [column: string, value: string])[];
}

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
interface Broken {
  readonly start: number;
  readonly end: number;
}

export interface Scan {
  readonly mentions: readonly Mention[];
  readonly broken: readonly Broken[];
}

/** Longest value kept for showing. An address has at most 254 characters (RFC 5321). */
const MAX_INPUT = 320;
const MAX_LOCAL = 64;
const MAX_DOMAIN = 253;
/** Broken addresses of one value that are told: more are no list. */
const MAX_BROKEN = 50_000;

/** Control and zero-width characters, soft hyphens, marks of direction, variation selectors: what copying leaves behind. */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- such characters are what it is for
  /[\u0000-\u0008\u000E-\u001F\u007F\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFE00-\uFE0F\uFEFF\uFFFC]/g;

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** Without dashes it could be any hash: version and variant of RFC 9562 must be there. */
const COMPACT_ID = /^[([{<"'\s]*([0-9a-f]{12}[1-8][0-9a-f]{3}[89ab][0-9a-f]{15})[)\]}>"'\s]*$/i;
const LOCAL_CHAR = /[A-Za-z0-9._%+'#&!$~^-]/;
const DOMAIN_CHAR = /[A-Za-z0-9.-]/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/i;
/** Marks that people and programs put around an address, and that addresses could begin with. */
const AROUND = /^['+~&-]*$/;
const LETTER = /[\p{L}\p{N}\p{M}]/u;
/** Between letters these are a part of an address, or hide one (`j***n@…`). */
const JOINING = /[’‘´`′*•"“”]/;

/** Trims, and takes out what cannot be seen; any kind of space inside becomes a plain one. */
export const cleanValue = (value: string): string => value.replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();

/** `="00…"`, `=HYPERLINK("mailto:a@x.org","Ann")`: what a spreadsheet writes to keep a value a text, or a link. */
function withoutFormula(value: string): string {
  const text = /^=\s*"((?:[^"]|"")*)"$/.exec(value)?.[1];
  if (text !== undefined) return text.replaceAll('""', '"');
  return /^=HYPERLINK\(\s*"((?:[^"]|"")*)"/i.exec(value)?.[1] ?? value;
}

/** A value as it is read: cleaned, out of its formula, out of percent encoding. */
export function plainValue(value: string): string {
  const clean = withoutFormula(cleanValue(value));
  if (!/%40/.test(clean)) return clean;
  try {
    return decodeURIComponent(clean);
  } catch {
    return clean;
  }
}

/** @param from where the mention before it ended: nothing of that is taken twice. */
function addressAt(
  text: string,
  at: number,
  from: number,
): { start: number; end: number; address: string | null } {
  let left = at;
  while (left > from && at - left <= MAX_LOCAL && LOCAL_CHAR.test(text[left - 1] ?? ' ')) left -= 1;
  let start = left;
  while (start < at && !/[A-Za-z0-9_]/.test(text[start] ?? '')) start += 1;
  let right = at + 1;
  while (right < text.length && right - at <= MAX_DOMAIN + 1 && DOMAIN_CHAR.test(text[right] ?? ' '))
    right += 1;
  let end = right;
  while (end > at + 1 && /[.-]/.test(text[end - 1] ?? '')) end -= 1;
  // `_a@x.org_` is emphasis.
  if (text[start] === '_' && text[end] === '_' && /[A-Za-z0-9]/.test(text[start + 1] ?? '')) start += 1;
  const whole =
    start < at &&
    at - left <= MAX_LOCAL &&
    AROUND.test(text.slice(left, start).replace(/^_$/, '')) &&
    !isJoined(text, left) &&
    DOMAIN.test(text.slice(at + 1, end)) &&
    right - end <= 1 &&
    !/[@…]/.test(text[right] ?? ' ') &&
    !LETTER.test(characterAt(text, right));
  return { start, end, address: whole ? text.slice(start, end) : null };
}

const characterAt = (text: string, at: number): string => {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
};

/** Whether what stands before belongs to the same word. */
function isJoined(text: string, left: number): boolean {
  let before = left;
  while (before > 0 && left - before < 40 && JOINING.test(text[before - 1] ?? ' ')) before -= 1;
  const previous = text[before - 1] ?? ' ';
  if (before === left) return previous === '@' || previous === '…' || isLetterBefore(text, left);
  // A quotation mark after a word ends it; an apostrophe or a mask does not.
  if (/^["“”]+$/.test(text.slice(before, left))) return false;
  return isLetterBefore(text, before);
}

function isLetterBefore(text: string, at: number): boolean {
  const previous = text[at - 1] ?? ' ';
  // The second half of a letter beyond the basic plane.
  return /[\uDC00-\uDFFF]/.test(previous) || LETTER.test(previous);
}

/** What a path's part before an id says: `/users/…` is a person, `/groups/…` is none. */
const PATH_PART = /\/([A-Za-z][A-Za-z-]{0,40})\/$/;
/** `Manager: `, `"divisionId": "`, `<manager>`, or `requested by ` right before a value. */
const LABEL = /([\p{L}][\p{L}\d_. /-]{0,40}?)["'’”]?\s*[:=：]\s*["'“<([{]*$/u;
const TAG = /<([A-Za-z][\w.-]{0,40})(?:\s[^<>]{0,40})?>\s*$/;
const SPOKEN_LABEL =
  /(?:requested by|approved by|on behalf of|reports to|manager|supervisor|vorgesetzter?|beantragt von|demandé par|solicitado por|cc)\s*[<([]*$/i;

function isMeant(text: string, from: number, start: number, kind: Mention['kind']): boolean {
  const before = text.slice(Math.max(from, start - 64), start);
  if (kind === 'id') {
    const part = PATH_PART.exec(before)?.[1];
    if (part !== undefined && meaningOf(part) === 'no-people') return false;
  }
  const label = LABEL.exec(before)?.[1] ?? TAG.exec(before)?.[1];
  if (label !== undefined) {
    const meaning = meaningOf(label);
    if (meaning === 'other-people' || (meaning === 'no-people' && kind === 'id')) return false;
  }
  return !SPOKEN_LABEL.test(before);
}

const NOTHING: Scan = { mentions: [], broken: [] };

/** Everything in a text that looks like a user. @param text one that `plainValue` gave. Linear. */
export function scan(text: string): Scan {
  if (text.length < 6)
    return text.includes('@') ? { mentions: [], broken: [{ start: 0, end: text.length }] } : NOTHING;
  const compact = text.length >= 32 && text.length <= 44 ? COMPACT_ID.exec(text)?.[1] : undefined;
  if (compact !== undefined) {
    const id = compact.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    return {
      mentions: [{ kind: 'id', key: id.toLowerCase(), input: id, start: 0, end: text.length, meant: true }],
      broken: [],
    };
  }
  const mentions: Mention[] = [];
  const broken: Broken[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    if (at < from) continue;
    const { start, end, address } = addressAt(text, at, from);
    if (address === null) {
      broken.push({ start, end });
      if (broken.length > MAX_BROKEN)
        throw failure('file-unreadable', 'The text has too many “@” that belong to no address.');
    } else {
      const meant = isMeant(text, from, start, 'email');
      mentions.push({ kind: 'email', key: address.toLowerCase(), input: address, start, end, meant });
    }
    from = Math.max(end, at + 1);
  }
  if (text.length >= 36 && text.includes('-')) {
    const addresses = mentions.slice();
    let last = 0;
    let passed = 0;
    for (const { 0: id, index } of text.matchAll(GUID)) {
      const end = index + id.length;
      const whole = !/[0-9A-Za-z-]/.test(text[index - 1] ?? ' ') && !/[0-9A-Za-z-]/.test(text[end] ?? ' ');
      for (; (addresses[passed]?.end ?? Infinity) <= index; passed += 1)
        last = Math.max(last, addresses[passed]?.end ?? 0);
      const inAddress = text[end] === '@' || (addresses[passed]?.start ?? Infinity) < end;
      if (!whole || inAddress) continue;
      mentions.push({
        kind: 'id',
        key: id.toLowerCase(),
        input: id,
        start: index,
        end,
        meant: isMeant(text, last, index, 'id'),
      });
      last = end;
    }
    mentions.sort((a, b) => a.start - b.start);
  }
  return { mentions, broken };
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

const isMention = (one: Mention | Broken): one is Mention => 'kind' in one;

const unreadable = (text: string): Identifier => ({
  kind: 'unreadable',
  key: text.toLowerCase().slice(0, MAX_INPUT),
  input: text.slice(0, MAX_INPUT),
});

/** Somebody who is not named. @param text what stands there instead. */
export const nobody = (text: string, note?: string): Identifier => ({
  kind: 'nobody',
  key: '',
  input: text.slice(0, MAX_INPUT),
  ...(note !== undefined && { note }),
});

/**
 * What one cell or entry of a list says: the users in it, each once, and what is broken; one unreadable value where there
 * is neither; nothing when it is empty.
 */
export function readValue(value: string): readonly Identifier[] {
  const text = plainValue(value);
  if (text === '') return [];
  const { mentions, broken } = scan(text);
  const meant = mentions.filter((one) => one.meant);
  if (meant.length === 0 && broken.length === 0)
    return mentions.length > 0 ? [nobody(text)] : [unreadable(text)];
  const seen = new Set<string>();
  const found: (Mention | Broken)[] = [...meant, ...broken].sort((a, b) => a.start - b.start);
  return found.flatMap((one, n): Identifier[] => {
    if (!isMention(one) && n > 0 && one.start <= (found[n - 1]?.end ?? -2) + 1) return [];
    if (!isMention(one)) return [unreadable(found.length === 1 ? text : wordAround(text, one))];
    if (seen.has(one.key)) return [];
    seen.add(one.key);
    return [{ kind: one.kind, key: one.key, input: one.input }];
  });
}

/** The characters around a broken address up to the next space or separator. */
function wordAround(text: string, { start, end }: Broken): string {
  const before =
    text
      .slice(Math.max(0, start - MAX_LOCAL), start)
      .split(/[\s;,<>()|]/)
      .at(-1) ?? '';
  const after = /^[^\s;,<>()|]*/.exec(text.slice(end, end + MAX_LOCAL))?.[0] ?? '';
  return before + text.slice(start, end) + after;
}
