import type { Connection } from '../../shared/connection.ts';
import { failure } from '../failure.ts';
import type { ConnectionsFile } from './connections-file.ts';
import { createListeners } from './listeners.ts';

/** The connections, in the file and for those who watch it. */
export interface SavedConnections {
  readonly list: readonly Connection[];
  /** @throws AppFailure `no-such-item` */
  find(connectionId: string): Connection;
  /** Rejects when the file cannot be written; the list is then what it was. */
  replace(next: readonly Connection[]): Promise<void>;
  /** @returns a function that ends it. */
  onChange(listener: (connections: readonly Connection[]) => void): () => void;
}

/** @param file the connections as they are on the disk: there is no second copy of them. */
export function createSavedConnections(file: ConnectionsFile): SavedConnections {
  const listeners = createListeners<readonly Connection[]>();
  return {
    get list() {
      return file.value.connections;
    },
    find: (connectionId) => {
      const connection = file.value.connections.find(({ id }) => id === connectionId);
      if (connection) return connection;
      throw failure('no-such-item', 'This connection does not exist.');
    },
    replace: async (next) => {
      await file.replace({ version: 1, connections: [...next] });
      listeners.tell(file.value.connections);
    },
    onChange: (listener) => listeners.add(listener),
  };
}
