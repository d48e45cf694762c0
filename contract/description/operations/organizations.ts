import { type Operation } from '../form.ts';
import { INPUT_ERRORS } from './input.ts';

export const organizationOperations = {
  'GET /api/v2/organizations/me': {
    source: 'openapi',
    scopes: ['organization', 'organization:readonly'],
    permissions: [],
    query: {},
    requiredQuery: [],
    body: null,
    success: 200,
    answer: 'Organization',
    errors: { 400: [...INPUT_ERRORS] },
  },
  'GET /api/v2/organizations/limits/namespaces/{namespaceName}': {
    source: 'openapi',
    scopes: ['organization', 'organization:readonly'],
    permissions: [],
    query: {},
    requiredQuery: [],
    body: null,
    success: 200,
    answer: 'LimitsEntityListing',
    errors: { 400: [...INPUT_ERRORS] },
  },
} satisfies Readonly<Record<string, Operation>>;
