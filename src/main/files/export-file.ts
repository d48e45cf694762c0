import { failure, reasonOf } from '../failure.ts';
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
    throw failure('file-not-writable', reasonOf(error));
  });
}
