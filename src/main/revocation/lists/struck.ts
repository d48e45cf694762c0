import { utils, type WorkBook } from '@e965/xlsx';

/** The parts of a workbook as SheetJS keeps them when it is asked to; its types leave them out. */
interface Parts {
  readonly files?: Readonly<Record<string, { readonly content?: Uint8Array } | undefined>>;
}

/** Most columns of a sheet. */
const WIDTH = 16_384;

const partOf = (book: WorkBook & Parts, name: string): string => {
  const content = book.files?.[name]?.content;
  return content === undefined ? '' : Buffer.from(content).toString('utf8');
};

const attribute = (tag: string, name: string): string | undefined =>
  new RegExp(`[\\s:]${name}="([^"]*)"`).exec(tag)?.[1];

/** Formats of cells whose font is struck through (ECMA-376, 18.8.10 and 18.8.37). */
function struckFormats(styles: string): ReadonlySet<string> {
  const fonts = /<(?:\w+:)?fonts\b([\s\S]*?)<\/(?:\w+:)?fonts>/.exec(styles)?.[1] ?? '';
  const struckFonts = new Set<string>();
  fonts
    .split(/<(?:\w+:)?font(?=[\s/>])/)
    .slice(1)
    .forEach((font, n) => {
      const strike = /<(?:\w+:)?strike\b([^<>]*)>/.exec(font)?.[1];
      if (strike !== undefined && !/val="(?:0|false)"/.test(strike)) struckFonts.add(String(n));
    });
  if (struckFonts.size === 0) return struckFonts;
  const formats = /<(?:\w+:)?cellXfs\b([\s\S]*?)<\/(?:\w+:)?cellXfs>/.exec(styles)?.[1] ?? '';
  const found = new Set<string>();
  [...formats.matchAll(/<(?:\w+:)?xf\b[^<>]*>/g)].forEach(([format], n) => {
    if (struckFonts.has(attribute(format, 'fontId') ?? '')) found.add(String(n));
  });
  return found;
}

/** Where the part of a sheet is: its place in the workbook has an id, and that a path. */
function pathOf(book: WorkBook, index: number): string {
  const tags = [...partOf(book, 'xl/workbook.xml').matchAll(/<(?:\w+:)?sheet\s[^<>]*>/g)];
  const id = attribute(tags[index]?.[0] ?? '', 'id');
  const relations = partOf(book, 'xl/_rels/workbook.xml.rels').matchAll(/<(?:\w+:)?Relationship\s[^<>]*>/g);
  const relation = [...relations].find(([tag]) => attribute(tag, 'Id') === id);
  const target = attribute(relation?.[0] ?? '', 'Target') ?? '';
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

/**
 * The cells of a sheet whose text is struck through, which SheetJS does not tell. @param book read with `bookFiles`.
 * @returns whether the cell of that row and column, from 0, is one.
 */
export function struckIn(book: WorkBook, index: number): (row: number, column: number) => boolean {
  const formats = struckFormats(partOf(book, 'xl/styles.xml'));
  const found = new Set<number>();
  if (formats.size > 0)
    for (const [, tag = ''] of partOf(book, pathOf(book, index)).matchAll(/<(?:\w+:)?c(\s[^<>]*)>/g)) {
      const address = /\sr="([A-Z]{1,3}\d{1,7})"/.exec(tag)?.[1];
      if (address === undefined || !formats.has(/\ss="(\d+)"/.exec(tag)?.[1] ?? '')) continue;
      const { r, c } = utils.decode_cell(address);
      found.add(r * WIDTH + c);
    }
  return (row, column) => found.has(row * WIDTH + column);
}
