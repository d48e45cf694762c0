import { failure, reasonOf } from '../failure.ts';
import { replaceFile, type Contents } from './replace-file.ts';

/**
 * Saves an export of that name where the person says, and makes it only then.
 * @returns where it is; null when the person closed the dialog.
 * @throws AppFailure `file-not-writable`
 */
export type SaveExport = (
  name: string,
  contents: () => Contents | Promise<Contents>,
) => Promise<{ readonly path: string } | null>;

/** @param choosePath asks the person; null when they closed the dialog. */
export const createSaveExport =
  (choosePath: (name: string) => Promise<string | null>): SaveExport =>
  async (name, contents) => {
    const path = await choosePath(name);
    if (path === null) return null;
    await writeExport(path, await contents());
    return { path };
  };

/**
 * Writes what a person exports, readable by them alone: whole, or not at all.
 * @throws AppFailure `file-not-writable`
 */
export async function writeExport(path: string, contents: Contents): Promise<void> {
  await replaceFile(path, contents).catch((error: unknown) => {
    throw failure('file-not-writable', reasonOf(error));
  });
}
