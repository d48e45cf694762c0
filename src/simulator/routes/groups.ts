import { groupView } from '../groups.ts';
import { notFound, type Answer } from '../http/answers.ts';
import type { ApiCall } from '../http/call.ts';
import { route, type Route } from '../http/router.ts';
import type { Group } from '../org/structure.ts';
import { compileCriteria } from '../users/criteria.ts';
import { eachColumn, type Column } from '../users/directory.ts';
import { readSearch, refuseSearch } from '../users/search.ts';
import { readExpand } from '../users/expand.ts';
import { userView } from '../users/view.ts';
import { listing, readList, readPage, readSortOrder, slice } from './paging.ts';

const listGroups = (call: ApiCall): Answer => {
  const page = readPage(call, 500);
  const ids = readList(call, 'id');
  readSortOrder(call);
  const { groups } = call.world.org;
  const wanted = ids.length > 0 ? groups.filter((group) => ids.includes(group.id)) : groups;
  const entities = slice(wanted, page).map((group) => groupView(call.world, group));
  return { status: 200, body: listing(call, page, wanted.length, entities) };
};

const groupOf = ({ world, params }: ApiCall): Group => {
  const groupId = params['groupId'] ?? '';
  const group = world.org.groups.find(({ id }) => id === groupId);
  if (!group) throw notFound(`No group with id ${groupId}.`);
  return group;
};

const oneGroup = (call: ApiCall): Answer => ({ status: 200, body: groupView(call.world, groupOf(call)) });

const members = (call: ApiCall): Answer => {
  const { world } = call;
  const page = readPage(call, 500);
  const group = groupOf(call);
  const indexes = world.directory.members(group);
  const expand = readExpand(call);
  readSortOrder(call);
  const entities = slice(indexes, page).map((index) => userView(world, world.org.user(index), expand));
  return { status: 200, body: listing(call, page, indexes.length, entities) };
};

const search = (call: ApiCall): Answer => {
  const { groups } = call.world.org;
  const { query, pageSize, pageNumber } = readSearch(call);
  // The one type that users can be searched by and groups cannot.
  if (query.some(({ type }) => type === 'QUERY_STRING')) refuseSearch('QUERY_STRING is no type for groups.');
  const fields: Readonly<Record<string, (group: Group) => string>> = {
    id: ({ id }) => id,
    name: ({ name }) => name,
    description: ({ description }) => description,
    state: () => 'active',
  };
  const column = (field: string): Column | undefined => {
    const read = fields[field];
    return read && eachColumn(groups.map((group) => read(group).toLowerCase()));
  };
  const test = compileCriteria(query, column, refuseSearch);
  const found = groups.filter((_, index) => test(index));
  return {
    status: 200,
    body: {
      total: found.length,
      pageCount: Math.ceil(found.length / pageSize),
      pageSize,
      pageNumber,
      types: ['groups'],
      results: slice(found, { pageSize, pageNumber }).map((group) => groupView(call.world, group)),
    },
  };
};

export const groupRoutes: readonly Route[] = [
  route('GET /api/v2/groups', [], listGroups),
  route('POST /api/v2/groups/search', [], search),
  route('GET /api/v2/groups/:groupId', [], oneGroup),
  route('GET /api/v2/groups/:groupId/members', [], members),
];
