// @ts-check
// Windows' and macOS' containers of icons. Both take PNGs as they are, and electron-builder's own converter would have
// to be downloaded from GitHub.

/** The largest that ICONDIRENTRY can name: its one byte holds 0 for 256. */
const LARGEST_ICO = 256;

/** OSType of each PNG of a square picture: https://en.wikipedia.org/wiki/Apple_Icon_Image_format#Icon_types */
const ICNS_TYPES = /** @type {readonly (readonly [string, number])[]} */ ([
  ['icp4', 16],
  ['ic11', 32],
  ['icp5', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]);

/**
 * An .ico of PNGs (Windows Vista and later): ICONDIR and one ICONDIRENTRY a picture, then the pictures.
 * https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)
 * @param {ReadonlyMap<number, Buffer>} pictures PNGs by their width
 * @returns {Buffer}
 */
export function icoOf(pictures) {
  const used = [...pictures].filter(([size]) => size <= LARGEST_ICO);
  const head = Buffer.alloc(6 + 16 * used.length);
  head.writeUInt16LE(1, 2); // type: icon
  head.writeUInt16LE(used.length, 4);
  let offset = head.length;
  for (const [index, [size, picture]] of used.entries()) {
    const at = 6 + 16 * index;
    head.writeUInt8(size % LARGEST_ICO, at);
    head.writeUInt8(size % LARGEST_ICO, at + 1);
    head.writeUInt16LE(1, at + 4); // planes
    head.writeUInt16LE(32, at + 6); // bits a pixel
    head.writeUInt32LE(picture.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += picture.length;
  }
  return Buffer.concat([head, ...used.map(([, picture]) => picture)]);
}

/**
 * An .icns of PNGs: `icns`, the length of the whole, then type, length and picture, each length with its own eight bytes.
 * @param {ReadonlyMap<number, Buffer>} pictures PNGs by their width
 * @returns {Buffer}
 */
export function icnsOf(pictures) {
  const entries = ICNS_TYPES.flatMap(([type, size]) => {
    const picture = pictures.get(size);
    return picture ? [entry(type, picture)] : [];
  });
  return entry('icns', Buffer.concat(entries));
}

/** @param {string} type @param {Buffer} content */
function entry(type, content) {
  const head = Buffer.from(`${type}\0\0\0\0`, 'latin1');
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}
