import type { Connection, SessionState } from '../../shared/connection.ts';
import { deleteMyToken } from '../genesys/tokens.ts';
import { revokeStoredToken } from './revoke-stored-token.ts';
import type { SigningIn } from './signing-in.ts';

/** Gives a connection another name, and the session that is in use with it. @throws AppFailure `no-such-item` */
export const renameConnection = (
  { saved, current, changes }: SigningIn,
  connectionId: string,
  label: string,
): Promise<readonly Connection[]> =>
  changes.inTurn(async () => {
    const renamed = { ...saved.find(connectionId), label };
    await saved.replace(
      saved.list.map((connection) => (connection.id === connectionId ? renamed : connection)),
    );
    const { phase } = current;
    if (phase.kind === 'expired' && phase.connection.id === connectionId)
      current.enter({ ...phase, connection: renamed });
    const active = current.activeFor(connectionId);
    if (active) {
      const revocation = { ...active.revocation, connection: renamed };
      current.enter({ kind: 'signed-in', ...active, connection: renamed, revocation });
    }
    return saved.list;
  });

/** Deletes a connection with its secrets, and signs out of it. @throws as `Session.remove` */
export async function removeConnection(
  parts: SigningIn,
  connectionId: string,
  revokeToken: boolean,
): Promise<readonly Connection[]> {
  const { saved, secrets, current, changes } = parts;
  if (revokeToken) await endToken(parts, saved.find(connectionId));
  return changes.inTurn(async () => {
    saved.find(connectionId);
    await secrets.forget(connectionId);
    await saved.replace(saved.list.filter(({ id }) => id !== connectionId));
    const { phase } = current;
    if (phase.kind !== 'signed-out' && phase.connection.id === connectionId)
      current.enter({ kind: 'signed-out' });
    return saved.list;
  });
}

/** Ends the token of a connection: the one in use, or the one that is kept. */
async function endToken({ deps, secrets, current }: SigningIn, connection: Connection): Promise<void> {
  const active = current.activeFor(connection.id);
  if (active) {
    await deleteMyToken(active.access.client, active.access.signal);
    return;
  }
  const key = { connectionId: connection.id, kind: 'access-token' } as const;
  await revokeStoredToken(connection, async () => (await secrets.find(key, connection.region)).secret, deps);
}

/** Tries again to put into the keychain what had to stay in memory. @throws AppFailure `signed-out` */
export const keepSecretAgain = ({ secrets, current, changes }: SigningIn): Promise<SessionState> =>
  changes.inTurn(async () => {
    const { connection } = current.active();
    // Only what the person wanted to be remembered: a page must not put the rest on this computer.
    if (current.state.kind !== 'signed-in' || !current.state.notKept) return current.state;
    const kept = await secrets.keepAgain(connection.id);
    const active = current.activeFor(connection.id);
    if (kept && active)
      current.enter({ kind: 'signed-in', ...active, secretPlace: kept.place, notKept: kept.notKept });
    return current.state;
  });

/** Signs out here, and forgets a token that was kept. A client secret stays: it is the way back in. */
export async function forgetToken(
  { secrets, current, changes }: SigningIn,
  connection: Connection | null,
): Promise<SessionState> {
  changes.begin();
  current.enter({ kind: 'signed-out' });
  if (connection?.method === 'access-token' || connection?.method === 'pkce')
    await changes.inTurn(() => secrets.forget(connection.id));
  return current.state;
}

/** Ends the token in use at Genesys Cloud, then forgets it. @throws AppFailure when it may still be valid */
export async function revokeInUse(parts: SigningIn): Promise<SessionState> {
  const { current } = parts;
  const own = current.active();
  await deleteMyToken(own.access.client, own.access.signal);
  // Somebody signed in as another meanwhile: that session is theirs.
  if (current.phase.kind === 'signed-in' && !current.activeWith(own.access)) return current.state;
  return forgetToken(parts, own.connection);
}
