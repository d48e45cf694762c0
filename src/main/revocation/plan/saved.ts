import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import type { SavedPlan } from '../../../shared/plan.ts';
import { failure } from '../../failure.ts';
import { linesOf } from '../../files/lines.ts';
import { rowSchema } from '../journal/files.ts';
import { MAX_LINE_BYTES } from '../journal/chain.ts';
import type { RevocationSession } from '../ports.ts';
import { shortId } from '../../short-id.ts';
import { canonicalChunks } from './plan-file.ts';
import type { Plan } from './kept-plans.ts';

/** Saved plans kept open; an older one has to be opened again. */
const MAX_OPEN = 8;

/** 200,000 rows take about 80 MB. */
export const MAX_SAVED_BYTES = 128 * 1024 * 1024;

/** Read before other work gets its turn: some ms. */
const PIECE_BYTES = 256 * 1024;

/** The first line of a saved plan; its rows follow, one a line, and the hash is over exactly those lines. */
const headSchema = z.strictObject({
  type: z.literal('tokendesk-plan'),
  version: z.literal(1),
  organization: z.strictObject({ id: z.string().min(1), name: z.string() }),
  createdAt: z.iso.datetime(),
  sourceText: z.string(),
  rows: z.int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

interface OpenPlan {
  readonly preview: SavedPlan;
  /** Of the users whose tokens the plan would revoke. */
  readonly userIds: readonly string[];
  /** Of those whom the operator kept back in its review. */
  readonly keptBack: readonly string[];
}

export interface SavedPlans {
  /** Takes as long as the file is large, in short turns. @throws AppFailure `file-too-large`, `plan-damaged`, `other-organization`. */
  open(name: string, bytes: Uint8Array, session: RevocationSession): Promise<SavedPlan>;
  /** @throws AppFailure `no-such-item`. */
  find(savedPlanId: string): OpenPlan;
}

/** What a saved plan is made of. */
interface SavablePlan extends Pick<Plan, 'rows' | 'organizationName'> {
  readonly summary: Pick<Plan['summary'], 'createdAt' | 'sourceText' | 'hash'>;
  readonly owner: Pick<Plan['owner'], 'orgId'>;
}

/** A plan as its file holds it, in pieces with turns of the event loop between them. */
export async function* planFile({
  summary,
  rows,
  owner,
  organizationName,
}: SavablePlan): AsyncGenerator<string | Uint8Array> {
  const head: z.infer<typeof headSchema> = {
    type: 'tokendesk-plan',
    version: 1,
    organization: { id: owner.orgId, name: organizationName },
    createdAt: summary.createdAt,
    sourceText: summary.sourceText,
    rows: rows.length,
    hash: summary.hash,
  };
  yield `${JSON.stringify(head)}\n`;
  yield* canonicalChunks(rows);
}

const damaged = (message: string, cause?: unknown) => failure('plan-damaged', message, cause);

const parseLine = (line: Uint8Array): unknown =>
  JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));

function readHead(bytes: Uint8Array): z.infer<typeof headSchema> {
  try {
    if (bytes.at(-1) !== 0x0a) throw new SyntaxError('There is no line');
    return headSchema.parse(parseLine(bytes));
  } catch (error) {
    throw damaged('The file is not a plan that Tokendesk has saved.', error);
  }
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    yield bytes.subarray(at, at + PIECE_BYTES);
    await turn();
  }
}

async function checkHash(body: Uint8Array, expected: string): Promise<void> {
  const hash = createHash('sha256');
  for await (const piece of piecesOf(body)) hash.update(piece);
  if (hash.digest('hex') !== expected)
    throw damaged('The rows of the plan are not those that were saved: its hash does not match.');
}

async function readUserIds(
  body: Uint8Array,
  expected: number,
): Promise<Pick<OpenPlan, 'userIds' | 'keptBack'>> {
  const userIds: string[] = [];
  const keptBack: string[] = [];
  let count = 0;
  try {
    for await (const lines of linesOf(piecesOf(body), MAX_LINE_BYTES)) {
      for (const line of lines) {
        const row = rowSchema.parse(parseLine(line));
        if (row.index !== count) throw new RangeError('The rows are not in order');
        count += 1;
        if (row.userId === null) continue;
        if (row.decision.kind === 'revoke') userIds.push(row.userId);
        else if (row.decision.reason === 'by-you') keptBack.push(row.userId);
      }
    }
  } catch (error) {
    throw damaged(`Row ${count + 1} of the plan cannot be read.`, error);
  }
  if (count !== expected) throw damaged(`The plan names ${expected} rows and has ${count}.`);
  return { userIds, keptBack };
}

/** Keeps the plans that somebody opened, in memory. @param random 0 to 1, for ids. */
export function createSavedPlans(random: () => number): SavedPlans {
  const open = new Map<string, OpenPlan>();
  return {
    open: async (name, bytes, { connection }) => {
      if (bytes.length > MAX_SAVED_BYTES) throw failure('file-too-large', 'The plan is larger than 128 MB.');
      const end = bytes.subarray(0, MAX_LINE_BYTES).indexOf(0x0a) + 1;
      const head = readHead(bytes.subarray(0, end));
      const { id, name: here } = connection.organization;
      if (head.organization.id !== id)
        throw failure(
          'other-organization',
          `This plan was made for ${head.organization.name}; you are signed in to ${here}.`,
        );
      const body = bytes.subarray(end);
      await checkHash(body, head.hash);
      const { userIds, keptBack } = await readUserIds(body, head.rows);
      const preview: SavedPlan = {
        savedPlanId: shortId(random),
        name: name.slice(0, 200) || 'Plan',
        createdAt: head.createdAt,
        sourceText: head.sourceText,
        users: userIds.length,
      };
      open.set(preview.savedPlanId, { preview, userIds, keptBack });
      const [oldest] = open.keys();
      if (open.size > MAX_OPEN && oldest !== undefined) open.delete(oldest);
      return preview;
    },
    find: (savedPlanId) => {
      const plan = open.get(savedPlanId);
      if (!plan) throw failure('no-such-item', 'This plan is no longer open. Open it again.');
      return plan;
    },
  };
}
