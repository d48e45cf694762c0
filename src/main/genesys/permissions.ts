import { z } from 'zod';
import type { Permission, Permissions, PermissionState } from '../../shared/connection.ts';
import type { ApiClient } from './http.ts';
import { isRefusal } from './limits.ts';
import { namedEntity } from './schemas.ts';

/** What the app needs, and nothing else is asked for. */
const NEEDED: readonly Permission[] = [
  'oauth:token:delete',
  'directory:organization:admin',
  'directory:user:view',
];

/** DivsPermittedEntityListing, as far as it is used. */
export const divisionsPermittedSchema = z.looseObject({
  entities: z.array(namedEntity).nullish(),
  total: z.number().nullish(),
  allDivsPermitted: z.boolean().nullish(),
});

/** What a user's own list of permissions says. A policy can stand there with wildcards: `oauth:*:*`, or `*` for all. */
export function permissionsFromList(held: readonly string[]): Permissions {
  return permissionsBy((permission) =>
    held.some((policy) => covers(policy, permission)) ? 'held' : 'missing',
  );
}

/**
 * Asks for each permission in which divisions it is held: the way for client credentials, which have no user to read
 * them from. Whether the API answers them at all is not documented, so a refusal is `unknown`.
 * @throws ApiError when the token is dead or there is no network.
 */
export async function askPermissions(client: ApiClient, signal: AbortSignal): Promise<Permissions> {
  const answers = new Map<Permission, PermissionState>();
  for (const permission of NEEDED) answers.set(permission, await askPermission(client, permission, signal));
  return permissionsBy((permission) => answers.get(permission) ?? 'unknown');
}

async function askPermission(
  client: ApiClient,
  permission: Permission,
  signal: AbortSignal,
): Promise<PermissionState> {
  const path = '/api/v2/authorization/divisionspermitted/paged/me';
  const query = { permission, pageSize: 1, pageNumber: 1 };
  try {
    const { body } = await client.request(
      { method: 'GET', path, query, schema: divisionsPermittedSchema, optional: true },
      signal,
    );
    const { total, entities, allDivsPermitted } = body;
    if (allDivsPermitted === true || (total ?? 0) > 0 || (entities?.length ?? 0) > 0) return 'held';
    return typeof total === 'number' || entities ? 'missing' : 'unknown';
  } catch (error) {
    if (isRefusal(error)) return 'unknown';
    throw error;
  }
}

const permissionsBy = (state: (permission: Permission) => PermissionState): Permissions => ({
  'oauth:token:delete': state('oauth:token:delete'),
  'directory:organization:admin': state('directory:organization:admin'),
  'directory:user:view': state('directory:user:view'),
});

function covers(policy: string, permission: Permission): boolean {
  const asked = permission.split(':');
  const parts = policy.trim().toLowerCase().split(':');
  if (parts.length > asked.length) return false;
  // A short policy covers the rest only when it ends in a wildcard: "*", "oauth:*".
  if (parts.length < asked.length && parts.at(-1) !== '*') return false;
  return parts.every((part, index) => part === '*' || part === asked[index]);
}
