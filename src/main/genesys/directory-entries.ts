import { z } from 'zod';
import type { DirectoryAnswer, DirectoryEntry } from '../../shared/plan.ts';
import { searchGroups } from './groups.ts';
import type { ApiClient } from './http.ts';
import { entityId, text } from './schemas.ts';

/** DivisionEntityListing or OrganizationRoleEntityListing, as far as they are used. */
export const namedListingSchema = z.looseObject({
  total: z.number().nullish(),
  entities: z.array(z.looseObject({ id: entityId, name: text, userCount: z.number().nullish() })).nullish(),
});

/** GroupEntityListing. */
export const groupListingSchema = z.looseObject({
  total: z.number().nullish(),
  entities: z.array(z.looseObject({ id: entityId, name: text, memberCount: z.number().nullish() })).nullish(),
});

const totalSchema = z.looseObject({ total: z.number() });

const SHOWN = 25;

/** Divisions, groups or roles whose name holds the text, at most 25. @throws ApiError */
export async function findEntries(
  client: ApiClient,
  kind: 'division' | 'group' | 'role',
  wanted: string,
  signal: AbortSignal,
): Promise<DirectoryAnswer> {
  if (kind === 'group') return findGroups(client, wanted, signal);
  const path = `/api/v2/authorization/${kind === 'division' ? 'divisions' : 'roles'}`;
  const query = {
    pageSize: SHOWN,
    pageNumber: 1,
    ...(wanted !== '' && { name: wanted }),
    ...(kind === 'role' && { userCount: true }),
  };
  const { body } = await client.request({ method: 'GET', path, query, schema: namedListingSchema }, signal);
  // Whether `name` means a part of a name or a whole one is not documented, so what does not hold it is left out.
  const lower = wanted.toLowerCase();
  const entries = (body.entities ?? [])
    .filter(({ name }) => name?.toLowerCase().includes(lower) ?? lower === '')
    .map((entity) => entry(entity, entity.userCount));
  return { entries, total: Math.max(body.total ?? 0, entries.length) };
}

async function findGroups(client: ApiClient, wanted: string, signal: AbortSignal): Promise<DirectoryAnswer> {
  if (wanted !== '') {
    const { groups, total } = await searchGroups(client, wanted, signal);
    return { entries: groups.map((group) => entry(group, group.memberCount)), total };
  }
  const query = { pageSize: SHOWN, pageNumber: 1 };
  const { body } = await client.request(
    { method: 'GET', path: '/api/v2/groups', query, schema: groupListingSchema },
    signal,
  );
  const entries = (body.entities ?? []).map((group) => entry(group, group.memberCount));
  return { entries, total: Math.max(body.total ?? 0, entries.length) };
}

/** How many users the org has, by state: two calls. @throws ApiError */
export async function countUsers(
  client: ApiClient,
  signal: AbortSignal,
): Promise<{ readonly active: number; readonly inactive: number }> {
  const count = async (state: 'active' | 'inactive'): Promise<number> => {
    const query = { state, pageSize: 1, pageNumber: 1 };
    const spec = { method: 'GET', path: '/api/v2/users', query, schema: totalSchema } as const;
    return (await client.request(spec, signal)).body.total;
  };
  return { active: await count('active'), inactive: await count('inactive') };
}

const entry = (
  { id, name }: { readonly id: string; readonly name?: string | null | undefined },
  users: number | null | undefined,
): DirectoryEntry => ({ id, name: name ?? id, users: users ?? null });
