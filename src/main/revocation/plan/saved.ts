import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SavedPlan } from '../../../shared/plan.ts';
import { failure } from '../../failure.ts';
import { rowSchema } from '../journal/files.ts';
import type { RevocationSession } from '../ports.ts';
import { shortId } from '../short-id.ts';
import { canonicalLine } from './canonical.ts';
import type { Plan } from './kept-plans.ts';

/** Saved plans kept open; an older one has to be opened again. */
const MAX_OPEN = 8;

/** 200,000 rows take about 80 MB. */
export const MAX_SAVED_BYTES = 128 * 1024 * 1024;

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
  /** Of the users whom the plan would revoke. */
  readonly userIds: readonly string[];
}

export interface SavedPlans {
  /** @throws AppFailure `file-too-large`, `plan-damaged`, `other-organization`. */
  open(name: string, bytes: Uint8Array, session: RevocationSession): SavedPlan;
  /** @throws AppFailure `no-such-item`. */
  find(savedPlanId: string): OpenPlan;
}

/** A plan as its file holds it. */
export function planFile({ summary, rows, owner, organizationName }: Plan): string {
  const head: z.infer<typeof headSchema> = {
    type: 'tokendesk-plan',
    version: 1,
    organization: { id: owner.orgId, name: organizationName },
    createdAt: summary.createdAt,
    sourceText: summary.sourceText,
    rows: rows.length,
    hash: summary.hash,
  };
  return `${JSON.stringify(head)}\n${rows.map(canonicalLine).join('')}`;
}

const damaged = (message: string, cause?: unknown) => failure('plan-damaged', message, cause);

function readHead(bytes: Uint8Array, end: number): z.infer<typeof headSchema> {
  try {
    if (end < 0) throw new SyntaxError('There is no line');
    return headSchema.parse(
      JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end))),
    );
  } catch (error) {
    throw damaged('The file is not a plan that Tokendesk has saved.', error);
  }
}

function readUserIds(body: Uint8Array, expected: number): readonly string[] {
  const ids: string[] = [];
  let count = 0;
  try {
    for (const line of new TextDecoder('utf-8', { fatal: true }).decode(body).split('\n').slice(0, -1)) {
      const row = rowSchema.parse(JSON.parse(line));
      if (row.index !== count) throw new RangeError('The rows are not in order');
      count += 1;
      if (row.decision.kind === 'revoke' && row.userId !== null) ids.push(row.userId);
    }
  } catch (error) {
    throw damaged(`Row ${count + 1} of the plan cannot be read.`, error);
  }
  if (count !== expected) throw damaged(`The plan names ${expected} rows and has ${count}.`);
  return ids;
}

/** Keeps the plans that somebody opened, in memory. @param random 0 to 1, for ids. */
export function createSavedPlans(random: () => number): SavedPlans {
  const open = new Map<string, OpenPlan>();
  return {
    open: (name, bytes, { connection }) => {
      if (bytes.length > MAX_SAVED_BYTES) throw failure('file-too-large', 'The plan is larger than 128 MB.');
      const end = bytes.indexOf(0x0a);
      const head = readHead(bytes, end);
      const { id, name: here } = connection.organization;
      if (head.organization.id !== id)
        throw failure(
          'other-organization',
          `This plan was made for ${head.organization.name}; you are signed in to ${here}.`,
        );
      const body = bytes.subarray(end + 1);
      if (createHash('sha256').update(body).digest('hex') !== head.hash)
        throw damaged('The rows of the plan are not those that were saved: its hash does not match.');
      const userIds = readUserIds(body, head.rows);
      const preview: SavedPlan = {
        savedPlanId: shortId(random),
        name: name.slice(0, 200) || 'Plan',
        createdAt: head.createdAt,
        sourceText: head.sourceText,
        hash: head.hash,
        users: userIds.length,
      };
      open.set(preview.savedPlanId, { preview, userIds });
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
