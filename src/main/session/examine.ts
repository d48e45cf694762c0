import type { Connection } from '../../shared/connection.ts';
import type { Clock } from '../clock.ts';
import type { GrantedToken } from '../genesys/login-host.ts';
import { readRateLimit, type RateLimit } from '../genesys/limits.ts';
import { revokeUserTokens } from '../genesys/tokens.ts';
import { createDirectory } from '../genesys/users.ts';
import type { RevocationSession } from '../revocation/ports.ts';
import { openAccess, type Access } from './access.ts';
import { readTokenDetails, type KnownToken } from './token-details.ts';
import type { WayIn } from './ways-in.ts';

/** What signing in found out. */
export interface Found {
  readonly access: Access;
  readonly token: KnownToken;
  readonly limit: RateLimit;
}

/** With the token as it was granted, for keeping. */
export interface Examined extends Found {
  readonly granted: GrantedToken;
}

export interface ExamineDeps {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly random: () => number;
  /** The setting: share of the rate limit to use. */
  readonly rateShare: () => number;
  /** A call of the session's token went out, or the API said to wait. */
  readonly onUse?: (() => void) | undefined;
}

interface AccessEvents {
  readonly onExpired: (access: Access) => void;
  readonly onRenewed: (access: Access, expiresAt: string | null) => void;
}

/**
 * Gets a token and finds out whose it is and what it may do. Nothing is kept yet. Whoever gets the result ends its
 * access.
 * @throws AppFailure; the signal's reason when aborted.
 */
export async function examine(
  way: WayIn,
  signal: AbortSignal,
  { fetch, clock, random, rateShare, onUse }: ExamineDeps,
  { onExpired, onRenewed }: AccessEvents,
): Promise<Examined> {
  const granted = await way.grant(signal);
  const access: Access = openAccess({
    hosts: way.hosts,
    granted,
    renew: way.renewable ? (renewal) => way.grant(renewal) : null,
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
export function revocationSessionOf({ access, token }: Found, connection: Connection): RevocationSession {
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
