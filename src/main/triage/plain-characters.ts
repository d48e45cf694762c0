/** Shown by nothing: soft hyphens, zero-width characters, marks of direction, fillers; Unicode 16, 5.21. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
/** The same as HTML writes them. */
const INVISIBLE_ENTITY = /&(?:shy|zwnj|zwj|ZeroWidthSpace|#173|#xad|#820[3-7]|#x200[b-f]|#8288|#x2060);/gi;
/** Colours of a terminal (ECMA-48, SGR), their escape as it is, written out, or lost on the way. */
// oxlint-disable-next-line no-control-regex -- the escape is what it is for
const COLOUR = /(?:(?:\u001B|\\(?:x1b|u001b|0?33|e))\[|\[(?=\d))[\d;]{0,40}m/gi;
/** Line ends that are no line feed (Unicode 16, 5.8). */
// oxlint-disable-next-line no-control-regex -- line ends are what it is for
const LINE_END = /[\u000B\u000C\u0085\u2028\u2029]/g;
/** Hyphens that editors and web pages put in the place of the one of the keyboard. */
const HYPHEN = /[\u2010\u2011\u2043\u2212\uFE63]/g;
const FULL_WIDTH = /[\uFF01-\uFF5E]/g;
/** `api[.]mypurecloud[.]de`: how addresses are written where nobody shall press them. */
const DEFANGED = /\[\.\]|\(\.\)|\[dot\]/gi;

const MARK = String.raw`(?:\\([-_])|[%=](2D|5F)|&#(45|95|x2d|x5f);)`;
const WORD = '[A-Za-z0-9_-]{0,88}';
const ESCAPED_MARK = new RegExp(MARK, 'gi');
const HYPHENS = new Set(['-', '2D', '45', 'X2D']);
const markOf = (_escaped: string, ...names: readonly (string | undefined)[]): string =>
  HYPHENS.has((names[0] ?? names[1] ?? names[2] ?? '').toUpperCase()) ? '-' : '_';
/** Begins where a word does, so that each is looked at once. */
const WITH_ESCAPED_MARKS = new RegExp(String.raw`(?<![A-Za-z0-9_\\-])${WORD}(?:${MARK}${WORD}){1,88}`, 'gi');
/** What may stand at the beginning of such a word and belong to an escape before it. */
const ESCAPE_BEFORE = /^(?:3D|20|22|3A)/i;

/**
 * The text as it was before programs that show or pack text changed its characters.
 * @param whole the length of a token: its own `-` and `_` may be escaped, as in Markdown and addresses.
 */
export const plainCharacters = (text: string, whole: number): string =>
  text
    .replace(INVISIBLE, '')
    .replaceAll('\0', '')
    .replace(INVISIBLE_ENTITY, '')
    .replace(COLOUR, '')
    .replace(LINE_END, '\n')
    .replace(HYPHEN, '-')
    .replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(DEFANGED, '.')
    .replace(WITH_ESCAPED_MARKS, (word) => {
      const plain = word.replace(ESCAPED_MARK, markOf);
      const { length } = plain;
      return length === whole || (length === whole + 2 && ESCAPE_BEFORE.test(plain)) ? plain : word;
    });
