import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { icnsOf, icoOf } from './icon-files.mjs';

const FOLDER = join(import.meta.dirname, '..', 'packaging');
const pictures = new Map(
  [16, 24, 32, 48, 64, 128, 256, 512, 1024].map((size) => [
    size,
    readFileSync(join(FOLDER, 'icons', `${size}x${size}.png`)),
  ]),
);
/** Width of a PNG: https://www.w3.org/TR/png-3/#11IHDR */
const widthOf = (png) => png.readUInt32BE(16);

describe('the icons in packaging/', () => {
  it('are of their size', () => {
    for (const [size, picture] of pictures) expect(widthOf(picture)).toBe(size);
  });

  it('are made of the same pictures for Windows and macOS', () => {
    expect(readFileSync(join(FOLDER, 'icon.ico')).equals(icoOf(pictures))).toBe(true);
    expect(readFileSync(join(FOLDER, 'icon.icns')).equals(icnsOf(pictures))).toBe(true);
  });
});

it('an .ico points to each picture, 256 as 0, and none above', () => {
  const ico = icoOf(pictures);
  expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
  const widths = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index;
    const picture = ico.subarray(
      ico.readUInt32LE(at + 12),
      ico.readUInt32LE(at + 12) + ico.readUInt32LE(at + 8),
    );
    expect(ico.readUInt8(at) || 256).toBe(widthOf(picture));
    return widthOf(picture);
  });
  expect(widths).toEqual([16, 24, 32, 48, 64, 128, 256]);
});

it('an .icns says its own length, and has every size that Finder shows', () => {
  const icns = icnsOf(pictures);
  expect(icns.toString('latin1', 0, 4)).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const found = [];
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    found.push([icns.toString('latin1', at, at + 4), widthOf(icns.subarray(at + 8))]);
  }
  expect(found).toContainEqual(['ic07', 128]);
  expect(found).toContainEqual(['ic10', 1024]);
  expect(found).toHaveLength(10);
});
