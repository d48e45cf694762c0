import { BULLET, type Entry } from './entries.ts';
import { isWholeIdentifier } from './scan.ts';
import type { Line } from './table.ts';

/** Lines after a mail's end that are its signature. */
export const SIGNATURE = 12;

/** Two dashes before a signature (RFC 3676, 4.3), and no list: none of the lines below is a user alone. */
export const isSignatureMark = (lines: readonly Line[], n: number): boolean =>
  /^-- ?$/.test(lines[n]?.text ?? '') &&
  !lines.slice(n + 1, n + 1 + SIGNATURE).some(({ text }) => isWholeIdentifier(text));

/** Whether a block is somebody's name, something about them, and one address: as in a signature, or a list of cards. */
const isCard = (block: readonly Entry[]): boolean =>
  block.length > 2 &&
  block[0]?.users === 0 &&
  block[1]?.users === 0 &&
  block.reduce((sum, { users }) => sum + users, 0) === 1;

/**
 * Index of the first line of a signature that nothing announces: the last block is such a card, and those above are none,
 * but users who stand alone in their lines. Infinity where there is none.
 */
export function unannouncedSignature(entries: readonly Entry[]): number {
  const blocks: Entry[][] = [];
  entries.forEach((entry, n) => {
    const before = entries[n - 1];
    if (before && entry.number - before.number === 1) blocks.at(-1)?.push(entry);
    else blocks.push([entry]);
  });
  const last = blocks.pop() ?? [];
  const above = blocks.flat().filter(({ users }) => users > 0);
  const isOne =
    last.length <= SIGNATURE &&
    isCard(last) &&
    !blocks.some(isCard) &&
    above.length > 0 &&
    above.every(({ text }) => isWholeIdentifier(text.replace(BULLET, '')));
  return isOne ? entries.length - last.length : Infinity;
}
