import type { Connection } from '../../../shared/connection.ts';
import type { ProtectedEntry } from '../../../shared/plan.ts';
import type { ConsentDialog } from '../consent.ts';
import { counted, named, number, whereLine } from './where.ts';

const MOST_NAMES = 5;

const few = (names: readonly string[]): string =>
  names
    .slice(0, MOST_NAMES)
    .map((name) => named(name, 60))
    .join(', ') + (names.length > MOST_NAMES ? ` and ${number(names.length - MOST_NAMES)} more` : '');

/** Before everything is removed: exactly what goes, and what stays. */
export function removalDialog(options: {
  readonly connections: readonly Connection[];
  readonly revokeTokens: boolean;
  readonly runs: number;
  readonly removeRuns: boolean;
  readonly runsFolder: string;
}): ConsentDialog {
  const { connections, revokeTokens, runs, removeRuns, runsFolder } = options;
  const labels = connections.map(({ label }) => label);
  const folder = named(runsFolder, 200);
  return {
    message: 'Remove everything that Tokendesk keeps on this computer?',
    detail: [
      connections.length === 0
        ? 'There is no connection.'
        : `${counted(connections.length, 'connection')} with their secrets in the keychain: ${few(labels)}.`,
      'Protected users, history of idle timeouts, log and settings.',
      ...(revokeTokens ? ['The tokens of these connections are revoked at Genesys Cloud first.'] : []),
      ...(runs === 0
        ? []
        : [
            removeRuns
              ? `${counted(runs, 'record')} of runs and leaked tokens in ${folder}: the only evidence of whose tokens were revoked.`
              : `Kept: ${counted(runs, 'record')} of runs and leaked tokens in ${folder}.`,
          ]),
      'This cannot be undone.',
    ],
    button: 'Remove everything',
  };
}

/** Before the program is ended by a call. */
export const restartDialog = (running: boolean): ConsentDialog => ({
  message: 'Start Tokendesk again?',
  detail: [
    running
      ? 'A revocation is running. It stops after the users in flight, and can be resumed afterwards.'
      : 'The window closes and opens again.',
  ],
  button: 'Start again',
});

/** Before the app shows the runs of its own folder instead of those of a chosen one. */
export const ownFolderDialog = (from: string, to: string): ConsentDialog => ({
  message: 'Keep runs in the app’s own folder from now on?',
  detail: [
    `The runs in ${named(from, 200)} stay there, and are no longer shown.`,
    `New runs are kept in ${named(to, 200)}.`,
  ],
  button: 'Use the app’s own folder',
});

const entryName = (entry: ProtectedEntry): string => {
  switch (entry.kind) {
    case 'email':
      return entry.email;
    case 'user':
      return entry.label === '' ? `user ${entry.id}` : `user ${entry.label} (${entry.id})`;
    case 'group':
      return `group ${entry.label}`;
    case 'role':
      return `role ${entry.label}`;
  }
};

/** Before entries leave the list of users whom no run touches. */
export const unprotectDialog = (connection: Connection, gone: readonly ProtectedEntry[]): ConsentDialog => ({
  message: `No longer protect ${counted(gone.length, 'entry').replace('entrys', 'entries')} from being revoked?`,
  detail: [
    whereLine(connection),
    ...gone.slice(0, MOST_NAMES).map((entry) => `• ${named(entryName(entry), 150)}`),
    ...(gone.length > MOST_NAMES ? [`• and ${number(gone.length - MOST_NAMES)} more`] : []),
    'Runs of this connection can revoke them from then on.',
  ],
  button: 'No longer protect',
});

/** Before a list that cannot be read is set aside. */
export const emptyListDialog = (connection: Connection): ConsentDialog => ({
  message: 'Begin an empty list of protected users?',
  detail: [
    whereLine(connection),
    'The list there is cannot be read. It is kept beside the new one under another name, and protects nobody any more.',
  ],
  button: 'Begin an empty list',
});
