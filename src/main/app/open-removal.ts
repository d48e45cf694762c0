import { session as windowSession } from 'electron';
import type { NetworkAccess } from './network-access.ts';
import type { SignIn } from './sign-in.ts';
import type { Revocation } from '../revocation/index.ts';
import { deleteCredential } from '../session/credential-store.ts';
import type { Storage } from '../storage.ts';
import { createRemoval, type Removal } from '../removal/removal.ts';

/** Everything that the app keeps, at one place to be rid of it. */
export function openRemoval(parts: {
  readonly storage: Storage;
  readonly signIn: Pick<SignIn, 'session'>;
  readonly revocation: Pick<Revocation, 'isBusy' | 'isInUseElsewhere'>;
  readonly network: Pick<NetworkAccess, 'proxy'>;
}): Removal {
  const { storage, revocation } = parts;
  const { session } = parts.signIn;
  const { proxy } = parts.network;
  const { settings, runsFolder } = storage;
  return createRemoval({
    paths: storage.paths,
    runsFolder: runsFolder.path,
    isRunning: () => revocation.isBusy(),
    isInUseElsewhere: (runId) => revocation.isInUseElsewhere(runId),
    connections: () => session.connections(),
    removeConnection: async (connectionId, revokeToken) => {
      await session.remove(connectionId, { revokeToken });
      await storage.forgetConnection(connectionId);
    },
    forgetSecrets: (connectionId) => deleteCredential(storage.keychain, connectionId),
    removeConnectionsFile: () => storage.connectionsFile.remove(),
    removeSettings: async () => {
      for (const name of settings.all.proxies) await proxy.forget(name);
      await settings.remove();
    },
    removeLog: () => storage.log.remove(),
    clearCache: async () => {
      await windowSession.defaultSession.clearCache();
      await windowSession.defaultSession.clearStorageData();
    },
  });
}
