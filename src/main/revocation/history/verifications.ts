import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppFailure } from '../../failure.ts';
import { LineTooLong, linesOf } from '../../files/lines.ts';
import { isMissing, readPieces } from '../../files/regular-file.ts';
import { PRIVATE_FILE } from '../../files/replace-file.ts';
import { hashLine, NO_LINE } from '../journal/chain.ts';

/** Beside the journal, which is closed when its run has ended. */
const pathIn = (folder: string): string => join(folder, 'verifications.jsonl');

/** A file larger than this is none of ours: a record of 100,000 users who all signed in again has 12 MB. */
const MAX_BYTES = 256 * 1024 * 1024;
const MAX_LINE_BYTES = 32 * 1024 * 1024;

const body = {
  v: z.literal(1),
  /** ISO 8601. */
  at: z.string(),
  /** SHA-256 of the journal's last line at that time: what was verified. */
  journal: z.string(),
  operator: z.object({ userId: z.string().nullable(), name: z.string() }),
  /** Revoked users asked about, those without a known time among them, and the API calls it took. */
  checked: z.number().int().nonnegative(),
  unknown: z.number().int().nonnegative(),
  calls: z.number().int().nonnegative(),
  /** Rows of the plan whose user has got a token since. */
  again: z.array(z.object({ index: z.number().int(), userId: z.string(), tokenIssuedAt: z.string() })),
};
const recordSchema = z.object({ seq: z.number().int(), ...body, prev: z.string() });

export type VerificationRecord = Omit<z.output<typeof recordSchema>, 'seq' | 'prev'>;

export interface RecordedVerifications {
  /** Oldest first. */
  readonly records: readonly VerificationRecord[];
  /** What is wrong, and where; what follows a fault is not certain, and not read. */
  readonly damage: string | null;
  /** Bytes that are certain, and the hash of the last line. */
  readonly length: number;
  readonly prev: string;
}

const NONE: RecordedVerifications = { records: [], damage: null, length: 0, prev: NO_LINE };

function parse(line: string): z.output<typeof recordSchema> | null {
  try {
    return recordSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** Reads what was verified of a run. A last line without its line feed is what a crash leaves, and ignored. */
export async function readVerifications(folder: string): Promise<RecordedVerifications> {
  const records: VerificationRecord[] = [];
  let { length, prev } = NONE;
  const damaged = (damage: string): RecordedVerifications => ({ records, damage, length, prev });
  try {
    for await (const lines of linesOf(readPieces(pathIn(folder), MAX_BYTES), MAX_LINE_BYTES))
      for (const bytes of lines) {
        const record = parse(bytes.toString('utf8'));
        if (record === null || record.seq !== records.length || record.prev !== prev)
          return damaged(`Line ${records.length + 1} of the verifications is damaged.`);
        const { seq: _seq, prev: _prev, ...rest } = record;
        records.push(rest);
        length += bytes.length;
        prev = hashLine(bytes);
      }
  } catch (error) {
    if (isMissing(error)) return NONE;
    if (error instanceof LineTooLong)
      return damaged(`Line ${records.length + 1} of the verifications is damaged: it has no end.`);
    const why = error instanceof AppFailure ? error.error.message : 'The disk failed.';
    return damaged(`The record of verifications cannot be read. ${why}`);
  }
  return { records, damage: null, length, prev };
}

/**
 * Writes a record for good. A damaged file is kept under another name, and a new one begun.
 * Throws when the disk fails.
 */
export async function addVerification(folder: string, record: VerificationRecord): Promise<void> {
  const path = pathIn(folder);
  const found = await readVerifications(folder);
  if (found.damage !== null) await rename(path, `${path}.damaged-${record.at.replaceAll(/[:.]/g, '-')}`);
  const { records, length, prev } = found.damage === null ? found : NONE;
  const line = Buffer.from(`${JSON.stringify({ seq: records.length, ...record, prev })}\n`);
  const file = await open(path, length === 0 ? 'w' : 'r+', PRIVATE_FILE);
  try {
    await file.truncate(length);
    await file.write(line, 0, line.length, length);
    await file.datasync();
  } finally {
    await file.close();
  }
}
