import { inflateRawSync } from 'node:zlib';
import { failure } from '../../failure.ts';

/*
 * A workbook is a ZIP archive (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3): its directory says how
 * large each part becomes. That is held against bounds, and against what each part really becomes, before anything else
 * unpacks it.
 */

/** A workbook of Excel has a few dozen parts, and three for each sheet. */
const MAX_ENTRIES = 2_000;
/** All parts together, bytes: 500,000 rows of five columns are about 100 MB. */
const MAX_BYTES = 160 * 1024 * 1024;
/** Sheets of nothing but repetition become a hundred times smaller; bombs a thousand times. */
const MAX_RATIO = 250;
/** Below that size a part may be as small as it likes. */
const RATIO_FROM = 1024 * 1024;

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const damaged = (cause?: unknown) =>
  failure('file-unreadable', 'The workbook is damaged: its parts do not agree.', cause);
const tooLarge = () =>
  failure(
    'file-too-large',
    'The workbook becomes too large when it is unpacked. Save the sheet with the list as CSV.',
  );

/** Names of the parts. @throws AppFailure `file-too-large`, `file-unreadable`. */
export function checkArchive(bytes: Uint8Array): readonly string[] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = directoryOf(view);
  let total = 0;
  for (const { packed, size } of entries) {
    total += size;
    if (total > MAX_BYTES || (size > RATIO_FROM && size > packed * MAX_RATIO)) throw tooLarge();
  }
  for (const entry of entries) checkPart(view, entry);
  return entries.map(({ name }) => name);
}

function directoryOf(view: Buffer): readonly Entry[] {
  // The end record stands within the last 64 KB, behind it a comment.
  const from = Math.max(0, view.length - 65_557);
  let end = -1;
  for (let at = view.length - 22; at >= from && end < 0; at -= 1) if (view.readUInt32LE(at) === END) end = at;
  if (end < 0) throw damaged();
  const count = view.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw tooLarge();
  const entries: Entry[] = [];
  let at = view.readUInt32LE(end + 16);
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > view.length || view.readUInt32LE(at) !== DIRECTORY) throw damaged();
    const nameLength = view.readUInt16LE(at + 28);
    entries.push({
      name: view.toString('utf8', at + 46, at + 46 + nameLength),
      method: view.readUInt16LE(at + 10),
      packed: view.readUInt32LE(at + 20),
      size: view.readUInt32LE(at + 24),
      offset: view.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + view.readUInt16LE(at + 30) + view.readUInt16LE(at + 32);
  }
  return entries;
}

/** A part that becomes larger than it says, or overlaps what it should not, is a trap. */
function checkPart(view: Buffer, { method, packed, size, offset }: Entry): void {
  if (offset + 30 > view.length || view.readUInt32LE(offset) !== LOCAL) throw damaged();
  const begin = offset + 30 + view.readUInt16LE(offset + 26) + view.readUInt16LE(offset + 28);
  if (begin + packed > view.length) throw damaged();
  if (method === STORED && packed === size) return;
  if (method !== DEFLATED) throw damaged();
  try {
    const real = inflateRawSync(view.subarray(begin, begin + packed), { maxOutputLength: size + 1 });
    if (real.length !== size) throw damaged();
  } catch (error) {
    throw damaged(error);
  }
}
