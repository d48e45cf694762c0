import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Every file under a folder, with its bytes as Latin-1 text: what was written as UTF-8 or ASCII is found in it.
 * The app may be writing meanwhile (it writes beside a file, then renames): a file that is gone when its turn
 * comes means that the folder is read once more, so that what took its place is not missed.
 */
export async function filesUnder(folder: string, attempts = 10): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  try {
    return new Map(
      await Promise.all(files.map(async (path) => [path, await readFile(path, 'latin1')] as const)),
    );
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!gone || attempts <= 1) throw error;
    return filesUnder(folder, attempts - 1);
  }
}
