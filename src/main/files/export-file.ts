import { AppFailure } from '../failure.ts';
import { replaceFile } from './replace-file.ts';

/**
 * Writes what a person exports, readable by them alone: whole, or not at all.
 * @throws AppFailure `file-not-writable`
 */
export async function writeExport(
  path: string,
  contents: string | Uint8Array | AsyncIterable<string | Uint8Array>,
): Promise<void> {
  await replaceFile(path, contents).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : 'unknown reason';
    throw new AppFailure({ code: 'file-not-writable', message: reason });
  });
}
