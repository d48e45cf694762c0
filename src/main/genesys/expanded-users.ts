import { z } from 'zod';
import { text } from './schemas.ts';
import { userSchema } from './user.ts';

const count = z.number().nullish();

/** User with what `expand` adds; it is best effort, so each of it may be missing. */
const expandedUserSchema = userSchema.extend({
  lastTokenIssued: z.looseObject({ dateIssued: text }).nullish(),
  conversationSummary: z
    .looseObject({ call: z.unknown().optional(), callback: z.unknown().optional() })
    .nullish(),
});

export type ExpandedUser = z.infer<typeof expandedUserSchema>;

/** UserEntityListing with its counts, and with what `expand` adds. */
export const expandedListingSchema = z.looseObject({
  total: count,
  pageCount: count,
  entities: z.array(expandedUserSchema).nullish(),
});

/** UsersSearchResponse with what `expand` adds. */
export const expandedSearchSchema = z.looseObject({
  total: z.number(),
  results: z.array(expandedUserSchema).nullish(),
});
