import type { RateState } from '../../shared/app.ts';
import type { Connection, SessionState, SignInRequest } from '../../shared/connection.ts';
import type { ApiClient } from '../genesys/http.ts';
import type { RevocationSession } from '../revocation/ports.ts';
import type { Secret } from '../secrets/secret.ts';
import type { SecretStore } from '../secrets/store.ts';
import type { ConnectionsFile } from './connections-file.ts';
import { createChanges } from './changes.ts';
import { createSessionState } from './session-state.ts';
import type { InspectDeps } from './inspect-token.ts';
import { createCredentialStore } from './credential-store.ts';
import { createListeners } from './listeners.ts';
import { forgetToken, keepSecretAgain, removeConnection, renameConnection, revokeInUse } from './managing.ts';
import { createSessionToken, type SessionToken } from './session-token.ts';
import { rateOf } from './rate-report.ts';
import { createSavedConnections } from './saved-connections.ts';
import { signIn, signInAgain, type SigningIn } from './signing-in.ts';
import type { GrantDeps } from './grants.ts';

export interface SessionDeps extends GrantDeps, Omit<InspectDeps, 'onUse'> {
  readonly newId: () => string;
  readonly keychain: SecretStore;
  readonly memory: SecretStore;
  readonly connectionsFile: ConnectionsFile;
}

/**
 * Who is signed in, and the connections. Of several changes at once the last one wins; the others fail with
 * `cancelled` and leave nothing behind.
 */
export interface Session extends SessionToken {
  state(): SessionState;
  connections(): readonly Connection[];
  /** Called after each change of the state. @returns a function that ends it. */
  onChange(listener: (state: SessionState) => void): () => void;
  onConnectionsChange(listener: (connections: readonly Connection[]) => void): () => void;
  /** Called when a call of the session's token goes out, or the API says to wait. @returns a function that ends it. */
  onUse(listener: () => void): () => void;
  /**
   * Gets a token, asks the API whose it is and what it may do, and only then keeps anything. A failure leaves the
   * earlier session as it was.
   * @throws AppFailure `wrong-credentials`, `invalid-input`, `cancelled`, `demo-failed`, or any code of the API
   */
  signIn(request: SignInRequest): Promise<SessionState>;
  /** Signs in with what was kept. @throws AppFailure `signed-out` when the secret is gone or dead, `keychain-…`, `other-organization` */
  switchTo(connectionId: string): Promise<SessionState>;
  /** @throws AppFailure `no-such-item` */
  rename(connectionId: string, label: string): Promise<readonly Connection[]>;
  /** Ends a sign-in that is going on: it fails with `cancelled`. */
  cancelSignIn(): void;
  /** Tries again to put into the keychain what had to stay in memory. @throws AppFailure `signed-out` */
  keepSecret(): Promise<SessionState>;
  /**
   * Deletes a connection with its secrets, and signs out of it. With `revokeToken` its token is ended first.
   * @throws AppFailure when the token may still be valid, or `keychain-…` when a secret may be left; the connection
   * then stays
   */
  remove(connectionId: string, options?: { readonly revokeToken: boolean }): Promise<readonly Connection[]>;
  /** Forgets the token here, and a pasted one in the keychain too; it stays valid at Genesys Cloud. */
  signOut(): Promise<SessionState>;
  /** Ends the token at Genesys Cloud, then forgets it. @throws AppFailure when it may still be valid */
  revokeCurrent(): Promise<SessionState>;
  /** For reading and saving the idle timeout. @throws AppFailure `signed-out` */
  client(): ApiClient;
  /** Whether that is the token in use now. */
  usesToken(token: Secret): boolean;
  /** For plans and runs; null when nobody is signed in. A new object after each signing in. */
  api(): RevocationSession | null;
  /** What is left of the rate limit; null when nobody is signed in. */
  rate(): RateState | null;
  /** The setting has changed. */
  applyRateShare(): void;
}

/** Who is signed in, put together: each call is one function over the same parts. */
export function createSession(deps: SessionDeps): Session {
  const saved = createSavedConnections(deps.connectionsFile);
  const current = createSessionState();
  const secrets = createCredentialStore(deps.keychain, deps.memory);
  const uses = createListeners<null>();
  const changes = createChanges();
  const withUses = { ...deps, onUse: () => uses.tell(null) };
  const parts: SigningIn = { deps: withUses, saved, current, secrets, changes };
  const signedIn = () => (current.phase.kind === 'signed-in' ? current.phase : null);

  return {
    state: () => current.state,
    connections: () => saved.list,
    onChange: (listener) => current.onChange(listener),
    onConnectionsChange: (listener) => saved.onChange(listener),
    onUse: (listener) => uses.add(listener),
    signIn: (request) => signIn(parts, request),
    switchTo: (connectionId) => signInAgain(parts, connectionId),
    rename: (connectionId, label) => renameConnection(parts, connectionId, label),
    remove: (connectionId, options) => removeConnection(parts, connectionId, options?.revokeToken ?? false),
    keepSecret: () => keepSecretAgain(parts),
    cancelSignIn: () => changes.cancel(),
    signOut: () => forgetToken(parts, current.phase.kind === 'signed-out' ? null : current.phase.connection),
    revokeCurrent: () => revokeInUse(parts),
    ...createSessionToken(current, deps.clock),
    client: () => current.active().access.client,
    usesToken: (token) => signedIn()?.access.uses(token) ?? false,
    api: () => signedIn()?.revocation ?? null,
    rate: () => {
      const session = signedIn();
      return session && rateOf(session.access.pacer, session.limit.source, deps.clock);
    },
    applyRateShare: () => {
      const session = signedIn();
      session?.access.pacer.setLimit(session.limit.perMinute, deps.rateShare());
    },
  };
}
