import { z } from 'zod';
import type { FoundUsers, TimeoutUser, UserWithGroups } from '../../shared/timeout.ts';
import { USERS, usersForText } from './asking.ts';
import type { ApiClient } from './http.ts';
import { totalOf } from './paging.ts';
import { errorOfAnswer, unexpectedAnswer } from './errors.ts';
import { choosable, entityId, isThere } from './schemas.ts';
import { peopleCriteria } from './people-search.ts';
import { nameOf, userSchema, type UserAnswer } from './user.ts';

/** User with `expand=groups`, of which only the groups' ids are read. */
export const userWithGroupsSchema = userSchema.extend({
  groups: choosable(z.looseObject({ id: entityId })),
});

const SEARCH_SIZE = 20;

/**
 * People whose name or email holds `text`, at most 20, without the deleted. A user id finds that user, also without the
 * permission to search.
 * @throws ApiError `forbidden` without `directory:user:view`
 */
export async function findUsers(client: ApiClient, text: string, signal: AbortSignal): Promise<FoundUsers> {
  const criteria = peopleCriteria('name-or-email', text);
  const how = { user: userSchema, criteria, size: SEARCH_SIZE };
  const found = await usersForText(client, text, how, signal);
  const users = found.users.filter(isThere).map(toUser);
  return { users, total: totalOf(found.told, users.length, SEARCH_SIZE) };
}

/**
 * A user with the ids of their groups; null where the API did not say, since `expand` is best effort. Whether groups
 * with rules (dynamic ones) are among them is not documented.
 * @throws ApiError `not-found`, also for a deleted user; `unexpected-answer` for somebody else
 */
export async function userWithGroups(
  client: ApiClient,
  userId: string,
  signal: AbortSignal,
): Promise<UserWithGroups> {
  const path = `${USERS}/${userId}`;
  const query = { expand: ['groups'] };
  const spec = { method: 'GET', path, query, schema: userWithGroupsSchema } as const;
  const { body, status, correlationId } = await client.request(spec, signal);
  if (!isSameId(body.id, userId))
    throw unexpectedAnswer(spec, 'The answer is about another user.', status, correlationId);
  // As documented for `state`, which is "active" unless it is told: a deleted user is not found.
  if (!isThere(body)) throw errorOfAnswer(spec, 404, correlationId, { message: 'This user is deleted.' });
  return { user: toUser(body), groupIds: body.groups?.map(({ id }) => id) ?? null };
}

const isSameId = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const toUser = (user: UserAnswer): TimeoutUser => ({
  id: user.id,
  name: nameOf(user),
  email: user.email ?? null,
  department: user.department ?? null,
});
