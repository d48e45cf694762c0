import type { NamedEntity, OAuthClientDetails, TokenDetails } from '../../shared/connection.ts';
import { type Clock, nowIso } from '../clock.ts';
import { AppFailure } from '../failure.ts';
import type { ApiClient } from '../genesys/http.ts';
import { getMe, type Me } from '../genesys/me.ts';
import { getOrganization } from '../genesys/organization.ts';
import { askPermissions, permissionsFromList } from '../genesys/permissions.ts';
import { entityOrNull } from '../genesys/schemas.ts';
import { getTokenInfo, type TokenInfo } from '../genesys/tokens.ts';

/** `OAuthClient.organization.id` of Genesys' own clients (the official Terraform provider tests for it). */
const BUILT_IN_ORGANIZATION = 'purecloud-builtin';

export type KnownToken = TokenDetails & { readonly organization: NamedEntity };

/**
 * Asks the API for everything about a token, in this order: the token, its user, what it may do.
 * @param expiresAt ISO 8601 from signing in, since the API does not tell it later.
 * @throws ApiError
 */
export async function readTokenDetails(
  client: ApiClient,
  clock: Clock,
  expiresAt: string | null,
  signal: AbortSignal,
): Promise<KnownToken> {
  const info = await getTokenInfo(client, signal);
  const me = await userOf(info, client, signal);
  const permissions = me?.permissions
    ? permissionsFromList(me.permissions)
    : await askPermissions(client, signal);
  const { organization, state } = await organizationOf(info, client, signal);
  return {
    ...lookedAt(info, clock),
    organization,
    organizationState: state,
    user: me?.user ?? null,
    permissions,
    allPermissions: me?.permissions ?? null,
    expiresAt,
  };
}

/**
 * Looks at the token again with the one call that leaves its idle countdown alone. Whose it is cannot change; what its
 * user may do is as it was last asked, since asking is use.
 * @throws ApiError
 */
export async function lookAgain(
  client: ApiClient,
  clock: Clock,
  known: KnownToken,
  signal: AbortSignal,
): Promise<KnownToken> {
  const info = await getTokenInfo(client, signal);
  const organization = entityOrNull(info.organization);
  return {
    ...known,
    ...lookedAt(info, clock),
    ...(organization && organization.id !== known.organization.id && { organization }),
  };
}

/** What `GET /tokens/me` alone tells. */
const lookedAt = (info: TokenInfo, clock: Clock) => ({
  homeOrganization: entityOrNull(info.homeOrganization),
  client: clientOf(info),
  authorizedScopes: info.authorizedScope ?? null,
  clonedUser: clonedUserOf(info),
  idlesAt: info.dateTokenIdles ?? null,
  readAt: nowIso(clock),
  json: JSON.stringify(info, null, 2),
});

/**
 * Null for a token without a user: by its grant, or because the API says that it is none (400 `not.a.user`). Anything
 * else fails: without their id the operator would not be kept back.
 */
async function userOf(info: TokenInfo, client: ApiClient, signal: AbortSignal): Promise<Me | null> {
  if (info.OAuthClient?.authorizedGrantType === 'CLIENT-CREDENTIALS') return null;
  try {
    return await getMe(client, signal);
  } catch (error) {
    if (error instanceof AppFailure && error.error.details?.apiCode === 'not.a.user') return null;
    throw error;
  }
}

/** TokenInfo tells the org's name and id; where it does not, the org is asked for, which also tells its state. */
async function organizationOf(
  info: TokenInfo,
  client: ApiClient,
  signal: AbortSignal,
): Promise<{ readonly organization: NamedEntity; readonly state: string | null }> {
  const told = info.organization?.name ? entityOrNull(info.organization) : null;
  if (told) return { organization: told, state: null };
  const { id, name, state } = await getOrganization(client, signal);
  return { organization: { id, name }, state };
}

function clientOf({ OAuthClient: client }: TokenInfo): OAuthClientDetails | null {
  if (!client) return null;
  return {
    id: client.id ?? '',
    name: client.name ?? client.id ?? '',
    grant: client.authorizedGrantType ?? '',
    state: client.state ?? null,
    scopes: client.scope ?? [],
    roleDivisions: (client.roleDivisions ?? []).map(({ roleId, divisionId }) => ({
      roleId: roleId ?? null,
      divisionId: divisionId ?? null,
    })),
    deletedOn: client.dateToDelete ?? null,
    organization: entityOrNull(client.organization),
    builtIn: client.organization?.id === BUILT_IN_ORGANIZATION,
  };
}

function clonedUserOf({ clonedUser }: TokenInfo): TokenDetails['clonedUser'] {
  if (!clonedUser) return null;
  return { id: clonedUser.id ?? null, organizationId: clonedUser.organization?.id ?? null };
}
