/** Characters looked at before a value: quotes, white space and the name of a field. */
const MAX_BETWEEN = 64;
const MAX_WORD = 60;

/** White space, quotes, and the backslashes of JSON inside JSON. */
const BETWEEN = new Set(' \t\r\n\u00A0"\'`\\:=+<>');

/**
 * The word before a value, lower case, and the marks between them: `access_token` and `": "` for
 * `"access_token": "…"`. Percent-encoded marks count as what they stand for.
 */
export function contextBefore(text: string, at: number): { readonly word: string; readonly mark: string } {
  let from = at;
  let mark = '';
  const least = Math.max(0, at - MAX_BETWEEN);
  while (from > least) {
    const char = text[from - 1] ?? '';
    const escape = ESCAPE.exec(text.slice(Math.max(0, from - MAX_ESCAPE), from));
    const meaning = escape ? MEANING[(escape[1] ?? '').toUpperCase()] : undefined;
    if (meaning === undefined && !BETWEEN.has(char)) break;
    mark += meaning ?? char;
    from -= meaning === undefined || !escape ? 1 : escape[0].length;
  }
  let begin = from;
  while (begin > 0 && from - begin < MAX_WORD && isWordChar(text.charCodeAt(begin - 1))) begin -= 1;
  const word = text.slice(begin, from).toLowerCase();
  // `\nBearer` in a log, `%20Bearer` in an address: the escape is not part of the word.
  return { word: word.endsWith('bearer') ? 'bearer' : word, mark };
}

/** Letters, digits, `-`, `_` of ASCII. */
const isWordChar = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 45 ||
  code === 95;

/** One at the end of a text: `%3D`, `%253D`, `=3D`. */
const ESCAPE = /(?:%(?:25){0,4}|=)([0-9a-f]{2})$/i;
const MAX_ESCAPE = 11;

/** What a percent-encoded or quoted-printable mark stands for. */
const MEANING: Readonly<Record<string, string>> = {
  '09': ' ',
  '20': ' ',
  '22': '"',
  '27': "'",
  '3A': ':',
  '3D': '=',
  '3C': '<',
  '3E': '>',
  // A space that does not break has two bytes in UTF-8.
  A0: ' ',
  C2: '',
};

/** The text without what it ends with of those characters; a loop, since `/x+$/` takes quadratic time. */
export function trimEndOf(text: string, chars: string): string {
  let end = text.length;
  while (end > 0 && chars.includes(text[end - 1] ?? ' ')) end -= 1;
  return text.slice(0, end);
}

/** Whether a text says of itself that it is quoted-printable (RFC 2045, 6.7): soft line breaks, or escaped `=`. */
export const isQuotedPrintable = (text: string): boolean =>
  /=\r?\n|=3D|=20|=C2=A0|quoted-printable/i.test(text);

/** How quoted-printable writes a character that no token has. */
const ESCAPED_OTHER = /^(?:09|0A|0D|2[0-9A-CEF]|3[A-F]|40|5[B-E]|60|7[B-E]|A0)/i;

/**
 * Characters at the beginning of a run that belong to an escape before it: `%3D`, `=3D`, `\n`, `\u0022`, `\x22`, `Bearer+`.
 * @param whole the length of a token that needs no further proof.
 */
export function escapeLength(
  text: string,
  start: number,
  run: string,
  whole: number,
  quotedPrintable: boolean,
): number {
  const form = /^bearer\+/i.exec(run)?.[0].length;
  if (form !== undefined) return form;
  const before = text[start - 1];
  // `%253D`: encoded again, as often as it was handed on.
  if (before === '%') return /^(?:25){0,4}[0-9A-F]{2}/i.exec(run)?.[0].length ?? 0;
  if (before === '\\') {
    if (/^u[0-9a-f]{4}/i.test(run)) return 5;
    if (run.length !== whole && /^(?:x[0-9a-f]{2}|[0-3][0-7]{2})/i.test(run)) return 3;
    if (/^[nrt]/.test(run)) return 1;
  }
  if (before === '=' && ESCAPED_OTHER.test(run)) {
    const length = trimEndOf(run, '.').length;
    if (length !== whole && (quotedPrintable || length - 2 === whole)) return 2;
  }
  return 0;
}

