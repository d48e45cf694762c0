import { z } from 'zod';
import type { UserState } from '../../shared/plan.ts';
import type { DirectoryUser } from '../revocation/ports.ts';
import { entityId, namedEntity, text } from './schemas.ts';

/** User, as far as it is used. */
export const userSchema = z.looseObject({
  id: entityId,
  name: text,
  email: text,
  department: text,
  division: namedEntity.nullish(),
  title: text,
  state: text,
});

/** UserEntityListing. */
export const userListingSchema = z.looseObject({ entities: z.array(userSchema).nullish() });

/** UsersSearchResponse. */
export const userSearchSchema = z.looseObject({
  total: z.number(),
  pageCount: z.number(),
  results: z.array(userSchema).nullish(),
});

export type UserAnswer = z.infer<typeof userSchema>;

/** What the planner needs of a user. */
export function toDirectoryUser(user: UserAnswer): DirectoryUser {
  return {
    id: user.id,
    name: user.name ?? user.email ?? user.id,
    email: user.email ?? null,
    department: user.department ?? null,
    division: user.division?.name ?? null,
    state: toState(user.state),
  };
}

/** The API lists active users when no state is asked for, so one without a state counts as active. */
function toState(state: string | null | undefined): UserState {
  const lower = state?.toLowerCase();
  return lower === 'inactive' || lower === 'deleted' ? lower : 'active';
}
