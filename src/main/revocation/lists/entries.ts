import { cleanValue, plainValue } from './clean.ts';
import { decides } from './decision-words.ts';
import { isWholeIdentifier, scan } from './scan.ts';
import type { Line } from './table.ts';

/** What parts entries side by side. */
export type Separator = ',' | ';' | '\t' | '|';
const SEPARATORS: readonly Separator[] = [';', ',', '\t', '|'];
/** Commas and semicolons of other writing as those of a keyboard. */
const withPlainMarks = (text: string): string => text.replace(/[、，،]/g, ',').replace(/[；؛]/g, ';');

/** "and" in the languages that people join two names with; between two entries, one of which is a user. */
const AND_WORDS = String.raw`(?:and|or|und|oder|et|ou|y|o|e|en|og|och|ja|i|oraz|ve|и|та|&|\+)`;
const AND = new RegExp(` ${AND_WORDS} `, 'giu');
const AND_WORD = new RegExp(`^${AND_WORDS}$`, 'iu');
/** Bullets, numbers, check boxes and the marks of quoted mail before an entry. */
export const BULLET = /^(?:(?:[-*+•‣◦▪●·–—>]|\(?\d{1,6}[.):]|\[[ xX✓]?\])\s*)+(?=\S)/;
/** A line without columns. */
export interface Entry {
  readonly number: number;
  readonly text: string;
  readonly users: number;
  /** Keys of those whom the line names as somebody else, or to be left out. */
  readonly others: ReadonlySet<string>;
}

/** `"Doe, John" <j.doe@example.org>`: the comma in the name parts nobody. */
export const QUOTED_NAME = /(?:"[^"\n@]{0,200}"|[„“«][^„“”«»\n@]{0,200}[“”»])\s{0,10}(?=<[^<>\s]{1,320}@)/g;

