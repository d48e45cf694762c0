export const MAX_LOCAL = 64;
const MAX_DOMAIN = 253;
const LOCAL_CHAR = /[A-Za-z0-9._%+'#&!$~^-]/;
const DOMAIN_CHAR = /[A-Za-z0-9.-]/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/i;
/** Marks that people and programs put around an address, and that addresses could begin with. */
const AROUND = /^['+~&#-]*$/;
/** What a word is made of. */
export const LETTER = /[\p{L}\p{N}\p{M}]/u;
/** Between letters these are a part of an address, or hide one (`j***n@…`). */
const JOINING = /[’‘´`′*•"“”]/;

/** The address around an “@”, null where it is not whole. @param from where the mention before it ended: nothing of that is taken twice. */
export function addressAt(
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
  // `_a@x.org_` and `__a@x.org__` are emphasis.
  const marks = /^_{0,2}/.exec(text.slice(start, at))?.[0] ?? '';
  if (marks !== '' && text.startsWith(marks, end) && /[A-Za-z0-9]/.test(text[start + marks.length] ?? ''))
    start += marks.length;
  const whole =
    start < at &&
    at - left <= MAX_LOCAL &&
    AROUND.test(text.slice(left, start).replace(/^_{1,2}$/, '')) &&
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
  // After a backslash: `DOMAIN\\ann@x.org`, or a line break that a program wrote as `\\n`.
  if (before === left) return /[@…\\]/.test(previous) || isLetterBefore(text, left);
  // A quotation mark after a word ends it; an apostrophe or a mask does not.
  if (/^["“”]+$/.test(text.slice(before, left))) return false;
  return isLetterBefore(text, before);
}

function isLetterBefore(text: string, at: number): boolean {
  const previous = text[at - 1] ?? ' ';
  // The second half of a letter beyond the basic plane.
  return /[\uDC00-\uDFFF]/.test(previous) || LETTER.test(previous);
}
