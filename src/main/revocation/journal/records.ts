import { hash } from 'node:crypto';
import { z } from 'zod';
import type { RunState } from '../../../shared/run.ts';

/** Written into every header; a reader refuses a higher one. */
export const JOURNAL_VERSION = 1;

/** `prev` of the header, which has no line before it. */
export const NO_LINE = '0'.repeat(64);

const time = z.string();
const pauseReason = z.enum([
  'by-you',
  'offline',
  'portal',
  'not-trusted',
  'proxy-sign-in',
  'server-failing',
  'rate-limited',
  'sign-in-needed',
  'nothing-allowed',
  'ip-not-allowed',
  'journal-not-writable',
  'asleep',
]);

const runState: z.ZodType<RunState> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('planned') }),
  z.object({ kind: z.literal('running') }),
  z.object({
    kind: z.literal('paused'),
    reason: pauseReason,
    since: time,
    until: time.nullable(),
    note: z.string().exactOptional(),
  }),
  z.object({ kind: z.literal('interrupted') }),
  z.object({ kind: z.literal('cancelled'), at: time }),
  z.object({ kind: z.literal('finished'), at: time }),
]);

const headerBody = z.object({
  type: z.literal('header'),
  v: z.number().int().min(1).max(JOURNAL_VERSION),
  runId: z.string(),
  appVersion: z.string(),
  connectionId: z.string(),
  connectionLabel: z.string(),
  /** AWS region, a custom API base, or `demo`. */
  region: z.string(),
  orgId: z.string(),
  orgName: z.string(),
  /** Id is null for client credentials, which have no user. */
  operator: z.object({ userId: z.string().nullable(), name: z.string() }),
  reason: z.string(),
  ticket: z.string(),
  /** SHA-256 of plan.jsonl. */
  planHash: z.string(),
  /** Users to revoke, and rows kept back. */
  users: z.number().int().nonnegative(),
  keptBack: z.number().int().nonnegative(),
  dryRun: z.boolean(),
  /** Who was chosen, in words. Runs of older versions do not say it. */
  choice: z.string().exactOptional(),
  /** Id of the run whose failures this one retries. */
  parent: z.string().nullable(),
});

const stateBody = z.object({
  type: z.literal('state'),
  state: runState,
  /** Why it changed, for people. */
  why: z.string(),
});

/** Written before the call for a user is made. */
const intentBody = z.object({ type: z.literal('intent'), index: z.number().int(), userId: z.string() });

const outcomeBody = z.object({
  type: z.literal('outcome'),
  index: z.number().int(),
  userId: z.string(),
  outcome: z.enum([
    'revoked',
    'would-revoke',
    'not-found',
    'forbidden',
    'failed',
    'kept-back',
    'not-attempted',
  ]),
  note: z.string().nullable(),
  attempts: z.number().int().nonnegative(),
  status: z.number().int().nullable(),
  correlationId: z.string().nullable(),
});

const chain = { seq: z.number().int().nonnegative(), at: time, prev: z.string() };

const recordSchema = z.discriminatedUnion('type', [
  headerBody.extend(chain),
  stateBody.extend(chain),
  intentBody.extend(chain),
  outcomeBody.extend(chain),
]);

export type HeaderBody = z.output<typeof headerBody>;
export type OutcomeBody = z.output<typeof outcomeBody>;
export type RecordBody = HeaderBody | z.output<typeof stateBody> | z.output<typeof intentBody> | OutcomeBody;

/** What the writer adds to a body: position from 0, time (ISO 8601), and the hash of the line before. */
interface Chain {
  readonly seq: number;
  readonly at: string;
  readonly prev: string;
}
export type JournalRecord = RecordBody & Chain;

/** SHA-256, hex, of a whole line, its line feed included: what `sed -n 7p journal.jsonl | sha256sum` says. */
export const hashLine = (line: Uint8Array): string => hash('sha256', line, 'hex');

/** A longer line is damage to the reader, so the writer never writes one. */
export const MAX_LINE_BYTES = 1024 * 1024;

/** What a single text of a record can have, characters: a header of such texts stays within a line. */
const MAX_TEXT = 4_000;

const cut = (_name: string, value: unknown): unknown =>
  typeof value === 'string' && value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value;

/**
 * @returns the line of a record, with its line feed; longer texts are cut. Throws for what the reader would refuse: a
 * finished run must never be unreadable for a name that a server told.
 */
export function encodeRecord(body: RecordBody, { seq, at, prev }: Chain): Buffer {
  const json = JSON.stringify({ seq, at, ...body, prev }, cut);
  const line = Buffer.from(`${json}\n`);
  if (line.length > MAX_LINE_BYTES || decodeRecord(json) === null)
    throw new Error(`A record of the kind "${body.type}" cannot be written.`);
  return line;
}

/** @param line without its line feed. @returns the record, or null when it is none that this version knows. */
export function decodeRecord(line: string): JournalRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const parsed = recordSchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}
