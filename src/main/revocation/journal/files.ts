import { open } from 'node:fs/promises';
import { createHash, type Hash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { createRowKeeper } from '../../../shared/row-interner.ts';
import { KEPT_BACK_REASONS, type PlanRow } from '../../../shared/plan.ts';
import { failure } from '../../failure.ts';
import { linesOf } from '../../files/lines.ts';
import { isMissing, readPieces } from '../../files/regular-file.ts';
import { PRIVATE_FILE } from '../../files/replace-file.ts';
import { canonicalChunks } from '../plan/plan-file.ts';
import { MAX_LINE_BYTES } from './chain.ts';

/** Names inside a run's folder. */
export const planPath = (folder: string): string => join(folder, 'plan.jsonl');
export const journalPath = (folder: string): string => join(folder, 'journal.jsonl');

/** Of 200,000 users, each tried a few times; and of their plan. More is no record of this app. */
const MAX_JOURNAL_BYTES = 512 * 1024 * 1024;
const MAX_PLAN_BYTES = 256 * 1024 * 1024;

/** The journal piece by piece: it may be larger than one string can be. */
export const journalChunks = (folder: string): AsyncGenerator<Buffer> =>
  readPieces(journalPath(folder), MAX_JOURNAL_BYTES);

/** The plan in the same way. */
export const planChunks = (folder: string): AsyncGenerator<Buffer> =>
  readPieces(planPath(folder), MAX_PLAN_BYTES);

/** Makes the names in a folder survive a power cut, where the system can (Windows cannot open folders). */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes the plan for good before anything is done with it. Throws when the disk fails. */
export async function writePlan(folder: string, rows: readonly PlanRow[]): Promise<void> {
  const file = await open(planPath(folder), 'wx', PRIVATE_FILE);
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
    z.object({ kind: z.literal('revoke'), note: z.string().exactOptional() }),
    z.object({
      kind: z.literal('kept-back'),
      reason: z.enum(KEPT_BACK_REASONS),
      note: nullableText,
    }),
  ]),
  line: z.int().nonnegative().exactOptional(),
  details: z
    .array(z.tuple([z.string().max(200), z.string().max(1_000)]))
    .max(10)
    .exactOptional(),
});

/** What a header says of its plan. */
interface PlanClaim {
  readonly planHash: string;
  readonly users: number;
  readonly keptBack: number;
}

const OTHER_PLAN = 'The plan of this run was changed after the run began.';

/** A note may follow. In no text of a row, where quotes stand behind a backslash. */
const REVOKE = '"decision":{"kind":"revoke"';

/**
 * Whether the plan is the one that the header names, without keeping its rows.
 * @returns what is wrong, in a sentence; null when nothing is.
 */
export async function checkPlan(folder: string, claim: PlanClaim): Promise<string | null> {
  const hash = createHash('sha256');
  let users = 0;
  let rows = 0;
  try {
    for await (const lines of linesOf(hashing(planPath(folder), hash), MAX_LINE_BYTES)) {
      rows += lines.length;
      users += lines.filter((line) => line.includes(REVOKE)).length;
    }
  } catch (error) {
    return isMissing(error) ? 'The plan of this run is missing.' : 'The plan of this run cannot be read.';
  }
  if (hash.digest('hex') !== claim.planHash) return OTHER_PLAN;
  return users === claim.users && rows - users === claim.keptBack
    ? null
    : 'The first line of the journal does not fit the plan: it names another number of users.';
}

async function* hashing(path: string, hash: Hash): AsyncGenerator<Buffer> {
  for await (const piece of readPieces(path, MAX_PLAN_BYTES)) {
    hash.update(piece);
    yield piece;
  }
}

/**
 * Reads a plan back and compares it with the hash its journal names.
 * @throws AppFailure `journal-damaged` when it is another plan, or cannot be read.
 */
export async function readPlan(folder: string, expectedHash: string): Promise<readonly PlanRow[]> {
  const hash = createHash('sha256');
  const rows: PlanRow[] = [];
  const keep = createRowKeeper();
  try {
    for await (const lines of linesOf(hashing(planPath(folder), hash), MAX_LINE_BYTES))
      for (const line of lines) rows.push(keep(rowSchema.parse(JSON.parse(line.toString('utf8')))));
  } catch (error) {
    throw failure('journal-damaged', 'The plan of this run cannot be read.', error);
  }
  if (hash.digest('hex') !== expectedHash || rows.some((row, n) => row.index !== n))
    throw failure('journal-damaged', OTHER_PLAN);
  return rows;
}
