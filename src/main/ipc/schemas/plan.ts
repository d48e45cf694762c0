import { z } from 'zod';
import { MAX_DETAIL_COLUMNS } from '../../../shared/list.ts';
import { id } from './common.ts';

const name = z.string().max(300);
const day = z.iso.date();
const moment = { day, time: z.iso.time({ precision: -1 }).exactOptional() };
/** Who is kept back for having no token. */
export const noToken = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('since'), ...moment }),
  z.strictObject({ kind: z.literal('never') }),
]);
const tokenRule = z.discriminatedUnion('kind', [
  ...noToken.options,
  z.strictObject({ kind: z.literal('before'), ...moment }),
]);
const listColumn = z.int().min(0).max(1000);
const source = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('list'),
    listId: id,
    column: listColumn,
    details: z.array(listColumn).max(MAX_DETAIL_COLUMNS).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('user'), id: z.guid(), name }),
  z.strictObject({
    kind: z.literal('search'),
    field: z.enum(['any', 'name-or-email', 'name', 'email', 'department', 'title']),
    // An empty one would find everybody; "everyone" is a source of its own.
    text: z.string().trim().min(1).max(200),
  }),
  z.strictObject({ kind: z.literal('state'), state: z.enum(['active', 'inactive']) }),
  z.strictObject({ kind: z.literal('division'), id, name, inactive: z.boolean() }),
  z.strictObject({ kind: z.literal('group'), id, name }),
  z.strictObject({ kind: z.literal('role'), id, name }),
  z.strictObject({ kind: z.literal('token'), rule: tokenRule, inactive: z.boolean() }),
  z.strictObject({ kind: z.literal('plan'), savedPlanId: id }),
  z.strictObject({ kind: z.literal('everyone'), inactive: z.boolean() }),
]);
/** People are sources one by one. */
export const sources = z.array(source).max(500);

const MOST_ROWS = 10_000_000;
/** Position of a row in its plan. */
export const rowIndex = z.int().min(0).max(MOST_ROWS);
/** Every second row of 400,000 is the worst that a person can choose. */
const rows = z
  .array(z.tuple([rowIndex, z.int().min(1).max(MOST_ROWS)]))
  .min(1)
  .max(200_000);
/** What the operator decides in the review. */
export const reviewDecision = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keep-back'), rows }),
  z.strictObject({ kind: z.literal('only'), rows }),
  z.strictObject({ kind: z.literal('as-found'), rows }),
  z.strictObject({ kind: z.literal('protect'), rows }),
  z.strictObject({ kind: z.literal('choose'), row: rowIndex, userId: z.guid().nullable() }),
]);
