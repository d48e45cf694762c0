/** Longest name that is shown, characters: real ones of Genesys Cloud have at most 256. */
export const MAX_NAME = 256;

/** Longest sentence that somebody else wrote, as in an error, characters. */
export const MAX_MESSAGE = 1_000;

/** Line breaks and tabs separate words; a dialog would show them as lines of its own. */
const BREAKS = /[\s\u0085\u2028\u2029]/u;

/**
 * Characters that cannot be seen and change how the others are read: controls, marks of direction (UAX 9), invisible
 * operators, tags, noncharacters. The joiners stay: Persian, Hindi and emoji are written with them.
 */
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\p{Cf}\p{Noncharacter_Code_Point}]/u;
const JOINERS = new Set(['\u200C', '\u200D', '\uFE0E', '\uFE0F']);

/** More marks on one letter than any script uses paint over the lines around it. */
const MAX_MARKS = 4;

/**
 * A text from a server or a file, fit for one line of a dialog, title, journal or table: no control characters, no marks
 * of direction, no line breaks, and not longer than it may be. Takes time linear in `max`, not in the text.
 * @param max characters (code points) at most, the ellipsis included.
 * @returns an empty text where nothing can be seen.
 */
export function cleanText(text: string, max: number = MAX_NAME): string {
  const shown: string[] = [];
  let marks = 0;
  let blank = false;
  // A few characters each, many of them invisible: what stands further back is cut.
  for (const char of text.slice(0, max * 8)) {
    if (BREAKS.test(char)) {
      blank = shown.length > 0;
      continue;
    }
    if (INVISIBLE.test(char) && !(JOINERS.has(char) && shown.length > 0)) continue;
    marks = /\p{M}/u.test(char) ? marks + 1 : 0;
    if (marks > MAX_MARKS) continue;
    if (blank) shown.push(' ');
    blank = false;
    shown.push(char);
    if (shown.length > max) break;
  }
  const isCut = shown.length > max || text.length > max * 8;
  if (!isCut) return shown.join('').trimEnd();
  return `${shown
    .slice(0, max - 1)
    .join('')
    .trimEnd()}…`;
}
