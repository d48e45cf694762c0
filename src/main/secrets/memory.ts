import type { Secret } from './secret.ts';
import type { SecretKey, SecretStore } from './store.ts';

const nameOf = ({ connectionId, kind }: SecretKey): string => `${connectionId}/${kind}`;

/** Keeps secrets until the program ends: for "this session only", and where there is no keychain. */
export function createMemoryStore(): SecretStore {
  const secrets = new Map<string, Secret>();
  return {
    get(key) {
      const secret = secrets.get(nameOf(key));
      return Promise.resolve(secret ? { kind: 'found', secret } : { kind: 'absent' });
    },
    set(key, secret) {
      secrets.set(nameOf(key), secret);
      return Promise.resolve({ kind: 'stored' });
    },
    delete(key) {
      return Promise.resolve({ kind: secrets.delete(nameOf(key)) ? 'deleted' : 'absent' });
    },
    state: () => Promise.resolve({ kind: 'ready' }),
  };
}
