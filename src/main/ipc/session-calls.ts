import { systemClock } from '../clock.ts';
import { readTimeout, saveTimeout } from '../genesys/timeout.ts';
import type { Session } from '../session/session.ts';
import type { Handlers } from './router.ts';

type SessionCalls = Pick<
  Handlers,
  Extract<keyof Handlers, `connections.${string}` | `token.${string}` | `timeout.${string}`>
>;

/** Longest that reading or saving the idle timeout may take, retries included, ms. */
const TIMEOUT_CALL_LIMIT_MS = 120_000;

export function sessionCalls(session: Session): SessionCalls {
  const limit = (): AbortSignal => AbortSignal.timeout(TIMEOUT_CALL_LIMIT_MS);
  return {
    'connections.signIn': (request) => session.signIn(request),
    'connections.switchTo': ({ connectionId }) => session.switchTo(connectionId),
    'connections.rename': ({ connectionId, label }) => session.rename(connectionId, label),
    'connections.remove': ({ connectionId }) => session.remove(connectionId),
    'connections.signOut': () => session.signOut(),

    'token.refresh': () => session.refresh(),
    'token.verify': () => session.verify(),
    'token.revoke': () => session.revokeCurrent(),

    'timeout.read': () => readTimeout(session.client(), systemClock, limit()),
    'timeout.save': (save) => saveTimeout(session.client(), systemClock, save, limit()),
  };
}
