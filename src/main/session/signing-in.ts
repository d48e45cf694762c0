import type { Connection, SessionState, SignInRequest } from '../../shared/connection.ts';
import { ownHostsOf } from '../genesys/hosts.ts';
import type { Access } from './access.ts';
import type { Changes } from './changes.ts';
import type { Current } from './current.ts';
import { examine, revocationSessionOf, type Examined, type ExamineDeps } from './examine.ts';
import type { Kept, SecretKeeper } from './keep-secret.ts';
import { otherOrganization } from './own-token.ts';
import type { SavedConnections } from './saved-connections.ts';
import { connectionFor, isSameWay, refusedAtSignIn } from './sign-in-rules.ts';
import { wayBackOf, wayInOf, type WayIn, type WayInDeps } from './ways-in.ts';

/** What signing in reads and changes. */
export interface SigningIn {
  readonly deps: WayInDeps & ExamineDeps & { readonly newId: () => string };
  readonly saved: SavedConnections;
  readonly current: Current;
  readonly secrets: SecretKeeper;
  readonly changes: Changes;
}

/** Where a connection's secret is. */
type Place = Kept | { readonly place: 'none'; readonly notKept: null };
const NO_SECRET: Place = { place: 'none', notKept: null };

/** Signs in as a person asks for. @throws as `Session.signIn` */
export async function signIn(parts: SigningIn, request: SignInRequest): Promise<SessionState> {
  const { deps, changes } = parts;
  const signal = changes.begin();
  const way = await wayInOf(request, deps);
  const found = await find(parts, way, signal).catch((error: unknown) => {
    throw refusedAtSignIn(error);
  });
  return keepOrEnd(found, () => changes.inTurn(() => keep(parts, request, way, found, signal)));
}

/** Signs in with what was kept. @throws as `Session.switchTo` */
export async function signInAgain(parts: SigningIn, connectionId: string): Promise<SessionState> {
  const { deps, saved, secrets, current, changes } = parts;
  const connection = saved.find(connectionId);
  const signal = changes.begin();
  let place: Place = NO_SECRET;
  const way = await wayBackOf(
    connection,
    async (kind) => {
      const kept = await secrets.find({ connectionId, kind }, connection.region);
      place = { place: kept.place, notKept: null };
      return kept.secret;
    },
    deps,
  );
  const found = await find(parts, way, signal);
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
const find = ({ deps, current }: SigningIn, way: WayIn, signal: AbortSignal): Promise<Examined> =>
  examine(way, signal, deps, {
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
  way: WayIn,
  found: Examined,
  signal: AbortSignal,
): Promise<SessionState> {
  signal.throwIfAborted();
  const secret = way.toKeep(found.granted);
  const existing = saved.list.find((one) => isSameWay(one, way, found.token));
  const connection = connectionFor(request, way, found.token, existing, deps);
  const remember = request.method !== 'demo' && request.remember;
  const place = secret
    ? await secrets.keep(
        { connectionId: connection.id, kind: secret.kind },
        secret.value,
        ownHostsOf(way.region, true),
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
    existing ? before.map((one) => (one.id === existing.id ? connection : one)) : [...before, connection],
  );
  if (!signal.aborted) return;
  await saved.replace(before);
  signal.throwIfAborted();
}

function activate(
  current: Current,
  { access, token, limit }: Examined,
  connection: Connection,
  { place: secretPlace, notKept }: Place,
): SessionState {
  const found = { access, token, limit };
  const revocation = revocationSessionOf(found, connection);
  current.enter({ kind: 'signed-in', ...found, connection, secretPlace, notKept, revocation });
  return current.state;
}

/** An access that nobody uses in the end must not go on renewing itself. */
async function keepOrEnd<T>({ access }: { access: Access }, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    access.end();
    throw error;
  }
}
