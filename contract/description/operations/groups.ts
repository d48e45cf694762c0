import { int32, list, oneOf, string, type Operation } from '../form.ts';
import { INPUT_ERRORS, USER_EXPAND } from './input.ts';

export const groupOperations = {
  'GET /api/v2/groups/{groupId}/members': {
    source: 'openapi',
    scopes: ['groups', 'groups:readonly'],
    permissions: [],
    query: {
      pageSize: int32,
      pageNumber: int32,
      sortOrder: oneOf('ascending', 'descending'),
      expand: list(USER_EXPAND),
    },
    requiredQuery: [],
    body: null,
    success: 200,
    answer: 'UserEntityListing',
    errors: { 400: [...INPUT_ERRORS], 404: ['general.resource.not.found'] },
  },
  'GET /api/v2/groups/{groupId}': {
    source: 'openapi',
    scopes: ['groups', 'groups:readonly'],
    permissions: [],
    query: {},
    requiredQuery: [],
    body: null,
    success: 200,
    answer: 'Group',
    errors: { 400: [...INPUT_ERRORS], 404: ['general.resource.not.found'] },
  },
  'GET /api/v2/groups': {
    source: 'openapi',
    scopes: ['groups', 'groups:readonly'],
    permissions: [],
    query: {
      pageSize: int32,
      pageNumber: int32,
      id: list(string),
      jabberId: list(string),
      sortOrder: oneOf('ascending', 'descending'),
    },
    requiredQuery: [],
    body: null,
    success: 200,
    answer: 'GroupEntityListing',
    errors: { 400: [...INPUT_ERRORS] },
  },
  'POST /api/v2/groups/search': {
    source: 'openapi',
    scopes: ['groups'],
    permissions: [],
    query: {},
    requiredQuery: [],
    body: { model: 'GroupSearchRequest', required: true },
    success: 200,
    answer: 'GroupsSearchResponse',
    errors: {
      400: [
        ...INPUT_ERRORS,
        'client.failed.request',
        'search.criteria.values.exceed.limit',
        'too.many.requested.results',
        'too.many.search.criteria',
      ],
    },
  },
} satisfies Readonly<Record<string, Operation>>;
