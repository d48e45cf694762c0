/** Tags that say that a text is HTML, and where its lines and cells end. */
const MARKUP = /<(?:table|tr|td|th|li|dl|p|br|div|a|span|s|del|strike)\b[^<>]{0,2000}>/i;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/**
 * HTML as the text that a person would see: a row of a table one line, its cells parted by tabs; links show their
 * address. A text that is none comes back as it was. Linear: no tag is looked for beyond 2,000 characters.
 */
export function withoutMarkup(text: string): string {
  if (!MARKUP.test(text.slice(0, 100_000))) return withoutEntities(text);
  const plain = withRowsInOneLine(text)
    .replace(/<(script|style|head)\b[^<>]{0,2000}>[\s\S]{0,100000}?<\/\1>/gi, '')
    .replace(
      /<a\b[^<>]{0,2000}?href\s*=\s*["']?mailto:([^"'?<>\s]{1,320})[^<>]{0,2000}>([^<>]{0,1000})<\/a>/gi,
      (_, address: string, shown: string) =>
        shown.toLowerCase().includes(address.toLowerCase()) ? shown : `${shown} (${address})`,
    )
    // Crossed out, as Markdown writes it.
    .replace(/<span\b[^<>]{0,1000}line-through[^<>]{0,1000}>([^<>]{0,1000})<\/span>/gi, '~~$1~~')
    .replace(/<\/?(?:s|del|strike)(?=[\s>])[^<>]{0,2000}>/gi, '~~')
    .replace(/<\/(?:td|th|dt)>\s*<(?:td|th|dd)\b[^<>]{0,2000}>/gi, '\t')
    .replace(/<\/?(?:tr|br|p|div|li|table|dl|dt|dd|h\d)\b[^<>]{0,2000}>/gi, '\n')
    .replace(
      /<\/?(?:a|abbr|b|body|blockquote|caption|center|code|col|colgroup|em|font|hr|html|i|img|ins|meta|ol|pre|small|span|strong|sub|sup|tbody|td|tfoot|th|thead|u|ul|o:p|!doctype|!--)(?=[\s/>-])[^<>]{0,2000}>/gi,
      ' ',
    );
  return withoutEntities(plain);
}

/** Where a row has several cells, what breaks lines inside of them breaks no row. */
const withRowsInOneLine = (text: string): string =>
  text
    .split(/(?=<tr\b)/i)
    .map((row) => {
      if (!/^<tr\b/i.test(row) || (row.match(/<t[dh]\b/gi)?.length ?? 0) < 2) return row;
      const end = row.search(/<\/t(?:r|body|able)\b/i);
      const cells = end === -1 ? row : row.slice(0, end);
      return (
        cells.replace(/<\/?(?:br|p|div|li|ul|ol)\b[^<>]{0,2000}>/gi, ' ').replace(/\s+/g, ' ') +
        row.slice(cells.length)
      );
    })
    .join('');

/** `&lt;ann@example.org&gt;`: what programs write for marks, with or without tags. */
export const withoutEntities = (text: string): string =>
  !text.includes('&')
    ? text
    : text.replace(
        /&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(\w{2,6}));/gi,
        (whole, decimal?: string, hex?: string, name?: string) => {
          const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null;
          if (code !== null) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
          return ENTITIES[(name ?? '').toLowerCase()] ?? whole;
        },
      );
