import { writeFile } from 'node:fs/promises';
import { AppFailure } from '../failure.ts';

/** Writes what a person exports, readable by them alone. @throws AppFailure `file-not-writable` */
export async function writeExport(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : 'unknown reason';
    throw new AppFailure({ code: 'file-not-writable', message: reason });
  });
}
