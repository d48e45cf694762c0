/** A table of words as alternatives of a pattern. @param words parted by spaces; `~` is any ending, `_` a space. */
export const alternatives = (words: string): string =>
  words
    .trim()
    .split(/\s+/)
    .join('|')
    .replaceAll('_', ' ')
    .replaceAll('~', String.raw`\p{L}*`);
