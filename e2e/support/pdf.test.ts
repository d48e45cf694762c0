import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { textOfPdf } from './pdf.ts';

const MAP = `1 beginbfchar\n<0001> <0041>\nendbfchar`;
const object = (number: number, body: Buffer | string): Buffer =>
  Buffer.concat([Buffer.from(`${number} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]);
const stream = (data: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`<</Filter /FlateDecode\n/Length ${data.length}>> stream\n`),
    data,
    Buffer.from('\nendstream'),
  ]);

/** A page that shows one `A`, packed so that its last byte is `last`: a checksum may end in any. */
function pageEnding(last: number): Buffer {
  // 33 is odd, so that within 256 of them the sum ends in every byte.
  for (let n = 0; n < 256; n += 1) {
    const packed = deflateSync(`% ${'!'.repeat(n)}\nBT /F1 12 Tf <0001> Tj ET`);
    if (packed.at(-1) === last) return packed;
  }
  throw new Error('None ends so');
}

it.each([0x0d, 0x0a, 0x20, 0x41])('reads a page whose last byte is %i', (last) => {
  const bytes = Buffer.concat([
    object(1, '<</Font <</F1 2 0 R>>>>'),
    object(2, '<</ToUnicode 3 0 R>>'),
    object(3, stream(deflateSync(MAP))),
    object(4, stream(pageEnding(last))),
  ]);
  expect(textOfPdf(bytes)).toBe('A');
});
