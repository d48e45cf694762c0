import { z } from 'zod';
import type { UserState } from '../../shared/directory.ts';
import type { DirectoryUser } from '../revocation/ports.ts';
import { entityId, listingOf, namedEntity, text } from './schemas.ts';

/** User, as far as it is used. */
export const userSchema = z.looseObject({
  id: entityId,
  name: text,
  email: text,
  username: text,
  department: text,
  division: namedEntity.nullish(),
  title: text,
  state: text,
});

/** UserEntityListing. */
export const userListingSchema = listingOf(z.array(userSchema).nullish());

/** UsersSearchResponse, whose counts are required. */
export const userSearchSchema = z.looseObject({
  total: z.number(),
  pageCount: z.number(),
  results: z.array(userSchema).nullish(),
});

export type UserAnswer = z.infer<typeof userSchema>;

/** What somebody or something is called: an empty name is none. */
export const nameOf = (entity: {
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly email?: string | null | undefined;
}): string => [entity.name, entity.email].find((name) => name?.trim()) ?? entity.id;

/**
 * What the planner needs of a user.
 * @param asked the state that was asked for, for an answer that leaves it out.
 */
export function toDirectoryUser(user: UserAnswer, asked: UserState = 'active'): DirectoryUser {
  return {
    id: user.id,
    name: nameOf(user),
    email: user.email ?? null,
    department: user.department ?? null,
    division: user.division?.name ?? user.division?.id ?? null,
    state: toState(user.state) ?? asked,
  };
}

/** Null for none, or one from the future. */
function toState(state: string | null | undefined): UserState | null {
  const lower = state?.toLowerCase();
  return lower === 'active' || lower === 'inactive' || lower === 'deleted' ? lower : null;
}
