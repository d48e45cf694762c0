import type { ListPreview } from '../../../shared/plan.ts';
import { failure } from '../../failure.ts';

/** Largest list that is read, bytes. 1,000,000 lines of id and address are about 80 MB, of ids alone 37 MB. */
export const MAX_LIST_BYTES = 20 * 1024 * 1024;

type Encoding = ListPreview['encoding'];

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
 * Turns a file into text: UTF-8 or UTF-16, with or without a byte order mark.
 * @throws AppFailure `file-too-large`, or `file-unreadable` when the bytes are not text in one of these encodings:
 * guessing on would put wrong characters into addresses.
 */
export function decodeList(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } {
  if (bytes.length > MAX_LIST_BYTES) throw failure('file-too-large', 'The list is larger than 20 MB.');
  const { encoding, mark } = recognise(bytes);
  const unreadable = 'The list is not text in UTF-8 or UTF-16. Save it as "CSV UTF-8" and try again.';
  if (encoding === null) throw failure('file-unreadable', unreadable);
  try {
    const text = decodeAs(encoding, bytes.subarray(mark));
    if (text.includes('\0')) throw new TypeError('A zero character in the text');
    return { text, encoding };
  } catch (cause) {
    throw failure('file-unreadable', unreadable, cause);
  }
}
