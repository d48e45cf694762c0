import { isGuid } from '../../../shared/guid.ts';

/** An address, or a user id. Main reads lists; this only tells whether something looks like one. */
const ADDRESS = /^[^\s@<>"(),;]+@[^\s@<>"(),;.]+(?:\.[^\s@<>"(),;.]+)+$/;

/** Longest text that is looked through: more is a list in any case. */
const MAX_TEXT = 100_000;

/** Whether a text is an address or an id, and nothing else. */
export const looksLikeUser = (text: string): boolean => ADDRESS.test(text) || isGuid(text);

/** How many addresses and ids stand in a text, at most `most`. */
export function countUsers(text: string, most = 1000): number {
  let found = 0;
  for (const part of text.slice(0, MAX_TEXT).split(/[\s,;<>()"'|]+/)) {
    if (looksLikeUser(part)) found += 1;
    if (found >= most) break;
  }
  return found;
}

/** Whether a pasted text is a list: several lines that hold something, or several users on one. */
export const isList = (text: string): boolean =>
  text
    .slice(0, MAX_TEXT)
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '').length > 1 || countUsers(text, 2) > 1;