/** An address that begins a line, and a surname with its comma that ends one: an entry that was wrapped. */
const WRAPPED_ADDRESS = /^\s*<[^<>\s]{1,320}@/;
const WRAPPED_SURNAME = /;\s*\p{Lu}[\p{L}'’. -]{0,60},\s*$/u;
const GIVEN_NAME = /^\s*\p{L}[\p{L}'’. -]{0,60}\s<[^<>\s]{1,320}@/u;
/** Beyond this a line is no line of recipients that a program wrapped. */
const MAX_WRAPPED = 2_000;

/** Lines of recipients as they were before a mail program broke them inside of an entry. */
export function joinWrapped(lines: readonly Line[]): readonly Line[] {
  const joined: Line[] = [];
  for (const line of lines) {
    const before = joined.at(-1);
    const goesOn =
      before !== undefined &&
      before.text.length < MAX_WRAPPED &&
      before.text.includes(';') &&
      (WRAPPED_ADDRESS.test(line.text)
        ? /\p{L}["')]?\s*$/u.test(before.text)
        : WRAPPED_SURNAME.test(before.text) && GIVEN_NAME.test(line.text));
    if (goesOn)
      joined[joined.length - 1] = { ...before, text: `${before.text.trimEnd()} ${line.text.trim()}` };
    else joined.push(line);
  }
  return joined;
}

/** The separator under which most entries of lines with several users name one; null when no line has several. */
export function separatorOf(entries: readonly Entry[]): Separator | null {
  let best: Separator | null = null;
  let most = 0;
  for (const separator of SEPARATORS) {
    let named = 0;
    for (const { text, users } of entries) {
      if (users < 2) continue;
      const items = withPlainMarks(text).split(separator);
      if (items.length < 2) continue;
      const withUser = items.filter((item) => scan(plainValue(item)).mentions.length > 0).length;
      if (withUser >= 2) named += withUser;
    }
    if (named > most) [best, most] = [separator, named];
  }
  return best ?? LOGIN_SEPARATORS.find((separator) => areWithLogins(entries, separator)) ?? null;
}
const LOGIN_SEPARATORS = [';', ','] as const;

/** Lines of a name and an address are none: `Doe;a@x.org` above `Roe;b@x.org`. */
function areWithLogins(entries: readonly Entry[], separator: ';' | ','): boolean {
  const shapes = entries
    .filter((entry) => isWithLogins(entry, separator))
    .map(({ text }) => text.split(separator).map(hasUser).join());
  return shapes.length > 0 && new Set(shapes).size === shapes.length;
}

/**
 * `ann@example.org, jdoe`: one address, and beside it words that people sign in with. `Ann Doe; Bob Roe <b@example.org>`:
 * names that a mail program found no address for.
 */
const isWithLogins = ({ text, users, others: spokenOf }: Entry, separator: ';' | ','): boolean => {
  if (users !== 1 || !text.includes(separator)) return false;
  const items = text.split(separator);
  const others = items.filter((item) => !hasUser(item));
  // A comma stands within a name and before a remark, too.
  if (separator === ',' && (spokenOf.size > 0 || others.length === 0 || !items.every(isAlone))) return false;
  if (others.every((item) => LOGIN.test(item))) return true;
  // What stands before a comma can be the surname of whoever has the address.
  const isWhole = separator === ';' || hasUser(items[0] ?? '');
  return isWhole && ADDRESSED.test(text) && others.every((item) => UNRESOLVED.test(item));
};
const isAlone = (item: string): boolean =>
  isWholeIdentifier(item) ||
  (LOGIN.test(item) && !/\p{Lu}/u.test(item) && decides(item) === null) ||
  /^\s*\p{Lu}\S* \p{Lu}\S*\s*$/u.test(item);
const LOGIN = /^\s*(?:[\w.\\-]{2,40}\s*)?$/;
const ADDRESSED = /\p{L}["']?\s{1,5}<[^<>\s]{1,320}@[^<>\s]{1,255}>/u;
/** `Roe, Bob`, `Bob Roe (External)`, `Bob Roe </o=ExchangeLabs/…>`. */
const UNRESOLVED =
  /^\s*(?:["']?\p{Lu}[\p{L}'’.-]{0,40}(?:,?\s{1,5}[\p{L}'’.(-][\p{L}'’.)-]{0,40}){0,4}["']?\s*(?:<\/o=[^<>]{1,500}>\s*)?)?$/iu;

/** `Doe`, `Smith-Jones`, `van der Berg`, or two such names. */
const SURNAME =
  /^(?:(?:van|von|der|den|de|del|della|da|dos|das|du|la|le|di|al|el|bin|ibn|ter|ten|af|av|zu|st\.?|mac|mc|o) )*[\p{L}'’.-]+(?: [\p{L}'’.-]+)?$/iu;
const PARTICLE = /^(?:van|von|de|del|della|da|dos|du|la|le|di|al|el|ter|ten|zu) /i;
/** `Ada <ada@x.org>`: one given name, so that what stands before the comma is its surname. */
const isGiven = (item: string): boolean => /^[\p{L}'’.-]+(?: \p{L}\.?)? ?[<(]/u.test(item);
/** `Anna Maria <…>`, which could as well be a whole name. */
const isGivenNames = (item: string): boolean => /^[\p{L}'’.-]+(?: [\p{L}'’.-]+){1,2} ?[<(]/u.test(item);
const isSurnameOf = (item: string, next: string): boolean =>
  SURNAME.test(item) &&
  (isGiven(next) || ((PARTICLE.test(item) || !item.includes(' ')) && isGivenNames(next)));

/** The entries of a line. @param separator null where a line is one entry. */
export function itemsOf(text: string, separator: Separator | null, users: number): readonly string[] {
  const parts =
    separator === null
      ? wordsBetween(text, users)
      : withPlainMarks(text)
          .split(separator)
          .map(cleanValue)
          .filter((part) => /[\p{L}\p{N}@]/u.test(part));
  const whole = parts.flatMap((part, n) => {
    const next = parts[n + 1];
    const surname = separator === ',' && next !== undefined && isSurnameOf(part, next);
    return surname ? [] : [part];
  });
  return users < 2 ? whole : withoutLead(whole).flatMap(splitAnd);
}

/**
 * `a@x.org b@x.org jdoe`, `a@x.org / jdoe / b@x.org`: a word behind a user that spaces part, alone or with a mark; more
 * words say something.
 */
function wordsBetween(text: string, users: number): readonly string[] {
  const words = text.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word) && !AND_WORD.test(word));
  const others = words.length - users;
  const isAmong = (word: string, n: number): boolean => hasUser(word) || (n > 0 && LOGIN.test(word));
  const isJoined = others * 2 <= users || (words.length === 2 && AND_WORD.test(text.split(' ')[1] ?? ''));
  return others > 0 && isJoined && words.every(isAmong) ? words : [text];
}

/** `Please, end a@x.org, b@x.org`: what stands before the first user belongs to its sentence. */
function withoutLead(items: readonly string[]): readonly string[] {
  const first = items.findIndex(hasUser);
  const own = items[first] ?? '';
  return first > 0 && /^\p{Ll}+ /u.test(own) && !PARTICLE.test(own)
    ? [items.slice(0, first + 1).join(' '), ...items.slice(first + 1)]
    : items;
}

/** Parts at "and" where a user stands on one side of it. */
function splitAnd(item: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (const match of item.matchAll(AND)) {
    const before = item.slice(from, match.index);
    const after = item.slice(match.index + match[0].length);
    const last = before.slice(before.lastIndexOf(' ') + 1);
    const ends = /[@>)\]"'-]|[0-9a-f]{12}/i.test(last) && hasUser(before);
    const begins = hasUser(after.split(/\s/, 1)[0] ?? '');
    if (!ends && !begins) continue;
    parts.push(before);
    from = match.index + match[0].length;
  }
  return [...parts, item.slice(from)].filter((part) => part.trim() !== '');
}

/** Whether anything in it looks like a user, whole or broken. */
export const hasUser = (text: string): boolean => {
  const { mentions, broken } = scan(plainValue(text));
  return mentions.length + broken.length > 0;
};
