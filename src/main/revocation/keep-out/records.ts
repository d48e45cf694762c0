import { z } from 'zod';
import { chainFields, recordFormat } from '../journal/chain.ts';
import {
  intentBody,
  outcomeBody as runOutcomeBody,
  ownerFields,
  stateBody,
  type StateBody,
} from '../journal/records.ts';

/** Written into every header; a reader refuses a higher one. */
export const KEEP_OUT_VERSION = 1;

const nullableText = z.string().nullable();

const headerBody = z.object({
  type: z.literal('header'),
  v: z.number().int().min(1).max(KEEP_OUT_VERSION),
  keepOutId: z.string(),
  ...ownerFields,
  users: z.number().int().nonnegative(),
  /** ISO 8601; null until it is stopped. */
  until: nullableText,
});

/** One user who is kept out; all of them stand behind the header. */
const userBody = z.object({
  type: z.literal('user'),
  index: z.number().int().nonnegative(),
  userId: z.string(),
  name: nullableText,
  /** ISO 8601: who has a token that is newer has come back. */
  since: z.string(),
});

/** Everybody was asked about. */
const lookBody = z.object({
  type: z.literal('look'),
  calls: z.number().int().nonnegative(),
  /** Users for whom no time was told. */
  unknown: z.number().int().nonnegative(),
});

/** Somebody has a token that was issued later than any known before. */
const returnBody = z.object({
  type: z.literal('return'),
  index: z.number().int(),
  userId: z.string(),
  issuedAt: z.string(),
});

const outcomeBody = runOutcomeBody.extend({
  outcome: z.enum(['revoked', 'not-found', 'forbidden', 'failed', 'kept-back']),
});

/** Came straight back three times in a row. */
const markBody = z.object({ type: z.literal('by-itself'), index: z.number().int(), userId: z.string() });

const recordSchema = z.discriminatedUnion('type', [
  headerBody.extend(chainFields),
  userBody.extend(chainFields),
  stateBody.extend(chainFields),
  lookBody.extend(chainFields),
  returnBody.extend(chainFields),
  intentBody.extend(chainFields),
  outcomeBody.extend(chainFields),
  markBody.extend(chainFields),
]);

export type KeepOutHeader = z.output<typeof headerBody>;
export type KeepOutOutcome = z.output<typeof outcomeBody>;
export type KeepOutBody =
  | KeepOutHeader
  | z.output<typeof userBody>
  | StateBody
  | z.output<typeof lookBody>
  | z.output<typeof returnBody>
  | z.output<typeof intentBody>
  | KeepOutOutcome
  | z.output<typeof markBody>;

/** How its journal is written and read: the chain is that of a run's. */
export const keepOutRecords = recordFormat<KeepOutBody>(recordSchema);
