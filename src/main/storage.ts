import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openLog } from './app/log.ts';
import { createRunsFolder } from './app/runs-folder.ts';
import { openSettings } from './app/settings.ts';
import { PRIVATE_FOLDER } from './files/replace-file.ts';
import type { Platform } from './platform.ts';
import { createProtectedUsers } from './protected-users/store.ts';
import { createKeychain } from './secrets/keychain.ts';
import { createMemoryStore } from './secrets/memory.ts';
import { openConnectionsFile } from './session/connections-file.ts';
import { createKeptRecords } from './triage/kept-records.ts';
import { createTimeoutHistory } from './timeout-history/history.ts';

/**
 * Opens everything that the app keeps on this computer. A file that cannot be read is put aside, and `notices` says so.
 * @param folder the user-data folder; made for this person alone where there is none
 */
export async function openStorage(folder: string, { now, newId }: Pick<Platform, 'now' | 'newId'>) {
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER });
  const paths = {
    settings: join(folder, 'settings.json'),
    connections: join(folder, 'connections.json'),
    log: join(folder, 'logs'),
    'timeout-history': join(folder, 'timeout-history'),
    'protected-users': join(folder, 'protected-users'),
  };
  const settings = await openSettings(paths.settings, now);
  const connections = await openConnectionsFile(paths.connections, now);
  const timeoutHistory = createTimeoutHistory({ folder: paths['timeout-history'], now, newId });
  const protectedUsers = createProtectedUsers(paths['protected-users'], now);
  const runsFolder = createRunsFolder({
    defaultPath: join(folder, 'runs'),
    chosen: () => settings.all.runsFolder,
    choose: (path) => settings.update({ runsFolder: path }),
  });
  return {
    folder,
    paths,
    settings,
    connectionsFile: connections.file,
    notices: [settings.notice, connections.notice].filter((notice) => notice !== null),
    /** Where the records of runs are. */
    runsFolder,
    /** And beside them those of leaked tokens. */
    tokenRecords: createKeptRecords(runsFolder.path),
    log: openLog(paths.log, settings.all.logLevel),
    timeoutHistory,
    protectedUsers,
    keychain: createKeychain(),
    memory: createMemoryStore(),
    /** Deletes what else is kept of a connection that was removed. */
    forgetConnection: async (connectionId: string): Promise<void> => {
      await timeoutHistory.forget(connectionId);
      await protectedUsers.forget(connectionId);
    },
  };
}

export type Storage = Awaited<ReturnType<typeof openStorage>>;
