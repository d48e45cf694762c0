import { z } from 'zod';
import { listingOf, text } from './schemas.ts';
import { userSchema } from './user.ts';

/** User with what `expand` adds; it is best effort, so each of it may be missing. */
export const expandedUserSchema = userSchema.extend({
  lastTokenIssued: z.looseObject({ dateIssued: text }).nullish(),
  conversationSummary: z.record(z.string(), z.unknown()).nullish(),
});

export type ExpandedUser = z.infer<typeof expandedUserSchema>;

/** UserEntityListing with its counts, and with what `expand` adds. */
export const expandedListingSchema = listingOf(z.array(expandedUserSchema).nullish());
