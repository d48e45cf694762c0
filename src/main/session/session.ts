import type { RateState } from '../../shared/app.ts';
import type { Connection, SessionState, SignInRequest } from '../../shared/connection.ts';
import { AppFailure } from '../failure.ts';
import { ownHostsOf } from '../genesys/hosts.ts';
import type { ApiClient } from '../genesys/http.ts';
import { deleteMyToken } from '../genesys/tokens.ts';
import type { RevocationSession } from '../revocation/ports.ts';
import type { Secret } from '../secrets/secret.ts';
import type { SecretStore } from '../secrets/store.ts';
import type { Access } from './access.ts';
import type { ConnectionsFile } from './connections-file.ts';
import { createCurrent } from './current.ts';
import { endKeptToken } from './end-token.ts';
import { examine, revocationSessionOf, type Examined, type ExamineDeps, type Found } from './examine.ts';
import { createSecretKeeper, type Kept } from './keep-secret.ts';
import { createListeners } from './listeners.ts';
import { createOwnToken, otherOrganization, type OwnToken } from './own-token.ts';
import { rateOf } from './rate-report.ts';
import { createSavedConnections } from './saved-connections.ts';
import { connectionFor, isSameWay, refusedAtSignIn } from './sign-in-rules.ts';
import { wayBackOf, wayInOf, type WayIn, type WayInDeps } from './ways-in.ts';

export interface SessionDeps extends WayInDeps, Omit<ExamineDeps, 'onUse'> {
  readonly newId: () => string;
  readonly keychain: SecretStore;
  readonly memory: SecretStore;
  readonly connectionsFile: ConnectionsFile;
}

/**
 * Who is signed in, and the connections. Of several changes at once the last one wins; the others fail with
 * `cancelled` and leave nothing behind.
 */
export interface Session extends OwnToken {
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

/** Where a connection's secret is. */
type Place = Kept | { readonly place: 'none'; readonly notKept: null };
const NO_SECRET: Place = { place: 'none', notKept: null };

export function createSession(deps: SessionDeps): Session {
  const saved = createSavedConnections(deps.connectionsFile);
  const current = createCurrent();
  const secrets = createSecretKeeper(deps.keychain, deps.memory);
  const uses = createListeners<null>();
  const examineDeps: ExamineDeps = { ...deps, onUse: () => uses.tell(null) };
  /** Of the newest change; aborting it is how a newer one wins. */
  let latest = new AbortController();
  /** Everything that writes secrets or the file goes one after the other. */
  let writing: Promise<unknown> = Promise.resolve();

  function begin(): AbortSignal {
    latest.abort(
      new AppFailure({ code: 'cancelled', message: 'Another change of the session came after it.' }),
    );
    latest = new AbortController();
    return latest.signal;
  }

  function inTurn<T>(write: () => Promise<T>): Promise<T> {
    const result = writing.then(write);
    writing = result.catch(() => undefined);
    return result;
  }

  /** What its access reports counts only while that access is the session's own. */
  function find(way: WayIn, signal: AbortSignal): Promise<Examined> {
    return examine(way, signal, examineDeps, {
      onExpired: (access) => {
        const active = current.activeWith(access);
        if (active) current.enter({ kind: 'expired', connection: active.connection });
      },
      onRenewed: (access, expiresAt) => {
        const active = current.activeWith(access);
        if (active) current.enter({ kind: 'signed-in', ...active, token: { ...active.token, expiresAt } });
      },
    });
  }

  function activate(
    { access, token, limit }: Found,
    connection: Connection,
    { place: secretPlace, notKept }: Place,
  ): SessionState {
    const found = { access, token, limit };
    const revocation = revocationSessionOf(found, connection);
    current.enter({ kind: 'signed-in', ...found, connection, secretPlace, notKept, revocation });
    return current.state;
  }

  async function signIn(request: SignInRequest): Promise<SessionState> {
    const signal = begin();
    const way = await wayInOf(request, deps);
    const found = await find(way, signal).catch((error: unknown) => {
      throw refusedAtSignIn(error);
    });
    return keepOrEnd(found, () => inTurn(() => keep(request, way, found, signal)));
  }

  /** Keeps connection and secret, then signs in; undoes its own part when a newer change came meanwhile. */
  async function keep(
    request: SignInRequest,
    way: WayIn,
    found: Examined,
    signal: AbortSignal,
  ): Promise<SessionState> {
    signal.throwIfAborted();
    const secret = way.toKeep(found.granted);
    const existing = saved.list.find((one) => isSameWay(one, way, found.token));
    const connection = connectionFor(request, way, found.token, existing, deps);
    const undo = async (): Promise<void> => {
      if (!existing) await secrets.forget(connection.id).catch(() => undefined);
    };
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
      const before = saved.list;
      const next = existing
        ? before.map((one) => (one.id === existing.id ? connection : one))
        : [...before, connection];
      await saved.replace(next);
      if (signal.aborted) {
        await saved.replace(before);
        signal.throwIfAborted();
      }
    } catch (error) {
      await undo();
      throw error;
    }
    return activate(found, connection, place);
  }

