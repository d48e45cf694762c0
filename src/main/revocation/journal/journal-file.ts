import { constants } from 'node:fs';
import { mkdir, open, rename, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PRIVATE_FILE, PRIVATE_FOLDER } from '../../files/replace-file.ts';
import { journalPath, planPath, syncFolder } from './files.ts';
import { holdsLock, lockPath } from './lock.ts';
import type { JournalFile } from './writer.ts';

const PIECE_BYTES = 256 * 1024;

/** Writes all of the bytes at that position, or throws. */
async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    if (bytesWritten === 0) throw new Error('The disk takes no more.');
    done += bytesWritten;
  }
}

/** Copies what a handle holds, which may have no name any more, to that path. @returns the copy, open and synced. */
async function copyTo(path: string, from: FileHandle): Promise<FileHandle> {
  const half = `${path}.restoring`;
  const to = await open(half, 'w+', PRIVATE_FILE);
  try {
    const piece = Buffer.alloc(PIECE_BYTES);
    for (let at = 0; ;) {
      const { bytesRead } = await from.read(piece, 0, piece.length, at);
      if (bytesRead === 0) break;
      await writeAll(to, piece.subarray(0, bytesRead), at);
      at += bytesRead;
    }
    await to.sync();
    await rename(half, path); // only POSIX gets here: Windows does not let go of files that are open
    return to;
  } catch (error) {
    await to.close();
    throw error;
  }
}

/**
 * Opens the journal of a run for writing; `recover` must come first. What else is in the folder is held open too, so
 * that a folder that was removed can be put back as it was. Throws when the disk fails.
 * @param others what else is in the folder.
 */
export async function openJournalFile(
  folder: string,
  others: readonly string[] = [planPath(folder), lockPath(folder)],
): Promise<JournalFile> {
  // Not in append mode: there, Windows refuses to truncate.
  const file = await open(journalPath(folder), constants.O_RDWR | constants.O_CREAT, PRIVATE_FILE);
  const beside: OpenFile[] = [];
  for (const path of others) beside.push({ path, handle: await open(path, 'r') });
  await syncFolder(folder);
  return new HeldJournalFile(folder, file, (await file.stat()).size, beside);
}

interface OpenFile {
  readonly path: string;
  handle: FileHandle;
}

class HeldJournalFile implements JournalFile {
  readonly #folder: string;
  #file: FileHandle;
  #end = 0;
  /** Beyond it nobody but us has written. */
  #reach: number;
  readonly #beside: readonly OpenFile[];
  /** Written since the last sync that succeeded: a failed one may have dropped it, and the next would not say so. */
  readonly #unsynced: Uint8Array[] = [];
  #syncFailed = false;

  constructor(folder: string, file: FileHandle, size: number, beside: readonly OpenFile[]) {
    this.#folder = folder;
    this.#file = file;
    this.#reach = size;
    this.#beside = beside;
  }

  async append(bytes: Uint8Array): Promise<void> {
    await this.#checkAlone();
    this.#reach = Math.max(this.#reach, this.#end + bytes.length);
    await writeAll(this.#file, bytes, this.#end);
    this.#end += bytes.length;
    this.#unsynced.push(bytes);
  }

  async recover(length: number): Promise<void> {
    const where = await this.#whereItIs();
    if (where === 'elsewhere') throw new Error("The run's folder was moved.");
    await this.#checkAlone();
    await this.#file.truncate(length);
    if (this.#syncFailed) {
      const again = Buffer.concat(this.#unsynced);
      await writeAll(this.#file, again, length - again.length);
    }
    this.#end = length;
    if (where === 'removed') await this.#putBack();
  }

  async sync(): Promise<void> {
    const kept = this.#unsynced.length;
    this.#syncFailed = true;
    await this.#file.datasync();
    this.#unsynced.splice(0, kept);
    this.#syncFailed = false;
    const where = await this.#whereItIs();
    if (where !== 'in-place')
      throw new Error(`The run's folder was ${where === 'removed' ? 'removed' : 'moved'}.`);
  }

  async close(): Promise<void> {
    for (const { handle } of this.#beside) await handle.close();
    await this.#file.close();
  }

  /** A file without its name takes records without complaint, and nobody ever sees them. */
  async #whereItIs(): Promise<'in-place' | 'removed' | 'elsewhere'> {
    const own = await this.#file.stat();
    if (own.nlink === 0) return 'removed';
    const there = await stat(journalPath(this.#folder)).catch(() => null);
    return there?.ino === own.ino || process.platform === 'win32' ? 'in-place' : 'elsewhere';
  }

  /** Held up for long, this process may have been taken for gone, and its run resumed by another. */
  async #checkAlone(): Promise<void> {
    const { size } = await this.#file.stat();
    if (size <= this.#reach && (await holdsLock(this.#folder))) return;
    throw new Error('Another Tokendesk writes this run now.');
  }

  async #putBack(): Promise<void> {
    const path = journalPath(this.#folder);
    if ((await stat(path).catch(() => null)) !== null)
      throw new Error('Another file stands where the journal was.');
    await mkdir(this.#folder, { recursive: true, mode: PRIVATE_FOLDER });
    for (const file of this.#beside) {
      const copy = await copyTo(file.path, file.handle);
      await file.handle.close();
      file.handle = copy;
    }
    const copy = await copyTo(path, this.#file);
    await this.#file.close();
    this.#file = copy;
    await syncFolder(this.#folder);
    await syncFolder(dirname(this.#folder));
  }
}
