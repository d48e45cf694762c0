import type { Connection, SessionState, SignInRequest } from '../../shared/connection.ts';
import type { LoginPages } from '../app/browser.ts';
import type { Handlers } from '../consent/calls.ts';
import { ask, done, type Asked } from '../consent/consent.ts';
import {
  anotherPageDialog,
  customHostDialog,
  removeConnectionDialog,
  revokeOwnTokenDialog,
  signOutDialog,
} from '../consent/dialogs/connections.ts';
import { AppFailure, failure, notSignedIn } from '../failure.ts';
import { ownHostsOf } from '../genesys/hosts.ts';
import type { Session } from '../session/session.ts';

type SessionCalls = Pick<Handlers, Extract<keyof Handlers, `connections.${string}` | `token.${string}`>>;

interface SessionCallDeps {
  readonly session: Session;
  readonly loginPages: LoginPages;
  readonly writeClipboard: (text: string) => Promise<void>;
  /** A test has put local hosts in the place of every region. */
  readonly localAllowed: boolean;
  /** Deletes what else is kept of a connection that was removed. */
  readonly forget: (connectionId: string) => Promise<void>;
}

// Long: a list of handlers, one a call.
/** The calls about connections and the token in use. */
export function sessionCalls(deps: SessionCallDeps): SessionCalls {
  const { session, loginPages, writeClipboard, localAllowed, forget } = deps;
  const find = (connectionId: string): Connection => {
    const found = session.connections().find(({ id }) => id === connectionId);
    if (found) return found;
    throw failure('no-such-item', 'This connection does not exist.');
  };

  /** The page of a sign-in that was answered, or refused there, is no longer waited for. */
  const signIn = async (request: SignInRequest): Promise<SessionState> => {
    if (request.method !== 'pkce') return session.signIn(request);
    try {
      const state = await session.signIn(request);
      loginPages.forget();
      return state;
    } catch (error) {
      const stillOpen =
        error instanceof AppFailure && ['cancelled', 'sign-in-timed-out'].includes(error.error.code);
      if (!stillOpen) loginPages.forget();
      throw error;
    }
  };

  /** What was waited for is given up: it is the person who wants another. */
  const signInAnew = (request: SignInRequest): Promise<SessionState> => {
    loginPages.forget();
    return signIn(request);
  };

  const signInAsked = (request: SignInRequest): Asked<SessionState> | Promise<Asked<SessionState>> => {
    if (request.method === 'demo') return signIn(request).then(done);
    const hosts = request.region.kind === 'demo' ? null : ownHostsOf(request.region, localAllowed);
    if (hosts && request.region.kind === 'custom') {
      const active = session.api();
      return ask({
        dialog: customHostDialog(request, hosts),
        holds: () => session.api() === active,
        act: () => signInAnew(request),
      });
    }
    const page = request.method === 'pkce' ? loginPages.waiting() : null;
    if (hosts && page !== null) {
      return ask({
        dialog: anotherPageDialog(page, new URL(hosts.loginBase).host),
        holds: () => loginPages.waiting() === page || loginPages.waiting() === null,
        act: () => signInAnew(request),
      });
    }
    return signIn(request).then(done);
  };

  return {
    'connections.signIn': signInAsked,
    'connections.switchTo': ({ connectionId }) => session.switchTo(connectionId),
    'connections.rename': ({ connectionId, label }) => session.rename(connectionId, label),
    'connections.cancelSignIn': () => {
      session.cancelSignIn();
      return null;
    },
    'connections.loginPage': async ({ to }) => {
      if (to === 'browser') await loginPages.openAgain();
      else await writeClipboard(loginPages.address());
      return null;
    },
    'connections.keepSecret': () => session.keepSecret(),
    'connections.remove': ({ connectionId, revokeToken }) => {
      const connection = find(connectionId);
      return ask({
        dialog: removeConnectionDialog(connection, revokeToken),
        holds: () => find(connectionId) === connection,
        act: async () => {
          const left = await session.remove(connectionId, { revokeToken });
          await forget(connectionId);
          return left;
        },
      });
    },
    'connections.signOut': async () => {
      const state = session.state();
      const losesToken =
        state.kind === 'signed-in' &&
        state.secretPlace === 'keychain' &&
        state.connection.method !== 'client-credentials';
      if (!losesToken) return done(await session.signOut());
      const { connection } = state;
      const active = session.api();
      return ask({
        dialog: signOutDialog(connection),
        holds: () => session.api() === active,
        act: () => session.signOut(),
      });
    },

    'token.refresh': ({ whole }) => session.refresh(whole),
    'token.verify': () => session.verify(),
    'token.revoke': () => {
      const active = session.api();
      if (!active) throw notSignedIn();
      return ask({
        dialog: revokeOwnTokenDialog(active.connection, active.operator.name),
        holds: () => session.api() === active,
        act: () => session.revokeCurrent(),
      });
    },
  };
}
