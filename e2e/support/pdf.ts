import { inflateSync } from 'node:zlib';

/** The objects of a PDF by their number, with what their stream holds (ISO 32000-1, 7.3). */
function objectsOf(bytes: Buffer): ReadonlyMap<number, string> {
  const text = bytes.toString('latin1');
  const objects = new Map<number, string>();
  for (const { 1: number = '', 2: body = '' } of text.matchAll(/(\d+) 0 obj\b([^]*?)\bendobj/g)) {
    const { 0: opening = '', index = body.length } = /\bstream\r?\n/.exec(body) ?? {};
    const head = body.slice(0, index);
    // By its length: a stream may end in any byte, a line's end among them.
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const stream = body.slice(index + opening.length).slice(0, length);
    const data =
      stream !== '' && head.includes('/FlateDecode') ? inflateSync(Buffer.from(stream, 'latin1')) : stream;
    objects.set(Number(number), `${head}\n${data.toString('latin1')}`);
  }
  return objects;
}

const fromHex = (hex: string): string =>
  String.fromCodePoint(...(hex.match(/.{4}/g) ?? []).map((unit) => parseInt(unit, 16)));

/** Glyph → text, as the font's ToUnicode says (9.10.3). */
function charactersOf(map: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const { 1: block = '' } of map.matchAll(/beginbfchar([^]*?)endbfchar/g))
    for (const { 1: glyph = '', 2: text = '' } of block.matchAll(/<(\w+)>\s*<(\w+)>/g))
      found.set(parseInt(glyph, 16), fromHex(text));
  for (const { 1: block = '' } of map.matchAll(/beginbfrange([^]*?)endbfrange/g))
    for (const { 1: from = '', 2: to = '', 3: text = '' } of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g))
      for (let glyph = parseInt(from, 16); glyph <= parseInt(to, 16); glyph += 1)
        found.set(glyph, String.fromCodePoint(parseInt(text, 16) + glyph - parseInt(from, 16)));
  return found;
}

/** What a reader of a PDF by Chromium sees, without its spaces: each is where the next letter stands, not a letter. */
export function textOfPdf(bytes: Buffer): string {
  const objects = objectsOf(bytes);
  const fonts = new Map<string, ReadonlyMap<number, string>>();
  for (const body of objects.values())
    for (const { 1: list = '' } of body.matchAll(/\/Font\s*<<([^>]*)>>/g))
      for (const { 1: name = '', 2: number = '' } of list.matchAll(/\/(\w+)\s+(\d+) 0 R/g)) {
        const [, unicode = ''] = /\/ToUnicode\s+(\d+) 0 R/.exec(objects.get(Number(number)) ?? '') ?? [];
        fonts.set(name, charactersOf(objects.get(Number(unicode)) ?? ''));
      }
  let font: ReadonlyMap<number, string> = new Map();
  let text = '';
  for (const body of objects.values())
    for (const [, name, shown = ''] of body.matchAll(
      /\/(\w+)\s+[\d.]+\s+Tf|((?:<[\da-fA-F]+>|\[[^\]]*\])\s*TJ?j?)/g,
    )) {
      if (name !== undefined) font = fonts.get(name) ?? new Map();
      else
        for (const { 1: hex = '' } of shown.matchAll(/<([\da-fA-F]+)>/g))
          for (const glyph of hex.match(/.{4}/g) ?? []) text += font.get(parseInt(glyph, 16)) ?? '';
    }
  // A font may draw two letters as one.
  return text.normalize('NFKC').replaceAll(/\s/g, '');
}
