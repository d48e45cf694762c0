import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { z } from 'zod';

export interface JsonFile<T> {
  readonly value: T;
  /** Replaces the whole file: after a crash it holds the old value or the new one, never half of one. */
  replace(value: T): Promise<void>;
  /** Deletes it, and what was kept of one that could not be read. Throws when something is left. */
  remove(): Promise<void>;
}

interface Options<T> {
  readonly path: string;
  readonly schema: z.ZodType<T>;
  /** The value when there is no file yet, or none that can be read. */
  readonly fallback: T;
  readonly now: () => number;
}

/**
 * Opens a small JSON file. One that cannot be read is kept beside it under a name with the time, and
 * `notice` says so in a sentence for the person; the app goes on with the fallback.
 */
export async function openJsonFile<T>(
  options: Options<T>,
): Promise<{ file: JsonFile<T>; notice: string | null }> {
  const { path, schema, fallback, now } = options;
  let value = fallback;
  let notice: string | null = null;
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (text !== null) {
    const parsed = parse(text, schema);
    if (parsed.ok) value = parsed.value;
    else {
      const kept = `${path}.unreadable-${new Date(now()).toISOString().replaceAll(/[:.]/g, '-')}`;
      await rename(path, kept);
      notice = `${basename(path)} could not be read and was kept as ${basename(kept)}. Tokendesk starts with its defaults.`;
    }
  }

  // One writer: a later replace waits for the earlier, so the last value wins.
  let writing: Promise<void> = Promise.resolve();
  const file: JsonFile<T> = {
    get value() {
      return value;
    },
    replace(next) {
      const write = writing
        .then(() => replaceFile(path, `${JSON.stringify(next, null, 2)}\n`))
        .then(() => {
          value = next;
        });
      writing = write.catch(() => undefined);
      return write;
    },
    remove() {
      const removal = writing.then(() => removeFile(path));
      writing = removal.catch(() => undefined);
      return removal;
    },
  };
  return { file, notice };
}

async function removeFile(path: string): Promise<void> {
  await rm(path, { force: true });
  for (const kept of await unreadableCopies(path)) await rm(kept);
}

/** Paths of the copies that were kept of a file because it could not be read. */
export async function unreadableCopies(path: string): Promise<readonly string[]> {
  const names = await readdir(dirname(path)).catch(() => []);
  return names
    .filter((name) => name.startsWith(`${basename(path)}.unreadable-`))
    .map((name) => join(dirname(path), name));
}

function parse<T>(text: string, schema: z.ZodType<T>): { ok: true; value: T } | { ok: false } {
  try {
    const result = schema.safeParse(JSON.parse(text));
    return result.success ? { ok: true, value: result.data } : { ok: false };
  } catch {
    return { ok: false };
  }
}

/** Replaces a file whole: written beside it, synced, and renamed over it. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, path);
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
