/**
 * The OAuth scopes that the calls of this app need, where an organization enforces scopes: by the vendor's OpenAPI
 * description, no more and none that is wider (contract/scopes.test.ts).
 */
export const NEEDED_SCOPES: readonly string[] = [
  'authorization',
  'groups',
  'organization:readonly',
  'user-basic-info',
  'users:readonly',
];
