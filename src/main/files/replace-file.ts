import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { isMissing } from './regular-file.ts';

/** For the person alone. */
export const PRIVATE_FILE = 0o600;
export const PRIVATE_FOLDER = 0o700;

export type Contents = string | Uint8Array | AsyncIterable<string | Uint8Array>;

/**
 * Replaces a file whole: written beside it, synced, and renamed over it, so that there is the old one or the new one
 * and never half of one. Throws when the disk fails, or something that is no file stands there; nothing is left beside.
 */
export async function replaceFile(path: string, contents: Contents): Promise<void> {
  const there = await stat(path).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (there && !there.isFile()) throw new Error('What stands there is not a file.');
  // A name nobody can have prepared, and never through a link.
  const aside = `${path}.${randomUUID()}.part`;
  const file = await open(aside, 'wx', PRIVATE_FILE);
  try {
    try {
      if (typeof contents === 'string' || contents instanceof Uint8Array) await file.writeFile(contents);
      else for await (const piece of contents) await file.appendFile(piece);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** What `replaceFile` leaves beside a file when the program ends in the middle of it. */
export const isLeftover = (name: string, ofName: string): boolean =>
  name.startsWith(`${ofName}.`) && name.endsWith('.part');
