import type { ListEncoding } from '../../../shared/list.ts';
import { failure } from '../../failure.ts';

/** Largest list that is read, bytes. 1,000,000 lines of id and address are about 80 MB, of ids alone 37 MB. */
export const MAX_LIST_BYTES = 20 * 1024 * 1024;

type Encoding = ListEncoding;

/** Bytes looked at to tell UTF-16 without a byte order mark from UTF-8. */
const SAMPLE_BYTES = 4_096;

/** Ids and addresses are nearly all ASCII: in UTF-16 every second byte of them is zero. */
const ZERO_SHARE = 0.3;

/** UTF-16 without a mark: zeros stand at odd places (little-endian) or at even ones (big-endian). */
function encodingWithoutMark(bytes: Uint8Array): Encoding | null {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const zeros = [0, 0];
  sample.forEach((byte, n) => {
    if (byte === 0) zeros[n % 2] = (zeros[n % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros.map((count) => count / Math.max(1, sample.length / 2));
  if (even === 0 && odd === 0) return 'utf-8';
  if (odd > ZERO_SHARE && even < odd / 10) return 'utf-16le';
  if (even > ZERO_SHARE && odd < even / 10) return 'utf-16be';
  return null;
}

function recognise(bytes: Uint8Array): { readonly encoding: Encoding | null; readonly mark: number } {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: null, mark: 4 }; // UTF-32
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', mark: 2 };
  return { encoding: encodingWithoutMark(bytes), mark: 0 };
}

function decodeAs(encoding: Encoding, bytes: Uint8Array): string {
  if (encoding === 'utf-8') return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  if (bytes.length % 2 !== 0) throw new TypeError('An odd number of bytes cannot be UTF-16');
  // Not every build of Node knows utf-16be, so its bytes are swapped.
  const littleEndian = encoding === 'utf-16le' ? bytes : Buffer.from(bytes).swap16();
  return new TextDecoder('utf-16le', { fatal: true }).decode(littleEndian);
}

/**
 * Windows-1252 from 80 to 9F; five places have no character. Node's own decoder reads them as Latin-1 in some versions
 * (https://github.com/nodejs/node/issues/56542).
 */
const FROM_80 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';
const UNDEFINED_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

const decode1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[\u0080-\u009F]/g, (char) => FROM_80[char.charCodeAt(0) - 0x80] ?? char);

/**
 * Bytes that are no UTF-8 and have no control characters are what Excel in Western Europe saves as "CSV": Windows-1252
 * (https://encoding.spec.whatwg.org/#windows-1252). It is a guess, so it is told; an address with such a letter in it is
 * not believed in any encoding.
 */
function isWindows1252(bytes: Uint8Array): boolean {
  for (const byte of bytes) {
    const control =
      byte < 0x20 &&
      byte !== 0x09 &&
      byte !== 0x0a &&
      byte !== 0x0d &&
      byte !== 0x0c &&
      byte !== 0x0b &&
      byte !== 0x1a;
    if (control || byte === 0x7f || UNDEFINED_1252.has(byte)) return false;
  }
  return true;
}

/**
 * Turns a file into text: UTF-8 or UTF-16, with or without a byte order mark, or Windows-1252.
 * @throws AppFailure `file-too-large`, or `file-unreadable` when the bytes are no text in one of these encodings.
 */
export function decodeList(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } {
  if (bytes.length > MAX_LIST_BYTES) throw failure('file-too-large', 'The list is larger than 20 MB.');
  const { encoding, mark } = recognise(bytes);
  const unreadable =
    'The file is neither a text nor an Excel workbook (.xlsx). Save the list as "CSV UTF-8" and try again.';
  if (encoding === null) throw failure('file-unreadable', unreadable);
  try {
    const text = decodeAs(encoding, bytes.subarray(mark));
    if (text.includes('\0')) throw new TypeError('A zero character in the text');
    return { text, encoding };
  } catch (cause) {
    if (encoding === 'utf-8' && mark === 0 && isWindows1252(bytes))
      return { text: decode1252(bytes), encoding: 'windows-1252' };
    throw failure('file-unreadable', unreadable, cause);
  }
}
