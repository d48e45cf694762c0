import { createRandom, uuidOf } from '../random.ts';
import type { Org } from '../org/org.ts';
import type { Permission } from '../org/permissions.ts';
import { PERMISSIONS } from '../org/permissions.ts';

export interface OAuthClient {
  readonly id: string;
  readonly name: string;
  readonly grant: 'CODE' | 'CLIENT-CREDENTIALS';
  /** Null for a public client (PKCE). */
  readonly secret: string | null;
  readonly scopes: readonly string[];
  readonly redirectUris: readonly string[];
  /** Client credentials only: what its roles allow. */
  readonly permissions: readonly Permission[];
  readonly roleIds: readonly string[];
  readonly ownerId: string;
  readonly ownerName: string;
}

export interface Clients {
  /** Client credentials that may do everything. */
  readonly full: OAuthClient;
  /** Client credentials that may neither delete tokens nor change the organisation. */
  readonly limited: OAuthClient;
  /** Public client for authorization code with PKCE; a redirect to any port of localhost. */
  readonly pkce: OAuthClient;
  /** Genesys Cloud's own UI, owned by `purecloud-builtin`. */
  readonly builtIn: OAuthClient;
}

/** What the app's calls need: `POST /groups/search` is held to `groups`, not to reading alone. */
const SCOPES = ['authorization', 'groups', 'organization:readonly', 'user-basic-info', 'users:readonly'];

/**
 * @param org its roles are named by the client-credentials clients.
 * @param scopes of the clients that act for a person; null for those that the app needs.
 */
export const createClients = (org: Org, scopes: readonly string[] | null = null): Clients => {
  const random = createRandom(org.seed, 1);
  const roleIds = (names: readonly string[]): readonly string[] =>
    org.roles.filter((role) => names.includes(role.name)).map((role) => role.id);
  const client = (at: number, name: string, rest: Partial<OAuthClient>): OAuthClient => ({
    id: uuidOf(org.seed, 14, at),
    name,
    grant: 'CODE',
    secret: null,
    scopes: scopes ?? SCOPES,
    redirectUris: [],
    permissions: [],
    roleIds: [],
    ownerId: org.id,
    ownerName: org.name,
    ...rest,
  });
  return {
    full: client(0, 'Token administration', {
      grant: 'CLIENT-CREDENTIALS',
      secret: random.token(43),
      scopes: [],
      permissions: PERMISSIONS,
      roleIds: roleIds(['Admin']),
    }),
    limited: client(1, 'Reporting export', {
      grant: 'CLIENT-CREDENTIALS',
      secret: random.token(43),
      scopes: [],
      permissions: ['analytics:conversationDetail:view'],
      roleIds: roleIds(['Employee']),
    }),
    // Registered without a port: any port may then be used at run time (official CLI's README, "OAuth PKCE Grant").
    pkce: client(2, 'Desktop tools', { redirectUris: ['http://localhost'] }),
    builtIn: client(3, 'Genesys Cloud UI', { ownerId: 'purecloud-builtin', ownerName: 'purecloud-builtin' }),
  };
};

/** @returns the client with that id, or undefined. */
export const clientById = (clients: Clients, id: string): OAuthClient | undefined =>
  Object.values(clients).find((client: OAuthClient) => client.id === id) as OAuthClient | undefined;
