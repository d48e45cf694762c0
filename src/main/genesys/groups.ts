import { z } from 'zod';
import type { GroupInfo } from '../../shared/timeout.ts';
import { unexpectedAnswer } from './errors.ts';
import type { ApiClient } from './http.ts';
import { isGuid } from './ids.ts';
import { entityId, text } from './schemas.ts';

/** Group, as far as it is used. */
export const groupSchema = z.looseObject({
  id: entityId,
  name: text,
  memberCount: z.number().nullish(),
  state: text,
});

/** GroupEntityListing. */
export const groupListingSchema = z.looseObject({ entities: z.array(groupSchema).nullish() });

/** GroupsSearchResponse. */
export const groupSearchSchema = z.looseObject({
  total: z.number().nullish(),
  results: z.array(groupSchema).nullish(),
});

/** UserEntityListing of `/groups/{groupId}/members`, of which only the ids are read. */
export const memberListingSchema = z.looseObject({
  pageCount: z.number().nullish(),
  entities: z.array(z.looseObject({ id: entityId })).nullish(),
});

const SEARCH_SIZE = 25;
/** Ids in one call: keeps the address under 2,500 characters. The API's own limit was not found. */
const IDS_PER_CALL = 50;
const MEMBER_PAGE_SIZE = 100;
/** Reading the members of a larger group would take much of a minute's calls. */
const MAX_MEMBERS = 2000;

/** Groups whose name holds `name`, at most 25, by name. @throws ApiError */
export async function searchGroups(
  client: ApiClient,
  name: string,
  signal: AbortSignal,
): Promise<{ readonly groups: readonly GroupInfo[]; readonly total: number }> {
  const { body } = await client.request(
    {
      method: 'POST',
      path: '/api/v2/groups/search',
      body: {
        pageSize: SEARCH_SIZE,
        pageNumber: 1,
        sortBy: 'name',
        sortOrder: 'ASC',
        query: [{ type: 'CONTAINS', fields: ['name'], value: name }],
      },
      schema: groupSearchSchema,
      repeatable: true,
    },
    signal,
  );
  const groups = (body.results ?? []).filter(isThere).map(toInfo);
  return { groups, total: Math.max(body.total ?? 0, groups.length) };
}

/** The groups among `ids` that exist; those that are missing in the answer do not. @throws ApiError */
export async function groupsByIds(
  client: ApiClient,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly GroupInfo[]> {
  // Without ids the API would list every group.
  const asked = [...new Set(ids.filter(isGuid).map((id) => id.toLowerCase()))];
  const found: GroupInfo[] = [];
  for (let from = 0; from < asked.length; from += IDS_PER_CALL) {
    const part = asked.slice(from, from + IDS_PER_CALL);
    const query = { id: part, pageSize: IDS_PER_CALL, pageNumber: 1 };
    const spec = { method: 'GET', path: '/api/v2/groups', query, schema: groupListingSchema } as const;
    const groups = (await client.request(spec, signal)).body.entities ?? [];
    if (!groups.every(({ id }) => part.includes(id.toLowerCase()))) {
      throw unexpectedAnswer(spec, 'The answer has groups that were not asked for.');
    }
    found.push(...groups.filter(isThere).map(toInfo));
  }
  return found;
}

/**
 * Ids of a group's members, dynamic ones and owners too; null when there are more than 2,000.
 * @throws ApiError
 */
export async function groupMembers(
  client: ApiClient,
  groupId: string,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  if (!isGuid(groupId)) return [];
  const path = `/api/v2/groups/${groupId}/members`;
  const members: string[] = [];
  for (let pageNumber = 1; pageNumber <= MAX_MEMBERS / MEMBER_PAGE_SIZE; pageNumber += 1) {
    const query = { pageSize: MEMBER_PAGE_SIZE, pageNumber };
    const { body } = await client.request(
      { method: 'GET', path, query, schema: memberListingSchema },
      signal,
    );
    const page = body.entities ?? [];
    members.push(...page.map(({ id }) => id));
    if (page.length === 0 || pageNumber >= (body.pageCount ?? Infinity)) return members;
  }
  return null;
}

const isThere = ({ state }: z.infer<typeof groupSchema>): boolean => state?.toLowerCase() !== 'deleted';

const toInfo = ({ id, name, memberCount }: z.infer<typeof groupSchema>): GroupInfo => ({
  id,
  name: name ?? id,
  memberCount: memberCount ?? null,
});
