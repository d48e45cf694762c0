import type { Connection } from '../../shared/connection.ts';
import type { Clock } from '../clock.ts';
import type { GrantedToken } from '../genesys/login-host.ts';
import { readRateLimit, type RateLimit } from '../genesys/limits.ts';
import { revokeUserTokens } from '../genesys/tokens.ts';
import { createDirectory } from '../genesys/users.ts';
import type { RevocationSession } from '../revocation/ports.ts';
import { authorizeClient, type AuthorizedClient } from './authorized-client.ts';
import { readTokenDetails, type KnownToken } from './token-details.ts';
import type { Grant } from './grants.ts';

/** What signing in found out. */
export interface InspectedToken {
  readonly access: AuthorizedClient;
  readonly token: KnownToken;
  readonly limit: RateLimit;
}

/** With the token as it was granted, for keeping. */
export interface InspectedGrant extends InspectedToken {
  readonly granted: GrantedToken;
}

export interface InspectDeps {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly random: () => number;
  /** The setting: share of the rate limit to use. */
  readonly rateShare: () => number;
  /** A call of the session's token went out, or the API said to wait. */
  readonly onUse?: (() => void) | undefined;
}

interface AccessEvents {
  readonly onExpired: (access: AuthorizedClient) => void;
  readonly onRenewed: (access: AuthorizedClient, expiresAt: string | null) => void;
}

/**
 * Gets a token and finds out whose it is and what it may do. Nothing is kept yet. Whoever gets the result ends its
 * access.
 * @throws AppFailure; the signal's reason when aborted.
 */
export async function inspectToken(
  grant: Grant,
  signal: AbortSignal,
  { fetch, clock, random, rateShare, onUse }: InspectDeps,
  { onExpired, onRenewed }: AccessEvents,
): Promise<InspectedGrant> {
  const granted = await grant.request(signal);
  const access: AuthorizedClient = authorizeClient({
    hosts: grant.hosts,
    granted,
    renew: grant.renewable ? (renewal) => grant.request(renewal) : null,
    fetch,
    clock,
    random,
    rateShare: rateShare(),
    onExpired: () => onExpired(access),
    onRenewed: (expiresAt) => onRenewed(access, expiresAt),
    onUse,
  });
  try {
    const token = await readTokenDetails(access.client, clock, access.expiresAt, signal);
    const limit = await readRateLimit(access.client, token.user ? 'user' : 'client', signal);
    access.pacer.setLimit(limit.perMinute, rateShare());
    return { access, token, limit, granted };
  } catch (error) {
    access.end();
    throw error;
  }
}

/** What plans and runs get of a session. */
export function revocationSessionOf(
  { access, token }: InspectedToken,
  connection: Connection,
): RevocationSession {
  const { client, pacer } = access;
  return {
    connection,
    operator: {
      userId: token.user?.id ?? null,
      name: token.user?.name ?? token.client?.name ?? connection.label,
    },
    directory: createDirectory(client),
    revokeUserTokens: (userId, signal) => revokeUserTokens(client, userId, signal),
    pacer,
    tokenExpiresAt: () =>
      access.renewsItself || access.expiresAt === null ? null : Date.parse(access.expiresAt),
  };
}
