import type { Connection } from '../../shared/connection.ts';
import type { Handlers } from '../consent/calls.ts';
import { ask, done } from '../consent/consent.ts';
import { emptyListDialog, unprotectDialog } from '../consent/dialogs/data.ts';
import { failure } from '../failure.ts';
import { countUsers, findEntries } from '../genesys/directory-entries.ts';
import { readDirectoryNames } from '../genesys/directory-names.ts';
import { findPeople } from '../genesys/people-search.ts';
import { createNewest } from './newest.ts';
import { missingFrom, type ProtectedUsers } from '../protected-users/store.ts';
import type { Revocation } from '../revocation/index.ts';
import type { Session } from '../session/session.ts';

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
  const find = (connectionId: string): Connection => {
    const connection = session.connections().find(({ id }) => id === connectionId);
    if (!connection) throw failure('no-such-item', 'There is no such connection.');
    return connection;
  };
  const typing = createNewest();
  // The one box asks for all three at once.
  const typed = { division: createNewest(), group: createNewest(), role: createNewest() };
  return {
    'directory.names': () => readDirectoryNames(session.client(), limit()),
    'directory.searchUsers': ({ text }) =>
      typing((signal) => findPeople(session.client(), text, signal), limit()),
    'directory.search': ({ kind, text }) =>
      typed[kind]((signal) => findEntries(session.client(), kind, text, signal), limit()),
    'directory.counts': () => countUsers(session.client(), limit()),

    'protected.list': ({ connectionId }) => protectedUsers.list(find(connectionId).id),
    'protected.save': async ({ connectionId, entries }) => {
      const connection = find(connectionId);
      const gone = missingFrom(entries, await protectedUsers.list(connectionId));
      if (gone.length === 0) return done(await protectedUsers.save(connectionId, entries, []));
      return ask({
        dialog: unprotectDialog(connection, gone),
        holds: () => find(connectionId) === connection,
        act: () => protectedUsers.save(connectionId, entries, gone),
      });
    },
    'protected.reset': ({ connectionId }) => {
      const connection = find(connectionId);
      return ask({
        dialog: emptyListDialog(connection),
        holds: () => find(connectionId) === connection,
        act: () => protectedUsers.reset(connectionId),
      });
    },
    'protected.check': () => revocation.checkProtected(),
  };
}
