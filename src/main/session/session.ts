import { isDeepStrictEqual } from 'node:util';
import type {
  Connection,
  SessionState,
  SignInRequest,
  TokenDetails,
  VerifyResult,
} from '../../shared/connection.ts';
import { AppFailure } from '../failure.ts';
import type { ApiClient } from '../genesys/http.ts';
import { deleteMyToken, verifyToken } from '../genesys/tokens.ts';
import type { RevocationSession } from '../revocation/ports.ts';
import type { Secret } from '../secrets/secret.ts';
import type { SecretStore } from '../secrets/store.ts';
import type { Access } from './access.ts';
import type { ConnectionsFile } from './connections-file.ts';
import { endKeptToken } from './end-token.ts';
import { examine, revocationSessionOf, type Examined, type ExamineDeps, type Found } from './examine.ts';
import { createSecretKeeper, type Kept } from './keep-secret.ts';
import { toState, type Active, type Phase } from './phase.ts';
import { readTokenDetails, type KnownToken } from './token-details.ts';
import { wayBackOf, wayInOf, type WayIn, type WayInDeps } from './ways-in.ts';

export interface SessionDeps extends WayInDeps, ExamineDeps {
  readonly newId: () => string;
  readonly keychain: SecretStore;
  readonly memory: SecretStore;
  readonly connectionsFile: ConnectionsFile;
}

/**
 * Who is signed in, and the connections. Of several changes at once the last one wins; the others fail with
 * `cancelled` and leave nothing behind.
 */
export interface Session {
  state(): SessionState;
  connections(): readonly Connection[];
  /** Called after each change of the state. @returns a function that ends it. */
  onChange(listener: (state: SessionState) => void): () => void;
  onConnectionsChange(listener: (connections: readonly Connection[]) => void): () => void;
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
  /** Asks the API about the token anew, without keeping it alive. @throws AppFailure */
  refresh(): Promise<TokenDetails>;
  /** @throws AppFailure when the answer says nothing about the token */
  verify(): Promise<VerifyResult>;
  /** For reading and saving the idle timeout. @throws AppFailure `signed-out` */
  client(): ApiClient;
  /** Whether that is the token in use now. */
  usesToken(token: Secret): boolean;
  /** For plans and runs; null when nobody is signed in. A new object after each signing in. */
  api(): RevocationSession | null;
  /** The setting has changed. */
  applyRateShare(): void;
}

/** Where a connection's secret is. */
type Place = Kept | { readonly place: 'none'; readonly notKept: null };
const NO_SECRET: Place = { place: 'none', notKept: null };

/** The demo organisation is one and the same, so that its runs find it again. */
const DEMO_CONNECTION_ID = 'demo';

