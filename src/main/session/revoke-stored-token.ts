import type { Connection } from '../../shared/connection.ts';
import { AppFailure } from '../failure.ts';
import { singleTokenClient } from '../genesys/single-token.ts';
import { deleteMyToken } from '../genesys/tokens.ts';
import type { Secret } from '../secrets/secret.ts';
import type { InspectDeps } from './inspect-token.ts';
import { storedGrant, type GrantDeps } from './grants.ts';

/**
 * Ends the token that is kept for a connection nobody is signed in to. A client secret is no token, and a token that
 * is no longer kept or no longer valid is as good as ended.
 * @throws AppFailure when it may still be valid
 */
export async function revokeStoredToken(
  connection: Connection,
  find: () => Promise<Secret>,
  deps: GrantDeps & InspectDeps,
): Promise<void> {
  if (connection.method !== 'access-token' && connection.method !== 'pkce') return;
  const kept = await find().catch((error: unknown) => {
    if (error instanceof AppFailure && error.error.code === 'signed-out') return null;
    throw error;
  });
  if (!kept) return;
  const { hosts } = await storedGrant(connection, () => Promise.resolve(kept), deps);
  const { fetch, clock, random } = deps;
  await deleteMyToken(
    singleTokenClient({ hosts, token: kept, fetch, clock, random }),
    new AbortController().signal,
  );
}
