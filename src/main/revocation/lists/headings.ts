import type { ColumnMeaning } from '../../../shared/list.ts';
import { alternatives } from './alternatives.ts';
import {
  ADDRESS,
  DONE_BY,
  EMPLOYER,
  FILLER,
  ID,
  NO_PEOPLE,
  OTHER_PEOPLE,
  PEOPLE,
  PLAIN,
  ROLES_BESIDE,
  SECONDARY,
  SIGN_IN,
} from './heading-words.ts';

/** `ユーザーID`: writing without spaces, beside letters of the Latin alphabet. */
const BESIDE =
  /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}ー])([A-Za-z]{2})/gu;

/** `userPrincipalName`, `USER_ID` and `E-Mail` as words. */
const wordsOf = (heading: string): string =>
  heading
    .slice(0, MAX_HEADING)
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}(?!s(?!\p{L}))\p{Ll})/gu, '$1 $2')
    .replace(BESIDE, '$1 $2')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .replace(/\be mail/giu, 'email')
    .trim();

/** Where the last of them ends; -1 when there is none. */
function lastOf(patterns: readonly RegExp[], text: string): number {
  let last = -1;
  for (const pattern of patterns)
    for (const match of text.matchAll(pattern)) last = Math.max(last, match.index + match[0].length);
  return last;
}
const has = (patterns: readonly RegExp[], text: string): boolean => lastOf(patterns, text) >= 0;

const without = (patterns: readonly RegExp[], text: string): string =>
  patterns.reduce((rest, pattern) => rest.replace(pattern, ' '), text);

/** How somebody can be reached: `contact.email` in JSON, `Work Contact: Work Email` in an export. */
const OWN_CONTACT = /^(?:work |personal )?contacts?(?:[ _]?(?:info|information|details|data))?[.:](?=.)/i;

