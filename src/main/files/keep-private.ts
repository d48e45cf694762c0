import { chmod, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PRIVATE_FILE, PRIVATE_FOLDER } from './replace-file.ts';

/** More than a profile of Chromium and a thousand runs have; beyond it the folder's own mode still stands. */
const MAX_ENTRIES = 50_000;

/**
 * Takes everything below a folder from other users of the computer, also what an earlier version or another program left
 * open: 0700 for folders, 0600 for files. Links are not followed, and what cannot be changed stays as it is. Windows has
 * no such modes; there a profile is the user's own.
 * @returns how many entries were changed.
 */
export async function keepPrivate(folder: string): Promise<number> {
  if (process.platform === 'win32') return 0;
  const open = [folder];
  let seen = 0;
  let changed = 0;
  const narrow = async (path: string): Promise<void> => {
    const found = await lstat(path);
    if (!found.isDirectory() && !found.isFile()) return;
    const mode = found.isDirectory() ? PRIVATE_FOLDER : PRIVATE_FILE | (found.mode & 0o100);
    if ((found.mode & 0o777) !== mode) {
      await chmod(path, mode);
      changed += 1;
    }
    if (found.isDirectory()) open.push(...(await readdir(path)).map((name) => join(path, name)));
  };
  for (let path = open.pop(); path !== undefined && seen < MAX_ENTRIES; path = open.pop()) {
    seen += 1;
    await narrow(path).catch(() => undefined);
  }
  return changed;
}
