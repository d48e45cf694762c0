import { constants } from 'node:fs';
import { mkdir, open, rename, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PRIVATE_FILE, PRIVATE_FOLDER } from '../../files/replace-file.ts';
import { journalPath, planPath, syncFolder } from './files.ts';
import { lockPath } from './lock.ts';
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
 * @param isOurs asked before anything is written: whether no other process has taken the folder over.
 */
export async function openJournalFile(
  folder: string,
  isOurs: () => Promise<boolean> = () => Promise.resolve(true),
  others: readonly string[] = [planPath(folder), lockPath(folder)],
): Promise<JournalFile> {
  const path = journalPath(folder);
  // Not in append mode: there, Windows refuses to truncate.
  let file = await open(path, constants.O_RDWR | constants.O_CREAT, PRIVATE_FILE);
  const beside: { readonly path: string; handle: FileHandle }[] = [];
  for (const other of others) {
    beside.push({ path: other, handle: await open(other, 'r') });
  }
  await syncFolder(folder);
  let end = 0;
  /** Beyond it nobody but us has written. */
  let reach = (await file.stat()).size;
  /** Written since the last sync that succeeded: a failed one may have dropped it, and the next would not say so. */
  const unsynced: Uint8Array[] = [];
  let syncFailed = false;

  /** A file without its name takes records without complaint, and nobody ever sees them. */
  const whereItIs = async (): Promise<'in-place' | 'removed' | 'elsewhere'> => {
    const own = await file.stat();
    if (own.nlink === 0) return 'removed';
    const there = await stat(path).catch(() => null);
    return there?.ino === own.ino || process.platform === 'win32' ? 'in-place' : 'elsewhere';
  };

  /** Held up for long, this process may have been taken for gone, and its run resumed by another. */
  const checkAlone = async (): Promise<void> => {
    const { size } = await file.stat();
    if (size <= reach && (await isOurs())) return;
    throw new Error('Another Tokendesk writes this run now.');
  };

  const putBack = async (): Promise<void> => {
    if ((await stat(path).catch(() => null)) !== null)
      throw new Error('Another file stands where the journal was.');
    await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
    for (const one of beside) {
      const copy = await copyTo(one.path, one.handle);
      await one.handle.close();
      one.handle = copy;
    }
    const copy = await copyTo(path, file);
    await file.close();
    file = copy;
    await syncFolder(folder);
    await syncFolder(dirname(folder));
  };

  const sync = async (): Promise<void> => {
    const kept = unsynced.length;
    syncFailed = true;
    await file.datasync();
    unsynced.splice(0, kept);
    syncFailed = false;
    const where = await whereItIs();
    if (where !== 'in-place')
      throw new Error(`The run's folder was ${where === 'removed' ? 'removed' : 'moved'}.`);
  };

  return {
    append: async (bytes) => {
      await checkAlone();
      reach = Math.max(reach, end + bytes.length);
      await writeAll(file, bytes, end);
      end += bytes.length;
      unsynced.push(bytes);
    },
    recover: async (length) => {
      const where = await whereItIs();
      if (where === 'elsewhere') throw new Error("The run's folder was moved.");
      await checkAlone();
      await file.truncate(length);
      if (syncFailed) {
        const again = Buffer.concat(unsynced);
        await writeAll(file, again, length - again.length);
      }
      end = length;
      if (where === 'removed') await putBack();
    },
    sync,
    close: async () => {
      for (const { handle } of beside) await handle.close();
      await file.close();
    },
  };
}