/** `Revoke by tomorrow`: by when, not by whom. */
const DEADLINE =
  /\bby (?=(?:today|tonight|tomorrow|noon|midnight|eod|cob|end|next|this|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\d)/i;

/**
 * Whom a column with that heading speaks of. `Group Member Id` is a user, `User Group Id` is not; a `Company e-mail` is
 * somebody's, a `Company Id` is not.
 */
export function meaningOf(heading: string): ColumnMeaning {
  const before = known.get(heading);
  if (before !== undefined) return before;
  const meaning = readMeaning(heading);
  if (known.size >= MAX_KNOWN) known.clear();
  if (heading.length <= MAX_HEADING) known.set(heading, meaning);
  return meaning;
}

/** What was read last: labels in a list are the same few in each of its lines. */
const known = new Map<string, ColumnMeaning>();
const MAX_KNOWN = 1_000;
/** Characters of a heading that are read. */
const MAX_HEADING = 120;

function readMeaning(heading: string): ColumnMeaning {
  const words = wordsOf(heading.replace(OWN_CONTACT, '').replace(DEADLINE, ''));
  const text = has(ADDRESS, words) ? without(EMPLOYER, words) : words;
  if (text.trim() === '') return 'unknown';
  if (has(OTHER_PEOPLE, text)) return 'other-people';
  const thing = lastOf(NO_PEOPLE, text);
  if (thing >= 0 && thing > lastOf([...PEOPLE, ...SIGN_IN], text)) return 'no-people';
  const said = has([...PEOPLE, ...ADDRESS, ...SIGN_IN, ...ID], text);
  if (has(SECONDARY, text)) return 'secondary';
  return said ? 'user' : 'unknown';
}

/** Whether a label before a line speaks of others alone: `Approved by:`, but not `Agents of my manager:`. */
export const speaksOfOthers = (label: string): boolean =>
  meaningOf(label) === 'other-people' && !has(PEOPLE, wordsOf(label));

const FIELD_OF_OTHERS = new RegExp(
  `^(?:(?:${alternatives(DONE_BY)}) by|assigned to|(?:(?:line|reporting) )?(?:${alternatives(ROLES_BESIDE)}))$`,
  'i',
);
/**
 * Whether a line is the name of a field and its value, in the next line, somebody else: `Requested by`. Fewer words than
 * in a heading are sure: `Director` over an address is the end of a signature.
 */
export const isFieldOfOthers = (line: string): boolean => FIELD_OF_OTHERS.test(line);

/** How surely a heading of the meaning `user` says an address, for choosing among several such columns. */
export function rankOf(heading: string): number {
  const text = wordsOf(heading);
  if (has(ID, text)) return 3;
  if (has(SIGN_IN, text)) return 1;
  return has(ADDRESS, text) ? 2 : 0;
}

/** Whether a heading says whose address it is: `Leaver's e-mail`. A bare `E-mail` beside it can be anybody's. */
export function saysWhose(heading: string): boolean {
  const text = wordsOf(heading);
  return has(PEOPLE, text) && has(ADDRESS, text);
}

/** Whether a heading says that it is an address, and nothing of whose. */
export function isBareAddress(heading: string): boolean {
  const text = wordsOf(heading);
  return has(ADDRESS, text) && !has([...PEOPLE, ...SIGN_IN, ...ID], text);
}

/** Whether a heading of ids says that they are those of Genesys Cloud. */
export const isGenesysId = (heading: string): boolean => {
  const text = wordsOf(heading);
  return has(ID, text) && /genesys|pure ?cloud/i.test(text);
};

/** Whether a heading of ids says that they are those of users here. */
export function isOwnId(heading: string): boolean {
  const text = wordsOf(heading);
  return isGenesysId(heading) || (has(ID, text) && has(PEOPLE, text));
}

/** Whether a heading of ids says of what, and not that it is people: `Evaluation ID`. */
export function isIdOfThing(heading: string): boolean {
  const text = wordsOf(heading);
  if (!has(ID, text) || isOwnId(heading) || isMicrosoftHeading(heading)) return false;
  return /\p{L}{3}/u.test(unknownIn(text)) || /\bexternal\b/i.test(text);
}

const unknownIn = (text: string): string =>
  without([...PEOPLE, ...SIGN_IN, ...ADDRESS, ...ID, ...PLAIN, ...FILLER], text);

/** Whether a heading has a word that is none of headings: `TL Email`. */
export const saysSomethingElse = (heading: string): boolean => /\p{L}{2}/u.test(unknownIn(wordsOf(heading)));

/** Writing that does not part its words. */
const UNPARTED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** Whether `other` says the same as `one` and something more, which is not that it is for work: `E-mail`, `Test e-mail`. */
export function isPlainerThan(one: string, other: string): boolean {
  const [plain = '', more = ''] = [one, other].map((heading) =>
    without(FILLER, wordsOf(heading)).replace(/\s+/g, ' ').trim().toLowerCase(),
  );
  if (plain === '' || plain === more || has(EMPLOYER, more)) return false;
  return UNPARTED.test(plain) ? more.includes(plain) : ` ${more} `.includes(` ${plain} `);
}

/** Headings that only Microsoft's directories have: an id beside them is theirs, not that of Genesys Cloud. */
export const isMicrosoftHeading = (heading: string): boolean =>
  /user ?principal ?name|\bupn\b|sam ?account ?name|object ?(?:id|guid)|distinguished ?name|proxy ?addresses/i.test(
    wordsOf(heading),
  );

/** Whether a cell can be a heading, by its words. */
export const isHeadingText = (cell: string): boolean => {
  const text = wordsOf(cell);
  return (
    text !== '' &&
    !cell.includes('=') &&
    has([...PEOPLE, ...ADDRESS, ...SIGN_IN, ...ID, ...OTHER_PEOPLE, ...NO_PEOPLE, ...PLAIN], text)
  );
};

/** Whether a line is made of heading words alone: the only one of a list without columns. */
export function isHeadingLine(line: string): boolean {
  // A template of Microsoft: `User name [userPrincipalName] Required`.
  if (/\[[A-Za-z]{3,40}\]( \p{L}+)?$/u.test(line) && !line.includes('@')) return true;
  if (/[\d@<>=]/.test(line) || /\p{L}\.\p{L}/u.test(line)) return false;
  const text = wordsOf(line);
  if (!has([...PEOPLE, ...ADDRESS, ...SIGN_IN, ...ID], text)) return false;
  const rest = without(
    // `User Principal Name` before `User`, `e-mail` before `e`.
    [
      ...SIGN_IN,
      ...ID,
      ...PEOPLE,
      ...ADDRESS,
      ...EMPLOYER,
      ...SECONDARY,
      ...OTHER_PEOPLE,
      ...PLAIN,
      ...FILLER,
    ],
    text,
  );
  return rest.replaceAll('ー', '').trim() === '';
}
