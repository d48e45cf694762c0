import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { ProtectedEntry } from '../../shared/plan.ts';
import { failure } from '../failure.ts';
import { isMissing, readWhole } from '../files/regular-file.ts';
import { PRIVATE_FOLDER, replaceFile } from '../files/replace-file.ts';
import { createSequence } from '../in-sequence.ts';

const id = z.string().min(1).max(200);
const label = z.string().max(300);

/** An entry, as the window sends it and the file holds it. */
export const protectedEntry: z.ZodType<ProtectedEntry> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('user'), id: z.guid(), label }),
  z.strictObject({ kind: z.literal('email'), email: z.string().trim().min(3).max(254).includes('@') }),
  z.strictObject({ kind: z.literal('group'), id, label }),
  z.strictObject({ kind: z.literal('role'), id, label }),
]);

/** More would be a group. */
export const MAX_PROTECTED = 500;
const MAX_BYTES = 1024 * 1024;

const fileSchema = z.strictObject({
  version: z.literal(1),
  entries: z.array(protectedEntry).max(MAX_PROTECTED),
});

/**
 * Whom no run of a connection touches: one small file a connection. Unlike the app's other files, one that cannot be
 * read is never passed over, because an empty list in its place would let those users through.
 */
export interface ProtectedUsers {
  /** @throws AppFailure `protected-unreadable`. No file is an empty list. */
  list(connectionId: string): Promise<readonly ProtectedEntry[]>;
  /**
   * @param agreed entries that may go: the person agreed to exactly these. Whatever else is on the list has to stay.
   * @throws AppFailure `protected-unreadable` instead of overwriting; `changed-meanwhile`; `invalid-input`; `file-not-writable`.
   */
  save(
    connectionId: string,
    entries: readonly ProtectedEntry[],
    agreed: readonly ProtectedEntry[],
  ): Promise<readonly ProtectedEntry[]>;
  /** Keeps a file that cannot be read under another name, and begins an empty list. */
  reset(connectionId: string): Promise<readonly ProtectedEntry[]>;
  forget(connectionId: string): Promise<void>;
}

/** @param folder made when the first list is saved. */
export function createProtectedUsers(folder: string, now: () => number): ProtectedUsers {
  const pathOf = (connectionId: string): string => {
    // A connection's id is a name of a file here, and nothing else.
    if (!/^[\w-]{1,100}$/.test(connectionId)) throw failure('no-such-item', 'There is no such connection.');
    return join(folder, `${connectionId}.json`);
  };

  const list: ProtectedUsers['list'] = async (connectionId) => {
    const path = pathOf(connectionId);
    try {
      const text = (await readWhole(path, MAX_BYTES)).toString('utf8');
      return fileSchema.parse(JSON.parse(text)).entries;
    } catch (error) {
      if (isMissing(error)) return [];
      throw failure('protected-unreadable', 'The file with the protected users cannot be read.', error);
    }
  };

  /** Reading and writing belong together: a list that was compared must still be there when it is replaced. */
  const inTurn = createSequence();

  return {
    list,
    save: (connectionId, entries, agreed) =>
      inTurn(async () => {
        const gone = missingFrom(entries, await list(connectionId));
        if (missingFrom(agreed, gone).length > 0)
          throw failure('changed-meanwhile', 'The protected users have changed meanwhile.');
        // What cannot be read again must not be written: it would lock everybody out of planning.
        if (!fileSchema.safeParse({ version: 1, entries }).success)
          throw failure(
            'invalid-input',
            `At most ${MAX_PROTECTED} users, groups and roles can be protected.`,
          );
        try {
          await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
          await replaceFile(pathOf(connectionId), `${JSON.stringify({ version: 1, entries }, null, 2)}\n`);
        } catch (error) {
          throw failure('file-not-writable', 'The protected users could not be saved.', error);
        }
        return entries;
      }),
    reset: async (connectionId) => {
      const path = pathOf(connectionId);
      const kept = `${path}.unreadable-${new Date(now()).toISOString().replaceAll(/[:.]/g, '-')}`;
      await rename(path, kept).catch((error: unknown) => {
        if (!isMissing(error))
          throw failure('file-not-writable', 'The old list could not be set aside.', error);
      });
      return [];
    },
    forget: async (connectionId) => {
      await rm(pathOf(connectionId), { force: true });
    },
  };
}

/** Entries of `before` that `entries` does not have word for word: what is relabelled goes, and comes back as another. */
export const missingFrom = (
  entries: readonly ProtectedEntry[],
  before: readonly ProtectedEntry[],
): readonly ProtectedEntry[] =>
  before.filter((one) => !entries.some((other) => isDeepStrictEqual(one, other)));
