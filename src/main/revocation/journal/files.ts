import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import { createRowKeeper } from '../../../shared/compact-row.ts';
import type { PlanRow } from '../../../shared/plan.ts';
import { failure } from '../../failure.ts';
import { canonicalChunks } from '../plan/canonical.ts';

/** Names inside a run's folder. */
export const planPath = (folder: string): string => join(folder, 'plan.jsonl');
export const journalPath = (folder: string): string => join(folder, 'journal.jsonl');

const READ_BYTES = 256 * 1024;

/** A file in pieces, with a turn of the event loop after each: a journal of 50 MB must not hold up the app. */
async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
    yield chunk as Buffer;
    await turn();
  }
}

export const journalChunks = (folder: string): AsyncGenerator<Buffer> => chunksOf(journalPath(folder));

/** Makes the names in a folder survive a power cut, where the system can (Windows cannot open folders). */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

/** Writes the plan for good before anything is done with it. Throws when the disk fails. */
export async function writePlan(folder: string, rows: readonly PlanRow[]): Promise<void> {
  const file = await open(planPath(folder), 'wx');
  try {
    for await (const chunk of canonicalChunks(rows)) await file.appendFile(chunk);
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(folder);
}

const nullableText = z.string().nullable();
/** A row as a plan's file holds it. */
export const rowSchema: z.ZodType<PlanRow> = z.object({
  index: z.number().int(),
  input: z.string(),
  userId: nullableText,
  name: nullableText,
  email: nullableText,
  department: nullableText,
  division: nullableText,
  state: z.enum(['active', 'inactive', 'deleted']).nullable(),
  decision: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('revoke') }),
    z.object({
      kind: z.literal('kept-back'),
      reason: z.enum([
        'yourself',
        'protected',
        'excluded',
        'duplicate',
        'not-found',
        'ambiguous',
        'deleted',
        'unreadable',
        'no-user-named',
        'no-token',
        'on-call',
      ]),
      note: nullableText,
    }),
  ]),
  line: z.int().nonnegative().exactOptional(),
  details: z
    .array(z.tuple([z.string().max(200), z.string().max(1_000)]))
    .max(10)
    .exactOptional(),
});

/**
 * Reads a plan back and compares it with the hash its journal names.
 * @throws AppFailure `journal-damaged` when it is another plan, or cannot be read.
 */
export async function readPlan(folder: string, expectedHash: string): Promise<readonly PlanRow[]> {
  const hash = createHash('sha256');
  const rows: PlanRow[] = [];
  const keep = createRowKeeper();
  try {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of chunksOf(planPath(folder))) {
      hash.update(chunk);
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) rows.push(keep(rowSchema.parse(JSON.parse(line))));
    }
  } catch (error) {
    throw failure('journal-damaged', 'The plan of this run cannot be read.', error);
  }
  if (hash.digest('hex') !== expectedHash || rows.some((row, n) => row.index !== n))
    throw failure('journal-damaged', 'The plan of this run was changed after the run began.');
  return rows;
}
