/** Control and zero-width characters, soft hyphens, marks of direction, variation selectors: what copying leaves behind. */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- such characters are what it is for
  /[\u0000-\u0008\u000E-\u001F\u007F\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFE00-\uFE0F\uFEFF\uFFFC]/g;

/** Trims, and takes out what cannot be seen; any kind of space inside becomes a plain one. */
export const cleanValue = (value: string): string => value.replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();

/** `="00…"`, `=HYPERLINK("mailto:a@x.org","Ann")`: what a spreadsheet writes to keep a value a text, or a link. */
function withoutFormula(value: string): string {
  const text = /^=\s*"((?:[^"]|"")*)"$/.exec(value)?.[1];
  if (text !== undefined) return text.replaceAll('""', '"');
  return /^=HYPERLINK\(\s*"((?:[^"]|"")*)"/i.exec(value)?.[1] ?? value;
}

/** A value as it is read: cleaned, out of its formula, out of percent encoding. */
export function plainValue(value: string): string {
  const clean = withoutFormula(cleanValue(value));
  if (!/%40/.test(clean)) return clean;
  try {
    return decodeURIComponent(clean);
  } catch {
    return clean;
  }
}