  async function switchTo(connectionId: string): Promise<SessionState> {
    const connection = saved.find(connectionId);
    const signal = begin();
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
    const found = await find(way, signal);
    return keepOrEnd(found, () =>
      inTurn(() => {
        signal.throwIfAborted();
        const latestConnection = saved.find(connectionId);
        if (found.token.organization.id !== latestConnection.organization.id)
          throw otherOrganization(latestConnection, found.token);
        return Promise.resolve(activate(found, latestConnection, place));
      }),
    );
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

  async function rename(connectionId: string, label: string): Promise<readonly Connection[]> {
    return inTurn(async () => {
      const renamed = { ...saved.find(connectionId), label };
      await saved.replace(saved.list.map((one) => (one.id === connectionId ? renamed : one)));
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
  }

  async function remove(
    connectionId: string,
    { revokeToken } = { revokeToken: false },
  ): Promise<readonly Connection[]> {
    if (revokeToken) await endToken(saved.find(connectionId));
    return inTurn(async () => {
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
  async function endToken(connection: Connection): Promise<void> {
    const active = current.activeFor(connection.id);
    if (active) {
      await deleteMyToken(active.access.client, active.access.signal);
      return;
    }
    const key = { connectionId: connection.id, kind: 'access-token' } as const;
    await endKeptToken(connection, async () => (await secrets.find(key, connection.region)).secret, deps);
  }

  async function keepSecret(): Promise<SessionState> {
    return inTurn(async () => {
      const { connection } = current.active();
      // Only what the person wanted to be remembered: a page must not put the rest on this computer.
      if (current.state.kind !== 'signed-in' || !current.state.notKept) return current.state;
      const kept = await secrets.keepAgain(connection.id);
      const active = current.activeFor(connection.id);
      if (kept && active) {
        current.enter({ kind: 'signed-in', ...active, secretPlace: kept.place, notKept: kept.notKept });
      }
      return current.state;
    });
  }

  /** Signs out here, and forgets a token that was kept. A client secret stays: it is the way back in. */
  async function forgetToken(connection: Connection | null): Promise<SessionState> {
    begin();
    current.enter({ kind: 'signed-out' });
    if (connection?.method === 'access-token' || connection?.method === 'pkce') {
      await inTurn(() => secrets.forget(connection.id));
    }
    return current.state;
  }

  async function revokeCurrent(): Promise<SessionState> {
    const mine = current.active();
    await deleteMyToken(mine.access.client, mine.access.signal);
    // Somebody signed in as another meanwhile: that session is theirs.
    if (current.phase.kind === 'signed-in' && !current.activeWith(mine.access)) return current.state;
    return forgetToken(mine.connection);
  }

  return {
    state: () => current.state,
    connections: () => saved.list,
    onChange: (listener) => current.onChange(listener),
    onConnectionsChange: (listener) => saved.onChange(listener),
    onUse: (listener) => uses.add(listener),
    signIn,
    switchTo,
    rename,
    remove,
    keepSecret,
    cancelSignIn: () => {
      latest.abort(new AppFailure({ code: 'cancelled', message: 'Signing in was cancelled.' }));
    },
    signOut: () => forgetToken(current.phase.kind === 'signed-out' ? null : current.phase.connection),
    revokeCurrent,
    ...createOwnToken(current, deps.clock),
    client: () => current.active().access.client,
    usesToken: (token) => current.phase.kind === 'signed-in' && current.phase.access.uses(token),
    api: () => (current.phase.kind === 'signed-in' ? current.phase.revocation : null),
    rate: () =>
      current.phase.kind === 'signed-in'
        ? rateOf(current.phase.access.pacer, current.phase.limit.source, deps.clock)
        : null,
    applyRateShare: () => {
      if (current.phase.kind !== 'signed-in') return;
      current.phase.access.pacer.setLimit(current.phase.limit.perMinute, deps.rateShare());
    },
  };
}
