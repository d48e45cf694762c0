/** @param random 0 to 1. @returns 10 characters of 0-9 and a-z, for things that live on this computer only. */
export const shortId = (random: () => number): string =>
  Array.from({ length: 10 }, () => Math.floor(random() * 36).toString(36)).join('');
