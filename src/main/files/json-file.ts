import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { z } from 'zod';
import { AppFailure, failure, reasonOf } from '../failure.ts';
import { createSequence } from '../in-sequence.ts';
import { isMissing, readWhole } from './regular-file.ts';
import { isLeftover, replaceFile } from './replace-file.ts';

/** Larger than any file that this program writes so; a larger one is another. */
const MAX_BYTES = 16 * 1024 * 1024;

export interface JsonFile<T> {
  readonly value: T;
  /**
   * Replaces the whole file: after a crash it holds the old value or the new one, never half of one.
   * @throws AppFailure `file-not-writable`
   */
  replace(value: T): Promise<void>;
  /** The same with a value made of what the write before left: of two changes at once none is lost. */
  change(next: (value: T) => T): Promise<void>;
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>;
  /** Deletes it, and what was kept of one that could not be read. Throws when something is left. */
  remove(): Promise<void>;
}

/** What could be saved of a damaged file, and the names of what could not. */
interface Salvaged<T> {
  readonly value: T;
  readonly lost: readonly string[];
}

interface Options<T> {
  readonly path: string;
  readonly schema: z.ZodType<T>;
  /** The value when there is no file yet, or none that can be read. */
  readonly fallback: T;
  readonly now: () => number;
  /** Saves what it can of JSON that does not have its shape: damage costs the damaged parts alone. */
  readonly salvage?: (json: unknown) => Salvaged<T> | null;
}

/**
 * Opens a small JSON file. Whatever cannot be read, a folder or a pipe in its place too, is kept beside it under a name
 * with the time, and `notice` says so in a sentence for the person; the app goes on with what could be read.
 */
export async function openJsonFile<T>(
  options: Options<T>,
): Promise<{ file: JsonFile<T>; notice: string | null }> {
  const { path } = options;
  let value = options.fallback;
  let notice: string | null = null;
  const found = await readJson(options);
  if (found.kind === 'whole') value = found.value;
  if (found.kind === 'damaged') {
    if (found.salvaged) value = found.salvaged.value;
    notice = await setAside(options, found.why, found.salvaged?.lost ?? []);
  }
  await removeLeftovers(path);

  // One writer: a later write waits for the earlier, so the last value wins.
  const inTurn = createSequence();
  const file: JsonFile<T> = {
    get value() {
      return value;
    },
    replace: (next) => file.change(() => next),
    change: (next) =>
      inTurn(async () => {
        const changed = next(value);
        await replaceFile(path, `${JSON.stringify(changed, null, 2)}\n`).catch((error: unknown) => {
          throw failure('file-not-writable', `${basename(path)}: ${reasonOf(error)}`, error);
        });
        value = changed;
      }),
    settled: () => inTurn(() => Promise.resolve()),
    remove: () => inTurn(() => removeFile(path)),
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

type Found<T> =
  | { readonly kind: 'missing' }
  | { readonly kind: 'whole'; readonly value: T }
  | { readonly kind: 'damaged'; readonly why: string; readonly salvaged: Salvaged<T> | null };

async function readJson<T>({ path, schema, salvage }: Options<T>): Promise<Found<T>> {
  let text: string;
  try {
    text = (await readWhole(path, MAX_BYTES)).toString('utf8');
  } catch (error) {
    if (isMissing(error)) return { kind: 'missing' };
    const why = error instanceof AppFailure ? error.error.message : 'The disk failed.';
    return { kind: 'damaged', why, salvaged: null };
  }
  const why = 'It is damaged.';
  try {
    const json: unknown = JSON.parse(text);
    const result = schema.safeParse(json);
    if (result.success) return { kind: 'whole', value: result.data };
    return { kind: 'damaged', why, salvaged: salvage?.(json) ?? null };
  } catch {
    return { kind: 'damaged', why, salvaged: null };
  }
}

/** @returns the sentence for the person. */
async function setAside<T>({ path, now }: Options<T>, why: string, lost: readonly string[]): Promise<string> {
  const name = basename(path);
  const kept = `${path}.unreadable-${new Date(now()).toISOString().replaceAll(/[:.]/g, '-')}`;
  const isKept = await rename(path, kept).then(
    () => true,
    () => false,
  );
  const notSaved = 'It could not be set aside: what you change now may not be saved.';
  if (lost.length > 0) {
    const parts = lost.slice(0, 5).join(', ');
    const rest = isKept ? `The damaged file was kept as ${basename(kept)}.` : notSaved;
    return `Parts of ${name} could not be read (${parts}); the others are as they were. ${rest}`;
  }
  return isKept
    ? `${name} could not be read and was kept as ${basename(kept)}. ${why} Tokendesk starts with its defaults.`
    : `${name} could not be read. ${why} ${notSaved}`;
}

/** A crash in the middle of a write. */
async function removeLeftovers(path: string): Promise<void> {
  const names = await readdir(dirname(path)).catch(() => []);
  for (const name of names.filter((other) => isLeftover(other, basename(path))))
    await rm(join(dirname(path), name), { force: true }).catch(() => undefined);
}
