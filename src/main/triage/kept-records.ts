import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { KeptRecord } from '../../shared/triage.ts';
import { failure } from '../failure.ts';
import { readWhole } from '../files/regular-file.ts';
import { PRIVATE_FOLDER, replaceFile } from '../files/replace-file.ts';
import { TIMED_ID } from '../short-id.ts';

/** What the file of a record is called, beside the runs; nothing else is ever made part of a path. */
export const LEAKED_TOKEN_FILE = /^leaked-token-(\d{8}-\d{6}-[0-9a-z]{10})\.json$/;

/** A larger file is none of ours, and more records than that nobody reads. */
const MAX_BYTES = 2 * 1024 * 1024;
const MAX_RECORDS = 500;

const text = z.string().max(2_000).nullable();
const recordSchema: z.ZodType<KeptRecord & { readonly v: 1 }> = z.object({
  v: z.literal(1),
  recordId: z.string().regex(TIMED_ID),
  keptAt: z.string().max(100),
  masked: z.string().max(200),
  who: text,
  organization: text,
  host: text,
  revokedAt: text,
  perhapsRevokedAt: text.optional(),
  text: z.string().max(1024 * 1024),
});

export interface KeptRecords {
  /** Newest first. What cannot be read as one is left out. */
  list(): Promise<readonly KeptRecord[]>;
  /** Writes it whole, in the place of an earlier one of that id. @throws AppFailure `file-not-writable` */
  keep(record: KeptRecord): Promise<void>;
  /** @throws AppFailure `no-such-item` */
  find(recordId: string): Promise<KeptRecord>;
  delete(recordId: string): Promise<void>;
}

/** What was found out and done about leaked tokens: a file each, with the token masked. */
export function createKeptRecords(folder: () => string): KeptRecords {
  const pathOf = (recordId: string): string => {
    if (!TIMED_ID.test(recordId)) throw failure('no-such-item', 'There is no such record.');
    return join(folder(), `leaked-token-${recordId}.json`);
  };

  const read = async (recordId: string): Promise<KeptRecord | null> => {
    try {
      const bytes = await readWhole(pathOf(recordId), MAX_BYTES);
      const { v: _v, ...record } = recordSchema.parse(JSON.parse(bytes.toString('utf8')));
      return record.recordId === recordId ? record : null;
    } catch {
      return null;
    }
  };

  return {
    list: async () => {
      const names = await readdir(folder()).catch(() => []);
      const ids = names.flatMap((name) => LEAKED_TOKEN_FILE.exec(name)?.[1] ?? []);
      const newest = ids.sort().reverse().slice(0, MAX_RECORDS);
      const found = await Promise.all(newest.map(read));
      return found.filter((record) => record !== null);
    },
    keep: async (record) => {
      try {
        await mkdir(folder(), { recursive: true, mode: PRIVATE_FOLDER });
        await replaceFile(pathOf(record.recordId), `${JSON.stringify({ v: 1, ...record }, null, 2)}\n`);
      } catch (error) {
        throw failure('file-not-writable', 'The record could not be kept beside the runs.', error);
      }
    },
    find: async (recordId) => {
      const found = await read(recordId);
      if (!found) throw failure('no-such-item', 'There is no such record.');
      return found;
    },
    delete: async (recordId) => rm(pathOf(recordId), { force: true }),
  };
}
