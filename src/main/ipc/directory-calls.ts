import type { Connection } from '../../shared/connection.ts';
import { failure } from '../failure.ts';
import { countUsers, findEntries } from '../genesys/directory-entries.ts';
import type { ProtectedUsers } from '../protected-users/store.ts';
import type { Revocation } from '../revocation/index.ts';
import type { Session } from '../session/session.ts';
import type { Handlers } from './router.ts';

interface DirectoryCallDeps {
  readonly session: Pick<Session, 'client' | 'connections'>;
  readonly protectedUsers: ProtectedUsers;
  readonly revocation: Pick<Revocation, 'checkProtected'>;
}

type DirectoryCalls = Pick<Handlers, Extract<keyof Handlers, `directory.${string}` | `protected.${string}`>>;

/** Longest that a look-up for a form may take, retries included, ms. */
const CALL_LIMIT_MS = 60_000;

/** Looking up what users are chosen by, and whom no run touches. */
export function directoryCalls({ session, protectedUsers, revocation }: DirectoryCallDeps): DirectoryCalls {
  const limit = (): AbortSignal => AbortSignal.timeout(CALL_LIMIT_MS);
  const known = (connectionId: string): Connection['id'] => {
    const connection = session.connections().find(({ id }) => id === connectionId);
    if (!connection) throw failure('no-such-item', 'There is no such connection.');
    return connection.id;
  };
  return {
    'directory.find': ({ kind, text }) => findEntries(session.client(), kind, text, limit()),
    'directory.counts': () => countUsers(session.client(), limit()),

    'protected.list': ({ connectionId }) => protectedUsers.list(known(connectionId)),
    'protected.save': ({ connectionId, entries }) => protectedUsers.save(known(connectionId), entries),
    'protected.startOver': ({ connectionId }) => protectedUsers.startOver(known(connectionId)),
    'protected.check': () => revocation.checkProtected(),
  };
}