/**
 * What may stand between the end of a line and what the next one goes on with: a mark of wrapping, an empty line, marks of
 * quotes, comments and tables, numbers of lines, the offset of `curl --trace-ascii`, white space.
 */
const LINE_BREAK =
  /^[ \t\u00A0]{0,200}(?:[=\\^`|│┃║↩↵⏎¬»][ \t]{0,8})?(?:\r\n|\n|\r)(?:[ \t\u00A0]{0,80}(?:\r\n|\n|\r))?(?:[ \t\u00A0]|[>|#*+│┃║↪↳⤷»] ?|\/\/ ?|[0-9a-f]{4}: |\d{1,5}[ \t]{0,4}[:|│] ?){0,80}/;
/** The same in a string of JSON or of a log: `\n`, `\r\n`, `\u000a`. */
const ESCAPED_BREAK = /^[ \t]{0,8}(?:\\{1,4}(?:[rn]|u000[ad])){1,4}(?:[ \t]|[>|] ?|\\{1,4}t){0,80}/i;
/** What HTML breaks a line or a word with. */
const TAG_BREAK =
  /^(?:<\/?(?:w?br|p|div|span|li|td|tr|pre|code|font)(?:[ \t/][^<>\r\n]{0,80})?>\s{0,80}){1,8}/i;
/** Strings that a program puts together: `"…" +` and `"…"`, or one below the other. */
const STRING_BREAK =
  /^["'`][ \t]{0,8}(?:(?:[+.&\\]|& _|\.\.|\|\|)?[ \t]{0,8}(?:\r\n|\n|\r)\s{0,80}(?:(?:[+.&]|\.\.|\|\|)\s{0,8})?|(?:[+.&]|\.\.|\|\|)\s{0,80})[frbu@$]{0,2}["'`]/i;
const BREAKS = [LINE_BREAK, ESCAPED_BREAK, TAG_BREAK, STRING_BREAK];
/** Longest of them that is looked at. */
const MAX_BREAK = 600;

/** Where the next line goes on when the text breaks here; null when it does not. Looks at a bounded number of characters. */
export function lineBreakAt(text: string, end: number): number | null {
  const rest = text.slice(end, end + MAX_BREAK);
  for (const lineBreak of BREAKS) {
    const next = end + (lineBreak.exec(rest)?.[0].length ?? 0);
    if (next > end && isWordChar(text.charCodeAt(next))) return next;
  }
  return null;
}

const BLANK = /^[ \u00A0]{1,3}/;
/** What may be a word or a number of the text around it. */
const WORD = /^(?:[A-Za-z]?[a-z-]*|[A-Z_-]+|[\d-]+)$/;

/**
 * Where the text goes on behind a blank, which is what a line end becomes in a page or mail that was copied; null where
 * a word of the text around it follows.
 */
export function blankAt(text: string, end: number): number | null {
  const next = end + (BLANK.exec(text.slice(end, end + 4))?.[0].length ?? 0);
  const piece = /^[A-Za-z0-9_-]{0,90}/.exec(text.slice(next, next + 90))?.[0] ?? '';
  return next > end && !WORD.test(piece) ? next : null;
}

/** Emphasis and dashes around a value, which are characters of a token too: `_T_`, `--T`. Null when the length is another. */
export function trimToLength(piece: string, length: number): string | null {
  const surplus = piece.length - length;
  if (surplus === 0) return piece;
  if (surplus < 0) return null;
  const before = /^[-_]*/.exec(piece)?.[0].length ?? 0;
  const after = piece.length - trimEndOf(piece, '-_').length;
  // What stands on both sides was put there; what is left comes off the end first.
  const left = surplus % 2 === 0 && before >= surplus / 2 && after >= surplus / 2 ? surplus / 2 : 0;
  if (left > 0 || after >= surplus) return piece.slice(left, left + length);
  return before >= surplus ? piece.slice(surplus) : null;
}
