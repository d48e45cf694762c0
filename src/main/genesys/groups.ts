import { z } from 'zod';
import type { FoundGroups, GroupInfo } from '../../shared/timeout.ts';
import { AppFailure, failure } from '../failure.ts';
import { steadyItems } from '../listing.ts';
import { createByIds, searchSpec } from './asking.ts';
import type { ApiClient } from './http.ts';
import { isGuid } from './ids.ts';
import { listedPages, readListing, totalOf } from './paging.ts';
import { choosable, entityId, isThere, listingOf, text } from './schemas.ts';
import { nameOf } from './user.ts';

/** Group, as far as it is used. */
export const groupSchema = z.looseObject({
  id: entityId,
  name: text,
  memberCount: z.number().nullish(),
  state: text,
});

/** GroupEntityListing. */
export const groupListingSchema = listingOf(choosable(groupSchema));

/** GroupsSearchResponse. */
export const groupSearchSchema = z.looseObject({
  total: z.number().nullish(),
  results: choosable(groupSchema),
});

/** UserEntityListing of `/groups/{groupId}/members`, of which only the ids are read. */
export const memberListingSchema = listingOf(choosable(z.looseObject({ id: entityId })));

const GROUPS = '/api/v2/groups';

const SEARCH_SIZE = 25;
/** Ids in one call: keeps the address under 2,500 characters. The API's own limit was not found. */
const GROUP_IDS = 50;
const MEMBER_PAGE_SIZE = 100;
/** Reading the members of a larger group would take much of a minute's calls. */
const MAX_MEMBERS = 2000;

/** Groups whose name holds `name`, at most 25, by name. @throws ApiError */
export async function searchGroups(
  client: ApiClient,
  name: string,
  signal: AbortSignal,
): Promise<FoundGroups> {
  const page = { pageSize: SEARCH_SIZE, pageNumber: 1, sortBy: 'name', sortOrder: 'ASC' };
  const query = [{ type: 'CONTAINS', fields: ['name'], value: name }];
  const { body } = await client.request(searchSpec(GROUPS, { ...page, query }, groupSearchSchema), signal);
  return shown(body.results, body.total);
}

/** The first groups of the org, at most 25. @throws ApiError */
export async function firstGroups(client: ApiClient, signal: AbortSignal): Promise<FoundGroups> {
  const query = { pageSize: SEARCH_SIZE, pageNumber: 1 };
  const spec = { method: 'GET', path: GROUPS, query, schema: groupListingSchema } as const;
  const { entities, total } = (await client.request(spec, signal)).body;
  return shown(entities, total);
}

/** Those that are there. */
function shown(
  found: readonly z.infer<typeof groupSchema>[] | null | undefined,
  total: number | null | undefined,
): FoundGroups {
  const groups = (found ?? []).filter(isThere).map(toInfo);
  return { groups, total: totalOf(total, groups.length, SEARCH_SIZE) };
}

/** The groups among `ids` that exist; those that are missing in the answer do not. @throws ApiError */
export async function groupsByIds(
  client: ApiClient,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly GroupInfo[]> {
  const ask = createByIds(client, GROUPS, GROUP_IDS);
  return (await ask(ids, { schema: groupListingSchema }, signal)).filter(isThere).map(toInfo);
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
  const spec = { method: 'GET', path: `${GROUPS}/${groupId}/members`, schema: memberListingSchema } as const;
  const fetchPage = listedPages(
    async (query) => (await client.request({ ...spec, query }, signal)).body,
    ({ id }) => ({ id }),
  );
  const checkTotal = (count: number): void => {
    if (count > MAX_MEMBERS)
      throw failure('too-many-users', `The group has more than ${MAX_MEMBERS} members.`);
  };
  try {
    const pageSize = MEMBER_PAGE_SIZE;
    const members = await readListing({ fetchPage, pageSize, onPage: checkTotal, checkTotal });
    return steadyItems(members).map(({ id }) => id);
  } catch (error) {
    if (error instanceof AppFailure && error.error.code === 'too-many-users') return null;
    throw error;
  }
}

const toInfo = ({ id, name, memberCount }: z.infer<typeof groupSchema>): GroupInfo => ({
  id,
  name: nameOf({ id, name }),
  memberCount: memberCount ?? null,
});
