import type { DataKind, RemovalResult, RunsFolderChange } from '../../../shared/data.ts';
import { counted } from './format.ts';

/** What each kind of data is called, what it holds, and where it is when that is no path. */
export const DATA_LABELS: Readonly<Record<DataKind, { name: string; holds: string; where: string }>> = {
  secrets: {
    name: 'Secrets',
    holds: 'Access tokens and client secrets that you chose to keep.',
    where: 'The computer’s keychain under “Tokendesk”. Never in a file.',
  },
  connections: { name: 'Connections', holds: 'Names, regions and client ids; no secret.', where: '' },
  settings: { name: 'Settings', holds: 'What you chose here, and the place of the window.', where: '' },
  'protected-users': { name: 'Protected users', holds: 'A list for each connection.', where: '' },
  'timeout-history': {
    name: 'Idle timeouts',
    holds: 'Each value that the app has read or saved, to go back to.',
    where: '',
  },
  log: { name: 'Log', holds: 'What the app did, at most 2 MB. No secret.', where: '' },
  runs: { name: 'Runs', holds: 'Whose tokens were revoked, when and by whom: evidence.', where: '' },
  cache: {
    name: 'Cache',
    holds: 'Answers that need not be fetched twice.',
    where: 'Managed by Electron in its own folder.',
  },
};

/** What a change of the folder of runs means for the runs that are there already. */
export function folderChangeSentence({ folder, former }: RunsFolderChange): string {
  if (folder.path === former.path) return 'That is the folder already in use.';
  if (former.runs === 0) return 'New runs are kept there.';
  const stay = `${counted(former.runs, 'run')} ${former.runs === 1 ? 'stays' : 'stay'} in ${former.path}; choose that folder again to see ${former.runs === 1 ? 'it' : 'them'}.`;
  const resume =
    former.resumable === 0
      ? ''
      : ` ${counted(former.resumable, 'interrupted run')} can be resumed only from there.`;
  return `New runs are kept in the new folder. ${stay}${resume}`;
}

/** How removing everything ended, in one sentence. */
export const removalTitle = ({ left }: RemovalResult): string =>
  left.length === 0 ? 'Everything is removed' : `${counted(left.length, 'thing')} could not be removed`;
