import { badRequest, notFound, type Answer } from '../http/answers.ts';
import type { ApiCall } from '../http/call.ts';
import { route, type Route } from '../http/router.ts';
import type { Division, Role } from '../org/structure.ts';
import type { World } from '../world.ts';
import { listing, readFlag, readList, readPage, slice } from './paging.ts';

const MAX_PAGE_SIZE = 500;

const divisionView = (division: Division): Record<string, unknown> => ({
  id: division.id,
  name: division.name,
  description: division.description,
  homeDivision: division.home,
  selfUri: `/api/v2/authorization/divisions/${division.id}`,
});

const roleView = (world: World, role: Role, withCount: boolean): Record<string, unknown> => ({
  id: role.id,
  name: role.name,
  description: role.description,
  ...(role.defaultRoleId === null ? {} : { defaultRoleId: role.defaultRoleId }),
  permissions: role.permissions,
  permissionPolicies: role.permissions.map((permission) => {
    const [domain, entityName, action] = permission.split(':');
    return { domain, entityName, actionSet: [action], allowConditions: false };
  }),
  ...(withCount ? { userCount: world.directory.members(role).length } : {}),
  roleNeedsUpdate: false,
  default: role.defaultRoleId !== null,
  base: false,
  selfUri: `/api/v2/authorization/roles/${role.id}`,
});

const roles = (call: ApiCall): Answer => {
  const page = readPage(call, MAX_PAGE_SIZE);
  const ids = readList(call, 'id');
  const name = call.query.get('name')?.toLowerCase();
  const permissions = readList(call, 'permission');
  const found = call.world.org.roles.filter(
    (role) =>
      (ids.length === 0 || ids.includes(role.id)) &&
      (name === undefined || role.name.toLowerCase().includes(name)) &&
      permissions.every((permission) => role.permissions.some((held) => held === permission)),
  );
  const withCount = readFlag(call, 'userCount');
  const entities = slice(found, page).map((role) => roleView(call.world, role, withCount));
  return { status: 200, body: listing(call, page, found.length, entities) };
};

const roleOf = ({ world, params }: ApiCall): Role => {
  const roleId = params['roleId'] ?? '';
  const role = world.org.roles.find(({ id }) => id === roleId);
  if (!role) throw notFound(`No role with id ${roleId}.`);
  return role;
};

const oneRole = (call: ApiCall): Answer => ({
  status: 200,
  body: roleView(call.world, roleOf(call), readFlag(call, 'userCount')),
});

const roleUsers = (call: ApiCall): Answer => {
  const { world } = call;
  const page = readPage(call, MAX_PAGE_SIZE);
  const role = roleOf(call);
  const indexes = world.directory.members(role);
  const entities = slice(indexes, page).map((index) => {
    const { id } = world.org.user(index);
    return { id, selfUri: `/api/v2/users/${id}` };
  });
  // UserReferenceEntityListing has no addresses of pages.
  return {
    status: 200,
    body: { entities, ...page, total: indexes.length, pageCount: Math.ceil(indexes.length / page.pageSize) },
  };
};

const divisions = (call: ApiCall): Answer => {
  const page = readPage(call, MAX_PAGE_SIZE);
  const ids = readList(call, 'id');
  const name = call.query.get('name')?.toLowerCase();
  const found = call.world.org.divisions.filter(
    (division) =>
      (ids.length === 0 || ids.includes(division.id)) &&
      (name === undefined || division.name.toLowerCase().includes(name)),
  );
  return { status: 200, body: listing(call, page, found.length, slice(found, page).map(divisionView)) };
};

const oneDivision = (call: ApiCall): Answer => {
  const divisionId = call.params['divisionId'] ?? '';
  const division = call.world.org.divisions.find(({ id }) => id === divisionId);
  if (!division) throw notFound(`No division with id ${divisionId}.`);
  return { status: 200, body: divisionView(division) };
};

const divisionsPermitted = (call: ApiCall): Answer => {
  const { world, token } = call;
  const page = readPage(call, MAX_PAGE_SIZE);
  const permission = call.query.get('permission');
  if (permission === null || permission === '')
    throw badRequest('permission is required.', 'missing.permission.param');
  if (!token.user && !world.settings.clientCredentialsCanAskPermissions)
    throw badRequest('This request needs a user context; a client credentials token has none.');
  const permitted = token.permissions.some((held) => held === permission);
  const found = permitted ? world.org.divisions : [];
  return {
    status: 200,
    body: {
      ...listing(call, page, found.length, slice(found, page).map(divisionView)),
      allDivsPermitted: permitted,
    },
  };
};

export const authorizationRoutes: readonly Route[] = [
  route('GET /api/v2/authorization/roles', ['authorization:role:view'], roles),
  route('GET /api/v2/authorization/roles/:roleId', ['authorization:role:view'], oneRole),
  route('GET /api/v2/authorization/roles/:roleId/users', [], roleUsers),
  route('GET /api/v2/authorization/divisions', [], divisions),
  route('GET /api/v2/authorization/divisions/:divisionId', [], oneDivision),
  route('GET /api/v2/authorization/divisionspermitted/paged/me', [], divisionsPermitted),
];
