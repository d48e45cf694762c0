import type { Connection, SessionState, SignInRequest } from '../../shared/connection.ts';
import { ownHostsOf } from '../genesys/hosts.ts';
import type { AuthorizedClient } from './authorized-client.ts';
import type { Changes } from './changes.ts';
import type { CurrentSession } from './session-state.ts';
import { inspectToken, revocationSessionOf, type InspectedGrant, type InspectDeps } from './inspect-token.ts';
import type { Kept, CredentialStore } from './credential-store.ts';
import { otherOrganization } from './session-token.ts';
import type { SavedConnections } from './saved-connections.ts';
import { connectionFor, isSameGrant, refusedAtSignIn } from './sign-in-rules.ts';
import { storedGrant, grantFor, type Grant, type GrantDeps } from './grants.ts';

/** What signing in reads and changes. */
export interface SigningIn {
  readonly deps: GrantDeps & InspectDeps & { readonly newId: () => string };
  readonly saved: SavedConnections;
  readonly current: CurrentSession;
  readonly secrets: CredentialStore;
  readonly changes: Changes;
}

/** Where a connection's secret is. */
type Place = Kept | { readonly place: 'none'; readonly notKept: null };
const NO_SECRET: Place = { place: 'none', notKept: null };

/** Signs in as a person asks for. @throws as `Session.signIn` */
export async function signIn(parts: SigningIn, request: SignInRequest): Promise<SessionState> {
  const { deps, changes } = parts;
  const signal = changes.begin();
  const grant = await grantFor(request, deps);
  const found = await find(parts, grant, signal).catch((error: unknown) => {
    throw refusedAtSignIn(error);
  });
  return keepOrEnd(found, () => changes.inTurn(() => keep(parts, request, grant, found, signal)));
}

/** Signs in with what was kept. @throws as `Session.switchTo` */
export async function signInAgain(parts: SigningIn, connectionId: string): Promise<SessionState> {
  const { deps, saved, secrets, current, changes } = parts;
  const connection = saved.find(connectionId);
  const signal = changes.begin();
  let place: Place = NO_SECRET;
  const grant = await storedGrant(
    connection,
    async (kind) => {
      const kept = await secrets.find({ connectionId, kind }, connection.region);
      place = { place: kept.place, notKept: null };
      return kept.secret;
    },
    deps,
  );
  const found = await find(parts, grant, signal);
  return keepOrEnd(found, () =>
    changes.inTurn(() => {
      signal.throwIfAborted();
      const latest = saved.find(connectionId);
      if (found.token.organization.id !== latest.organization.id)
        throw otherOrganization(latest, found.token);
      return Promise.resolve(activate(current, found, latest, place));
    }),
  );
}

/** What its access reports counts only while that access is the session's own. */
const find = ({ deps, current }: SigningIn, grant: Grant, signal: AbortSignal): Promise<InspectedGrant> =>
  inspectToken(grant, signal, deps, {
    onExpired: (access) => {
      const active = current.activeWith(access);
      if (active) current.enter({ kind: 'expired', connection: active.connection });
    },
    onRenewed: (access, expiresAt) => {
      const active = current.activeWith(access);
      if (active) current.enter({ kind: 'signed-in', ...active, token: { ...active.token, expiresAt } });
    },
  });

/** Keeps connection and secret, then signs in; undoes its own part when a newer change came meanwhile. */
async function keep(
  { deps, saved, secrets, current }: SigningIn,
  request: SignInRequest,
  grant: Grant,
  found: InspectedGrant,
  signal: AbortSignal,
): Promise<SessionState> {
  signal.throwIfAborted();
  const secret = grant.toKeep(found.granted);
  const existing = saved.list.find((known) => isSameGrant(known, grant, found.token));
  const connection = connectionFor(request, grant, found.token, existing, deps);
  const remember = request.method !== 'demo' && request.remember;
  const place = secret
    ? await secrets.keep(
        { connectionId: connection.id, kind: secret.kind },
        secret.value,
        ownHostsOf(grant.region, true),
        remember,
      )
    : NO_SECRET;
  try {
    signal.throwIfAborted();
    await saveConnection(saved, connection, existing, signal);
  } catch (error) {
    if (!existing) await secrets.forget(connection.id).catch(() => undefined);
    throw error;
  }
  return activate(current, found, connection, place);
}

async function saveConnection(
  saved: SavedConnections,
  connection: Connection,
  existing: Connection | undefined,
  signal: AbortSignal,
): Promise<void> {
  const before = saved.list;
  await saved.replace(
    existing
      ? before.map((known) => (known.id === existing.id ? connection : known))
      : [...before, connection],
  );
  if (!signal.aborted) return;
  await saved.replace(before);
  signal.throwIfAborted();
}

function activate(
  current: CurrentSession,
  { access, token, limit }: InspectedGrant,
  connection: Connection,
  { place: secretPlace, notKept }: Place,
): SessionState {
  const found = { access, token, limit };
  const revocation = revocationSessionOf(found, connection);
  current.enter({ kind: 'signed-in', ...found, connection, secretPlace, notKept, revocation });
  return current.state;
}

/** An access that nobody uses in the end must not go on renewing itself. */
async function keepOrEnd<T>({ access }: { access: AuthorizedClient }, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    access.end();
    throw error;
  }
}
