import sdk, { type Models } from 'purecloud-platform-client-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../src/simulator/index.ts';
import { body, expectFields, expectListing, useApi } from './sdk.ts';

let simulator: Simulator;
const users = new sdk.UsersApi();
const groups = new sdk.GroupsApi();
const authorization = new sdk.AuthorizationApi();
const organization = new sdk.OrganizationApi();

beforeAll(async () => {
  simulator = await startSimulator({ users: 400, limit: 10_000 });
  useApi(simulator);
});
afterAll(() => simulator.close());

const USER_FIELDS = {
  id: 'string',
  name: 'string',
  division: 'object',
  chat: 'object',
  department: 'string',
  email: 'string',
  primaryContactInfo: 'array',
  addresses: 'array',
  state: 'string',
  title: 'string',
  username: 'string',
  images: 'array',
  version: 'number',
  acdAutoAnswer: 'boolean',
  selfUri: 'string',
} as const;

describe('users through the official SDK', () => {
  it('GET /users gives a UserEntityListing with what was expanded', async () => {
    const listing: Models.UserEntityListing = await body(
      users.getUsers({
        pageSize: 50,
        pageNumber: 2,
        state: 'active',
        expand: [
          'authorization',
          'groups',
          'lasttokenissued',
          'conversationSummary',
          'presence',
          'routingStatus',
        ],
      }),
    );
    expectListing(listing, { pageSize: 50, pageNumber: 2 });
    expectFields(listing, { nextUri: 'string', previousUri: 'string' });
    expect(listing.entities).toHaveLength(50);
    const user: Models.User | undefined = listing.entities?.find(({ lastTokenIssued }) => lastTokenIssued);
    expectFields(user, {
      ...USER_FIELDS,
      authorization: 'object',
      groups: 'array',
      lastTokenIssued: 'object',
      conversationSummary: 'object',
      presence: 'object',
      routingStatus: 'object',
    });
    expectFields(user?.lastTokenIssued, { dateIssued: 'string' });
    expectFields(user?.division, { id: 'string', name: 'string', selfUri: 'string' });
    expectFields(user?.authorization, { roles: 'array', permissions: 'array', permissionPolicies: 'array' });
    expectFields(user?.conversationSummary?.call?.contactCenter, { active: 'number', acw: 'number' });
  });

  it('GET /users with ids gives those users, whatever their state', async () => {
    const ids = [3, 4, 5, 6].map((index) => simulator.org.user(index).id);
    const listing: Models.UserEntityListing = await body(
      users.getUsers({ id: ids, state: 'any', pageSize: 100 }),
    );
    expect(listing.entities?.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  it('GET /users/{id} and GET /users/me give a user', async () => {
    const one: Models.User = await body(users.getUser(simulator.org.user(1).id));
    expectFields(one, USER_FIELDS);
    const me: Models.UserMe = await body(users.getUsersMe({ expand: ['authorization', 'organization'] }));
    expectFields(me, { ...USER_FIELDS, authorization: 'object', organization: 'object' });
    expect(me.id).toBe(simulator.userId);
    expect(me.authorization?.permissions).toContain('oauth:token:delete');
  });

  it('POST /users/search gives a UsersSearchResponse', async () => {
    const wanted = [5, 6, 7].map((index) => simulator.org.user(index).email);
    const request: Models.UserSearchRequest = {
      pageSize: 100,
      query: [
        { type: 'EXACT', fields: ['email'], values: wanted },
        { type: 'EXACT', fields: ['state'], values: ['active', 'inactive', 'deleted'] },
      ],
    };
    const found: Models.UsersSearchResponse = await body(users.postUsersSearch(request));
    expectFields(found, {
      total: 'number',
      pageCount: 'number',
      pageSize: 'number',
      pageNumber: 'number',
      types: 'array',
      results: 'array',
    });
    expect(found.results.map(({ email }) => email).sort()).toEqual([...wanted].sort());
    expectFields(found.results[0], USER_FIELDS);
  });
});

describe('groups through the official SDK', () => {
  it('GET /groups, POST /groups/search and GET /groups/{id}/members', async () => {
    const listing: Models.GroupEntityListing = await body(groups.getGroups({ pageSize: 100 }));
    expectListing(listing, { pageSize: 100, pageNumber: 1 });
    const group: Models.Group | undefined = listing.entities?.find(({ name }) => name === 'Whole of Billing');
    expectFields(group, {
      id: 'string',
      name: 'string',
      description: 'string',
      dateModified: 'string',
      memberCount: 'number',
      state: 'string',
      version: 'number',
      type: 'string',
      rulesVisible: 'boolean',
      visibility: 'string',
      owners: 'array',
      selfUri: 'string',
    });
    const found: Models.GroupsSearchResponse = await body(
      groups.postGroupsSearch({ query: [{ type: 'CONTAINS', fields: ['name'], value: 'billing' }] }),
    );
    expect(found.results.map(({ id }) => id)).toEqual([group?.id]);
    expect(found.types).toEqual(['groups']);
    const members: Models.UserEntityListing = await body(
      groups.getGroupMembers(group?.id ?? '', { pageSize: 100 }),
    );
    expectListing(members, { pageSize: 100, pageNumber: 1 });
    expect(members.total).toBe(group?.memberCount);
    expect(new Set(members.entities?.map(({ department }) => department))).toEqual(new Set(['Billing']));
  });
});

describe('roles, divisions and the organization through the official SDK', () => {
  it('GET /authorization/roles and the users of one', async () => {
    const listing: Models.OrganizationRoleEntityListing = await body(authorization.getAuthorizationRoles());
    expectListing(listing, { pageSize: 25, pageNumber: 1 });
    const role: Models.DomainOrganizationRole | undefined = listing.entities?.find(
      ({ name }) => name === 'Admin',
    );
    expectFields(role, {
      id: 'string',
      name: 'string',
      description: 'string',
      defaultRoleId: 'string',
      permissions: 'array',
      permissionPolicies: 'array',
      userCount: 'number',
      roleNeedsUpdate: 'boolean',
      default: 'boolean',
      base: 'boolean',
      selfUri: 'string',
    });
    const holders: Models.UserReferenceEntityListing = await body(
      authorization.getAuthorizationRoleUsers(role?.id ?? ''),
    );
    expect(holders).toEqual({
      entities: [{ id: simulator.userId, selfUri: `/api/v2/users/${simulator.userId}` }],
      pageSize: 25,
      pageNumber: 1,
      total: 1,
      pageCount: 1,
    } satisfies Models.UserReferenceEntityListing);
  });

  it('GET /authorization/divisions and those permitted to me', async () => {
    const all: Models.AuthzDivisionEntityListing = await body(authorization.getAuthorizationDivisions());
    expectListing(all, { pageSize: 25, pageNumber: 1 });
    const [home] = all.entities ?? [];
    expectFields(home, {
      id: 'string',
      name: 'string',
      description: 'string',
      homeDivision: 'boolean',
      selfUri: 'string',
    });
    const permitted: Models.DivsPermittedEntityListing = await body(
      authorization.getAuthorizationDivisionspermittedPagedMe('oauth:token:delete'),
    );
    expect(permitted).toMatchObject({ allDivsPermitted: true, total: all.total });
  });

  it('GET /organizations/me and the limits', async () => {
    const org: Models.Organization = await body(organization.getOrganizationsMe());
    expectFields(org, {
      id: 'string',
      name: 'string',
      domain: 'string',
      features: 'object',
      version: 'number',
      state: 'string',
      productPlatform: 'string',
      selfUri: 'string',
    });
    const limits: Models.LimitsEntityListing = await body(
      organization.getOrganizationsLimitsNamespace('platform.api'),
    );
    const limit: Models.Limit | undefined = limits.entities?.find(
      ({ key }) => key === 'token.rate.per.minute',
    );
    expect(limit).toEqual({ key: 'token.rate.per.minute', namespace: 'platform.api', value: 10_000 });
  });
});
