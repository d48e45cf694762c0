import { badRequest, notFound, type Answer } from '../http/answers.ts';
import type { ApiCall } from '../http/call.ts';
import { route, type Route } from '../http/router.ts';
import { checkExpand, readExpand } from '../users/expand.ts';
import { readSearch, searchUsers } from '../users/search.ts';
import { userView } from '../users/view.ts';
import { listing, readList, readPage, readSortOrder, slice } from './paging.ts';

/** The API's `max.user.ids` (2018). */
const MAX_IDS = 100;
/** Beyond this many inactive users the API answers 400, though `pageCount` promises more (Terraform provider). */
const MAX_INACTIVE = 10_000;

const STATES = ['active', 'inactive', 'deleted', 'any'] as const;

const readState = (call: ApiCall, allowed: readonly (typeof STATES)[number][]): (typeof STATES)[number] => {
  const text = call.query.get('state') ?? 'active';
  const state = allowed.find((value) => value === text);
  if (!state) throw badRequest(`state must be one of ${allowed.join(', ')}.`, 'invalid.query.param.value');
  return state;
};

const listUsers = (call: ApiCall): Answer => {
  const { world } = call;
  const page = readPage(call, 500);
  const state = readState(call, STATES);
  const ids = readList(call, 'id');
  if (ids.length > MAX_IDS) throw badRequest(`At most ${MAX_IDS} user ids can be asked for.`, 'max.user.ids');
  if (state === 'inactive' && page.pageSize * page.pageNumber > MAX_INACTIVE)
    throw badRequest(`Only the first ${MAX_INACTIVE} inactive users can be listed.`);
  const sortOrder = readSortOrder(call);
  const expand = readExpand(call);

  const wanted = [...new Set(ids)].flatMap((id) => world.org.indexOf(id) ?? []);
  const indexes =
    ids.length > 0
      ? wanted.filter((index) => state === 'any' || world.org.stateOf(index) === state)
      : world.directory.listed(state);
  const ordered = sortOrder === 'down' ? indexes.toReversed() : indexes;
  const entities = slice(ordered, page).map((index) => userView(world, world.org.user(index), expand));
  return { status: 200, body: listing(call, page, indexes.length, entities) };
};

const me = (call: ApiCall): Answer => {
  const { world, token } = call;
  if (!token.user)
    throw badRequest('This request needs a user context; a client credentials token has none.', 'not.a.user');
  const expand = readExpand(call, 'me');
  const { id, name, domain } = world.org;
  return {
    status: 200,
    body: {
      ...userView(world, token.user, expand),
      ...(expand.includes('organization') ? { organization: { id, name, domain, version: 1 } } : {}),
    },
  };
};

const oneUser = (call: ApiCall): Answer => {
  const userId = call.params['userId'] ?? '';
  const state = readState(call, ['active', 'deleted']);
  const user = call.world.org.byId(userId);
  // `state` chooses between those who are there (active or not) and the deleted.
  if (!user || (user.state === 'deleted') !== (state === 'deleted'))
    throw notFound(`No user with id ${userId}.`);
  return { status: 200, body: userView(call.world, user, readExpand(call)) };
};

const search = (call: ApiCall): Answer => {
  const { world } = call;
  const request = readSearch(call);
  checkExpand(call, request.expand, 'users');
  const found = searchUsers(world.directory, request, world.settings);
  return {
    status: 200,
    body: {
      total: found.total,
      pageCount: Math.ceil(found.total / found.pageSize),
      pageSize: found.pageSize,
      pageNumber: found.pageNumber,
      types: ['users'],
      results: found.indexes.map((index) => userView(world, world.org.user(index), request.expand)),
    },
  };
};

export const userRoutes: readonly Route[] = [
  route('GET /api/v2/users', [], listUsers),
  route('GET /api/v2/users/me', [], me),
  route('POST /api/v2/users/search', ['directory:user:view'], search),
  route('GET /api/v2/users/:userId', [], oneUser),
];
