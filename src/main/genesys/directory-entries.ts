import { z } from 'zod';
import type { DirectoryAnswer, DirectoryEntry } from '../../shared/directory.ts';
import { firstGroups, searchGroups } from './groups.ts';
import type { ApiClient } from './http.ts';
import { totalOf } from './paging.ts';
import { choosable, entityId, text } from './schemas.ts';
import { nameOf } from './user.ts';

/** DivisionEntityListing or OrganizationRoleEntityListing, as far as they are used. */
export const namedListingSchema = z.looseObject({
  total: z.number().nullish(),
  entities: choosable(z.looseObject({ id: entityId, name: text, userCount: z.number().nullish() })),
});

const totalSchema = z.looseObject({ total: z.number().nullish() });

const SHOWN = 25;

/** Divisions, groups or roles for a text, as the API finds them, at most 25. @throws ApiError */
export async function findEntries(
  client: ApiClient,
  kind: 'division' | 'group' | 'role',
  wanted: string,
  signal: AbortSignal,
): Promise<DirectoryAnswer> {
  if (kind === 'group') {
    const { groups, total } = await (wanted === ''
      ? firstGroups(client, signal)
      : searchGroups(client, wanted, signal));
    return { entries: groups.map((group) => entry(group, group.memberCount)), total };
  }
  const path = `/api/v2/authorization/${kind === 'division' ? 'divisions' : 'roles'}`;
  const query = {
    pageSize: SHOWN,
    pageNumber: 1,
    ...(wanted !== '' && { name: wanted }),
    ...(kind === 'role' && { userCount: true }),
  };
  const { body } = await client.request({ method: 'GET', path, query, schema: namedListingSchema }, signal);
  // Whether `name` means a part of a name or a whole one is not documented: what the API finds is shown.
  const entries = (body.entities ?? []).map((entity) => entry(entity, entity.userCount));
  return { entries, total: totalOf(body.total, entries.length, SHOWN) };
}

/** How many users the org has, by state: two calls. Null where the API does not tell. @throws ApiError */
export async function countUsers(
  client: ApiClient,
  signal: AbortSignal,
): Promise<{ readonly active: number | null; readonly inactive: number | null }> {
  const count = async (state: 'active' | 'inactive'): Promise<number | null> => {
    const query = { state, pageSize: 1, pageNumber: 1 };
    const spec = { method: 'GET', path: '/api/v2/users', query, schema: totalSchema } as const;
    return (await client.request(spec, signal)).body.total ?? null;
  };
  return { active: await count('active'), inactive: await count('inactive') };
}

const entry = (
  { id, name }: { readonly id: string; readonly name?: string | null | undefined },
  users: number | null | undefined,
): DirectoryEntry => ({ id, name: nameOf({ id, name }), users: users ?? null });
