import type { Session } from '../session/session.ts';
import type { Handlers } from './router.ts';

type SessionCalls = Pick<Handlers, Extract<keyof Handlers, `connections.${string}` | `token.${string}`>>;

/** @param forget deletes what else is kept of a connection that was removed. */
export function sessionCalls(
  session: Session,
  forget: (connectionId: string) => Promise<void>,
): SessionCalls {
  return {
    'connections.signIn': (request) => session.signIn(request),
    'connections.switchTo': ({ connectionId }) => session.switchTo(connectionId),
    'connections.rename': ({ connectionId, label }) => session.rename(connectionId, label),
    'connections.cancelSignIn': () => {
      session.cancelSignIn();
      return null;
    },
    'connections.keepSecret': () => session.keepSecret(),
    'connections.remove': async ({ connectionId, revokeToken }) => {
      const left = await session.remove(connectionId, { revokeToken });
      await forget(connectionId);
      return left;
    },
    'connections.signOut': () => session.signOut(),

    'token.refresh': ({ whole }) => session.refresh(whole),
    'token.verify': () => session.verify(),
    'token.revoke': () => session.revokeCurrent(),
  };
}
