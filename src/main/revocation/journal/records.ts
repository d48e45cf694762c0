import { z } from 'zod';
import { OUTCOMES, PAUSE_REASONS, type RunState } from '../../../shared/run.ts';
import { chainFields, recordFormat, type Chain } from './chain.ts';

/** Written into every header; a reader refuses a higher one. */
export const JOURNAL_VERSION = 1;

const time = z.string();

const runState: z.ZodType<RunState> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('planned') }),
  z.object({ kind: z.literal('running') }),
  z.object({
    kind: z.literal('paused'),
    reason: z.enum(PAUSE_REASONS),
    since: time,
    until: time.nullable(),
    note: z.string().exactOptional(),
  }),
  z.object({ kind: z.literal('interrupted') }),
  z.object({ kind: z.literal('cancelled'), at: time }),
  z.object({ kind: z.literal('finished'), at: time }),
]);

/** Whose a record is and why: of a run, and of keeping out after it. */
export const ownerFields = {
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
};

/** The same, of a record that was read. */
export type OwnerFields = z.output<z.ZodObject<typeof ownerFields>>;

const headerBody = z.object({
  type: z.literal('header'),
  v: z.number().int().min(1).max(JOURNAL_VERSION),
  ...ownerFields,
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

/** A change of state, of a run or of keeping out. */
export const stateBody = z.object({
  type: z.literal('state'),
  state: runState,
  /** Why it changed, for people. */
  why: z.string(),
});

/** Written before the call for a user is made. */
export const intentBody = z.object({
  type: z.literal('intent'),
  index: z.number().int(),
  userId: z.string(),
});

export const outcomeBody = z.object({
  type: z.literal('outcome'),
  index: z.number().int(),
  userId: z.string(),
  outcome: z.enum(OUTCOMES),
  note: z.string().nullable(),
  attempts: z.number().int().nonnegative(),
  status: z.number().int().nullable(),
  correlationId: z.string().nullable(),
  /** When the call was sent, by the server's clock: what the times of tokens are compared with. Older versions do not say it. */
  sentAt: time.exactOptional(),
});

const recordSchema = z.discriminatedUnion('type', [
  headerBody.extend(chainFields),
  stateBody.extend(chainFields),
  intentBody.extend(chainFields),
  outcomeBody.extend(chainFields),
]);

export type HeaderBody = z.output<typeof headerBody>;
export type OutcomeBody = z.output<typeof outcomeBody>;
export type StateBody = z.output<typeof stateBody>;
export type RecordBody = HeaderBody | StateBody | z.output<typeof intentBody> | OutcomeBody;

export type JournalRecord = RecordBody & Chain;

const runs = recordFormat<RecordBody>(recordSchema);

/** The line of a run's record. */
export const encodeRecord = runs.encode;

/** @param line without its line feed. @returns the record, or null when it is none that this version knows. */
export const decodeRecord = runs.decode;
