/**
 * Control and zero-width characters, soft hyphens, marks of direction, variation selectors, fillers, tags, a blank of
 * Braille: what copying leaves behind.
 */
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex -- such characters are what it is for
  /[\u0000-\u0008\u000E-\u001F\u007F\u2800\uFFF9-\uFFFC\p{Default_Ignorable_Code_Point}]/gu;

/** Trims, and takes out what cannot be seen; any kind of space inside becomes a plain one. Nothing in quotes is nothing. */
export function cleanValue(value: string): string {
  const clean = (PLAIN.test(value) ? value : value.replace(INVISIBLE, '')).replace(/\s+/g, ' ').trim();
  return EMPTY.test(clean) ? '' : clean;
}
const EMPTY = /^(?:"\s?"|''|“\s?”|”\s?”|„\s?[“”]|‘\s?’|’\s?’|«\s?»|`\s?`)$/;

/** Quick no for nearly every value: nothing invisible is in it. */
const PLAIN = /^[\n\r\t -~]*$/;

/** `="00…"`, `=HYPERLINK("mailto:a@x.org","Ann")`: what a spreadsheet writes to keep a value a text, or a link. */
function withoutFormula(value: string): string {
  const text = /^=\s*"((?:[^"]|"")*)"$/.exec(value)?.[1];
  if (text !== undefined) return text.replaceAll('""', '"');
  const [, target, shown = ''] =
    /^=HYPERLINK\(\s*"((?:[^"]|"")*)"(?:\s*[,;]\s*"((?:[^"]|"")*)")?/i.exec(value) ?? [];
  if (target === undefined) return value;
  // What is shown can be another address than the one that the link leads to: both are told then.
  return shown.includes('@') && !target.toLowerCase().includes(shown.toLowerCase())
    ? `${target} ${shown}`
    : target;
}

/** Dashes that a word processor made of those of an id: between its digits they can be nothing else. */
const DASHES_OF_ID = /(?<=[0-9a-f]{4})[\u2010-\u2015\u2212](?=[0-9a-f]{4})/gi;

/** A value as it is read: cleaned, out of its formula, out of percent encoding, the dashes of ids plain. */
export function plainValue(value: string): string {
  const clean = withoutFormula(cleanValue(value)).replace(DASHES_OF_ID, '-');
  if (!/%40/.test(clean)) return clean;
  try {
    return decodeURIComponent(clean);
  } catch {
    return clean;
  }
}
