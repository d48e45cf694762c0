import { isDeepStrictEqual } from 'node:util';
import type { Connection, SignInRequest } from '../../shared/connection.ts';
import { type Clock, nowIso } from '../clock.ts';
import { AppFailure } from '../failure.ts';
import type { KnownToken } from './token-details.ts';
import type { Grant } from './grants.ts';

/** The demo organisation is one and the same, so that its runs find it again. */
const DEMO_CONNECTION_ID = 'demo';

/** Signing in the same way to the same org again is the same connection, so that its runs can go on. */
export const isSameGrant = (connection: Connection, grant: Grant, token: KnownToken): boolean =>
  connection.method === grant.method &&
  connection.clientId === grant.clientId &&
  isDeepStrictEqual(connection.region, grant.region) &&
  (connection.method === 'demo' || connection.organization.id === token.organization.id);

/**
 * What is kept of a sign-in, without its secret.
 * @param existing the connection that it renews; it keeps its id and age.
 */
export const connectionFor = (
  request: SignInRequest,
  grant: Grant,
  token: KnownToken,
  existing: Connection | undefined,
  { clock, newId }: { readonly clock: Clock; readonly newId: () => string },
): Connection => ({
  id: existing?.id ?? (grant.method === 'demo' ? DEMO_CONNECTION_ID : newId()),
  label: (request.method === 'demo' ? '' : request.label.trim()) || token.organization.name,
  method: grant.method,
  region: grant.region,
  clientId: grant.clientId,
  organization: token.organization,
  createdAt: existing?.createdAt ?? nowIso(clock),
  // The API tells it once, when the token is issued; the others are renewed or were never told.
  ...(grant.method === 'pkce' && token.expiresAt && { tokenExpiresAt: token.expiresAt }),
});

/** A token or client that the API refuses at once was never signed in: it is the wrong one. */
export function refusedAtSignIn(error: unknown): unknown {
  if (!(error instanceof AppFailure) || error.error.code !== 'signed-out') return error;
  return new AppFailure({ ...error.error, code: 'wrong-credentials' });
}
