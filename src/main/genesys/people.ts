import { z } from 'zod';
import type { TimeoutUser, UserWithGroups } from '../../shared/timeout.ts';
import type { ApiClient } from './http.ts';
import { isGuid } from './ids.ts';
import { totalOf } from './paging.ts';
import { errorOfAnswer, unexpectedAnswer } from './errors.ts';
import { choosable, entityId } from './schemas.ts';
import { nameOf, userSchema, type UserAnswer } from './user.ts';

/** User with `expand=groups`, of which only the groups' ids are read. */
export const userWithGroupsSchema = userSchema.extend({
  groups: choosable(z.looseObject({ id: entityId })),
});

/** UserEntityListing and UsersSearchResponse, of which users are chosen. */
const listedUsers = z.looseObject({ entities: choosable(userSchema) });
const foundUsers = z.looseObject({ total: z.number().nullish(), results: choosable(userSchema) });

const SEARCH_SIZE = 20;
const USERS = '/api/v2/users';

interface FoundUsers {
  readonly users: readonly TimeoutUser[];
  /** Null where the API did not tell. */
  readonly total: number | null;
}

/**
 * People whose name or email holds `text`, at most 20, without the deleted. A user id finds that user, also without the
 * permission to search.
 * @throws ApiError `forbidden` without `directory:user:view`
 */
export async function findUsers(client: ApiClient, text: string, signal: AbortSignal): Promise<FoundUsers> {
  if (isGuid(text)) {
    const query = { id: [text], state: 'any', pageSize: 1, pageNumber: 1 };
    const spec = { method: 'GET', path: USERS, query, schema: listedUsers } as const;
    const found = (await client.request(spec, signal)).body.entities ?? [];
    const users = found.filter((user) => isSameId(user.id, text) && isThere(user)).map(toUser);
    return { users, total: users.length };
  }
  const body = {
    pageSize: SEARCH_SIZE,
    pageNumber: 1,
    sortBy: 'name',
    sortOrder: 'ASC',
    query: [
      { type: 'CONTAINS', fields: ['name', 'email'], value: text },
      { type: 'EXACT', fields: ['state'], values: ['active', 'inactive'] },
    ],
  };
  const path = `${USERS}/search`;
  const spec = {
    method: 'POST',
    path,
    body,
    schema: foundUsers,
    repeatable: true,
    search: 'CONTAINS',
  } as const;
  const { results, total } = (await client.request(spec, signal)).body;
  const users = (results ?? []).filter(isThere).map(toUser);
  return { users, total: totalOf(total, users.length, SEARCH_SIZE) };
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

const isThere = ({ state }: UserAnswer): boolean => state?.toLowerCase() !== 'deleted';

const toUser = (user: UserAnswer): TimeoutUser => ({
  id: user.id,
  name: nameOf(user),
  email: user.email ?? null,
  department: user.department ?? null,
});
