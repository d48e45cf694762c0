import { z } from 'zod';
import type { TimeoutUser } from '../../shared/timeout.ts';
import type { ApiClient } from './http.ts';
import { isGuid } from './ids.ts';
import { entityId } from './schemas.ts';
import { userListingSchema, userSchema, userSearchSchema } from './user.ts';

/** User with `expand=groups`, of which only the groups' ids are read. */
export const userWithGroupsSchema = userSchema.extend({
  groups: z.array(z.looseObject({ id: entityId })).nullish(),
});

const SEARCH_SIZE = 20;
const USERS = '/api/v2/users';

interface FoundUsers {
  readonly users: readonly TimeoutUser[];
  readonly total: number;
}

/**
 * People whose name or email holds `text`, at most 20, without the deleted. A user id finds that user, also without the
 * permission to search.
 * @throws ApiError `forbidden` without `directory:user:view`
 */
export async function findUsers(client: ApiClient, text: string, signal: AbortSignal): Promise<FoundUsers> {
  if (isGuid(text)) {
    const query = { id: [text], state: 'any', pageSize: 1, pageNumber: 1 };
    const spec = { method: 'GET', path: USERS, query, schema: userListingSchema } as const;
    const users = ((await client.request(spec, signal)).body.entities ?? []).map(toUser);
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
  const spec = { method: 'POST', path, body, schema: userSearchSchema, repeatable: true } as const;
  const answer = (await client.request(spec, signal)).body;
  return { users: (answer.results ?? []).map(toUser), total: answer.total };
}

/**
 * A user with the ids of their groups; null where the API did not say, since `expand` is best effort. Whether groups
 * with rules (dynamic ones) are among them is not documented.
 * @throws ApiError `not-found`
 */
export async function userWithGroups(
  client: ApiClient,
  userId: string,
  signal: AbortSignal,
): Promise<{ readonly user: TimeoutUser; readonly groupIds: readonly string[] | null }> {
  const path = `${USERS}/${userId}`;
  const query = { expand: ['groups'] };
  const { body } = await client.request({ method: 'GET', path, query, schema: userWithGroupsSchema }, signal);
  return { user: toUser(body), groupIds: body.groups?.map(({ id }) => id) ?? null };
}

const toUser = ({ id, name, email, department }: z.infer<typeof userSchema>): TimeoutUser => ({
  id,
  name: name ?? email ?? id,
  email: email ?? null,
  department: department ?? null,
});
