import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { failure } from '../failure.ts';

const PIECE_BYTES = 256 * 1024;

/** What may have been added to a file since it was opened is looked for with so much room. */
const ROOM_BYTES = 1024;

/** Why the system would not open a file, by its own codes. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'There is no permission to read it.',
  EPERM: 'There is no permission to read it.',
  EISDIR: 'It is a folder.',
  ELOOP: 'It is a link that leads in a circle.',
  ENOTDIR: 'A part of its path is no folder.',
  ENAMETOOLONG: 'Its path is too long.',
  ENXIO: 'It is not a file with contents.',
  EIO: 'The disk failed.',
  EMFILE: 'Too many files are open.',
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** Whether a file system's error says that nothing stands at the path. */
export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

const unreadable = (why: string, cause?: unknown) => failure('file-unreadable', why, cause);

/** What stands at a path, for the person; a folder, a pipe and a device have no end or no contents. */
const checkKind = (found: { isFile(): boolean; isDirectory(): boolean }): void => {
  if (found.isFile()) return;
  throw unreadable(found.isDirectory() ? 'It is a folder.' : 'It is not a file with contents.');
};

/**
 * Opens a file with contents and an end. A pipe would hang, a device may have no end, and the place of a file may be
 * taken by either: looked at before opening, since opening can act on a device, and after, since it may be another by
 * then. `O_NONBLOCK` keeps a pipe from hanging in between (open(2)).
 * @throws AppFailure `file-unreadable`, `file-too-large`; as the system does when there is no file (`isMissing`).
 */
async function openRegular(
  path: string,
  maxBytes: number,
): Promise<{ readonly handle: FileHandle; readonly size: number }> {
  let handle: FileHandle;
  try {
    checkKind(await stat(path));
    // Windows has no such flag, and no pipes among its files.
    handle = await open(path, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === '') throw error;
    throw unreadable(REASONS[code] ?? `The system does not open it (${code}).`, error);
  }
  try {
    const found = await handle.stat();
    checkKind(found);
    if (found.size > maxBytes) throw tooLarge(maxBytes);
    return { handle, size: found.size };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const MEBIBYTE = 1024 * 1024;
const tooLarge = (maxBytes: number) =>
  failure('file-too-large', `It is larger than ${Math.floor(maxBytes / MEBIBYTE)} MB.`);

/**
 * A file in pieces, with a turn of the event loop after each: a file of 100 MB must not hold up the app. It ends at
 * `maxBytes`, also when it grows meanwhile.
 * @throws as `openRegular`, and `file-unreadable` when the disk fails.
 */
export async function* readPieces(path: string, maxBytes: number): AsyncGenerator<Buffer> {
  const { handle, size } = await openRegular(path, maxBytes);
  try {
    for (let read = 0; ;) {
      // Not more than is left: the file of a lock is read for each record of a journal.
      const left = Math.max(0, size - read);
      const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, left + ROOM_BYTES));
      const { bytesRead } = await handle.read(piece, 0, piece.length, read).catch((error: unknown) => {
        throw unreadable(REASONS[codeOf(error)] ?? 'The disk failed.', error);
      });
      if (bytesRead === 0) return;
      read += bytesRead;
      if (read > maxBytes) throw tooLarge(maxBytes);
      yield piece.subarray(0, bytesRead);
      await turn();
    }
  } finally {
    await handle.close();
  }
}

/** A small file whole. @throws as `readPieces`. */
export async function readWhole(path: string, maxBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of readPieces(path, maxBytes)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The last bytes of a file, at most so many. @throws as `readPieces`. */
export async function readTail(path: string, bytes: number): Promise<Buffer> {
  const { handle, size } = await openRegular(path, Infinity);
  try {
    const tail = Buffer.alloc(Math.min(bytes, size));
    const { bytesRead } = await handle.read(tail, 0, tail.length, size - tail.length);
    return tail.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