export function createSession(deps: SessionDeps): Session {
  const { clock, connectionsFile } = deps;
  const secrets = createSecretKeeper(deps.keychain, deps.memory);
  const stateListeners = new Set<(state: SessionState) => void>();
  const connectionListeners = new Set<(connections: readonly Connection[]) => void>();
  let phase: Phase = { kind: 'signed-out' };
  /** Of the newest change; aborting it is how a newer one wins. */
  let latest = new AbortController();
  /** Everything that writes secrets or the file goes one after the other. */
  let writing: Promise<unknown> = Promise.resolve();

  const connections = (): readonly Connection[] => connectionsFile.value.connections;

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

  function enter(next: Phase): void {
    if (phase.kind === 'signed-in' && (next.kind !== 'signed-in' || next.access !== phase.access)) {
      phase.access.end();
    }
    phase = next;
    for (const listener of stateListeners) listener(toState(phase));
  }

  async function saveConnections(next: readonly Connection[]): Promise<void> {
    await connectionsFile.replace({ version: 1, connections: [...next] });
    for (const listener of connectionListeners) listener(connections());
  }

  /** What its access reports counts only while that access is the session's own. */
  function find(way: WayIn, signal: AbortSignal): Promise<Examined> {
    return examine(way, signal, deps, {
      onExpired: (access) => {
        if (phase.kind === 'signed-in' && phase.access === access) {
          enter({ kind: 'expired', connection: phase.connection });
        }
      },
      onRenewed: (access, expiresAt) => {
        if (phase.kind === 'signed-in' && phase.access === access) {
          enter({ ...phase, token: { ...phase.token, expiresAt } });
        }
      },
    });
  }

  function activate(
    { access, token, limitPerMinute }: Found,
    connection: Connection,
    { place: secretPlace, notKept }: Place,
  ): SessionState {
    const found = { access, token, limitPerMinute };
    const revocation = revocationSessionOf(found, connection);
    enter({ kind: 'signed-in', ...found, connection, secretPlace, notKept, revocation });
    return toState(phase);
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
    const existing = connections().find((one) => isSameWay(one, way, found.token));
    const connection: Connection = {
      id: existing?.id ?? (way.method === 'demo' ? DEMO_CONNECTION_ID : deps.newId()),
      label: labelOf(request, found.token),
      method: way.method,
      region: way.region,
      clientId: way.clientId,
      organization: found.token.organization,
      createdAt: existing?.createdAt ?? new Date(clock.now()).toISOString(),
      // The API tells it once, when the token is issued; the others are renewed or were never told.
      ...(way.method === 'pkce' && found.token.expiresAt && { tokenExpiresAt: found.token.expiresAt }),
    };
    const undo = async (): Promise<void> => {
      if (!existing) await secrets.forget(connection.id).catch(() => undefined);
    };
    const remember = request.method !== 'demo' && request.remember;
    const place = secret
      ? await secrets.keep({ connectionId: connection.id, kind: secret.kind }, secret.value, remember)
      : NO_SECRET;
    try {
      signal.throwIfAborted();
      const before = connections();
      const next = existing
        ? before.map((one) => (one.id === existing.id ? connection : one))
        : [...before, connection];
      await saveConnections(next);
      if (signal.aborted) {
        await saveConnections(before);
        signal.throwIfAborted();
      }
    } catch (error) {
      await undo();
      throw error;
    }
    return activate(found, connection, place);
  }

  async function switchTo(connectionId: string): Promise<SessionState> {
    const connection = connectionOf(connectionId);
    const signal = begin();
    let place: Place = NO_SECRET;
    const way = await wayBackOf(
      connection,
      async (kind) => {
        const kept = await secrets.find({ connectionId, kind });
        place = { place: kept.place, notKept: null };
        return kept.secret;
      },
      deps,
    );
    const found = await find(way, signal);
    return keepOrEnd(found, () =>
      inTurn(() => {
        signal.throwIfAborted();
        const current = connectionOf(connectionId);
        if (found.token.organization.id !== current.organization.id)
          throw otherOrganization(current, found.token);
        return Promise.resolve(activate(found, current, place));
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
      const renamed = { ...connectionOf(connectionId), label };
      await saveConnections(connections().map((one) => (one.id === connectionId ? renamed : one)));
      if (phase.kind === 'expired' && phase.connection.id === connectionId)
        enter({ ...phase, connection: renamed });
      if (phase.kind === 'signed-in' && phase.connection.id === connectionId) {
        const revocation = { ...phase.revocation, connection: renamed };
        enter({ ...phase, connection: renamed, revocation });
      }
      return connections();
    });
  }

  async function remove(
    connectionId: string,
    { revokeToken } = { revokeToken: false },
  ): Promise<readonly Connection[]> {
    if (revokeToken) await endToken(connectionOf(connectionId));
    return inTurn(async () => {
      connectionOf(connectionId);
      await secrets.forget(connectionId);
      await saveConnections(connections().filter(({ id }) => id !== connectionId));
      if (phase.kind !== 'signed-out' && phase.connection.id === connectionId) enter({ kind: 'signed-out' });
      return connections();
    });
  }

  /** Ends the token of a connection: the one in use, or the one that is kept. */
  async function endToken(connection: Connection): Promise<void> {
    if (phase.kind === 'signed-in' && phase.connection.id === connection.id) {
      await deleteMyToken(phase.access.client, phase.access.signal);
      return;
    }
    const key = { connectionId: connection.id, kind: 'access-token' } as const;
    await endKeptToken(connection, async () => (await secrets.find(key)).secret, deps);
  }

  async function keepSecret(): Promise<SessionState> {
    return inTurn(async () => {
      const { connection } = active();
      const kept = await secrets.keepAgain(connection.id);
      if (kept && phase.kind === 'signed-in' && phase.connection.id === connection.id) {
        enter({ ...phase, secretPlace: kept.place, notKept: kept.notKept });
      }
      return toState(phase);
    });
  }

  /** Signs out here, and forgets a token that was kept. A client secret stays: it is the way back in. */
  async function forgetToken(connection: Connection | null): Promise<SessionState> {
    begin();
    enter({ kind: 'signed-out' });
    if (connection?.method === 'access-token' || connection?.method === 'pkce') {
      await inTurn(() => secrets.forget(connection.id));
    }
    return toState(phase);
  }

  async function revokeCurrent(): Promise<SessionState> {
    const mine = active();
    await deleteMyToken(mine.access.client, mine.access.signal);
    // Somebody signed in as another meanwhile: that session is theirs.
    if (phase.kind === 'signed-in' && phase.access !== mine.access) return toState(phase);
    return forgetToken(mine.connection);
  }

  async function refresh(): Promise<TokenDetails> {
    const { access, connection } = active();
    const token = await readTokenDetails(access.client, clock, access.expiresAt, access.signal);
    // A token that acts elsewhere all of a sudden must not go on: what was planned was meant for the org before.
    if (token.organization.id !== connection.organization.id) {
      if (phase.kind === 'signed-in' && phase.access === access) enter({ kind: 'expired', connection });
      throw otherOrganization(connection, token);
    }
    if (phase.kind === 'signed-in' && phase.access === access) enter({ ...phase, token });
    return token;
  }

  function active(): Active {
    if (phase.kind === 'signed-in') return phase;
    throw new AppFailure({ code: 'signed-out', message: 'Nobody is signed in.' });
  }

  function connectionOf(connectionId: string): Connection {
    const connection = connections().find(({ id }) => id === connectionId);
    if (connection) return connection;
    throw new AppFailure({ code: 'no-such-item', message: 'This connection does not exist.' });
  }

  return {
    state: () => toState(phase),
    connections,
    onChange: (listener) => listen(stateListeners, listener),
    onConnectionsChange: (listener) => listen(connectionListeners, listener),
    signIn,
    switchTo,
    rename,
    remove,
    keepSecret,
    cancelSignIn: () => {
      latest.abort(new AppFailure({ code: 'cancelled', message: 'Signing in was cancelled.' }));
    },
    signOut: () => forgetToken(phase.kind === 'signed-out' ? null : phase.connection),
    revokeCurrent,
    refresh,
    verify: () => {
      const { client, signal } = active().access;
      return verifyToken(client, clock, signal);
    },
    client: () => active().access.client,
    usesToken: (token) => phase.kind === 'signed-in' && phase.access.uses(token),
    api: () => (phase.kind === 'signed-in' ? phase.revocation : null),
    applyRateShare: () => {
      if (phase.kind === 'signed-in') phase.access.pacer.setLimit(phase.limitPerMinute, deps.rateShare());
    },
  };
}

/** Signing in the same way to the same org again is the same connection, so that its runs can go on. */
const isSameWay = (one: Connection, way: WayIn, token: KnownToken): boolean =>
  one.method === way.method &&
  one.clientId === way.clientId &&
  isDeepStrictEqual(one.region, way.region) &&
  (one.method === 'demo' || one.organization.id === token.organization.id);

const labelOf = (request: SignInRequest, token: KnownToken): string =>
  (request.method === 'demo' ? '' : request.label.trim()) || token.organization.name;

/** A token or client that the API refuses at once was never signed in: it is the wrong one. */
function refusedAtSignIn(error: unknown): unknown {
  if (!(error instanceof AppFailure) || error.error.code !== 'signed-out') return error;
  return new AppFailure({ ...error.error, code: 'wrong-credentials' });
}

const otherOrganization = (connection: Connection, token: KnownToken): AppFailure =>
  new AppFailure({
    code: 'other-organization',
    message: `This connection was made for ${connection.organization.name}, and now leads to ${token.organization.name}.`,
  });

function listen<T>(listeners: Set<(value: T) => void>, listener: (value: T) => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
