import type { SecretPlace } from '../../shared/connection.ts';
import type { ErrorCode } from '../../shared/result.ts';
import { AppFailure } from '../failure.ts';
import type { Secret } from '../secrets/secret.ts';
import { SECRET_KINDS, type SecretKey, type SecretStore, type SecretsUnavailable } from '../secrets/store.ts';

interface SecretKeeper {
  /** In the keychain when it is to be remembered and that works, otherwise in memory for this session. */
  keep(key: SecretKey, secret: Secret, remember: boolean): Promise<Exclude<SecretPlace, 'none'>>;
  /** @throws AppFailure `signed-out` when it is gone, `keychain-…` when it cannot be read. */
  find(key: SecretKey): Promise<{ readonly secret: Secret; readonly place: Exclude<SecretPlace, 'none'> }>;
  /** Deletes everything kept for a connection. @throws AppFailure `keychain-…` when something may be left. */
  forget(connectionId: string): Promise<void>;
}

/** Two places for secrets behind one door. */
export function createSecretKeeper(keychain: SecretStore, memory: SecretStore): SecretKeeper {
  return {
    async keep(key, secret, remember) {
      if (remember && (await keychain.set(key, secret)).kind === 'stored') {
        await memory.delete(key);
        return 'keychain';
      }
      await memory.set(key, secret);
      return 'memory';
    },

    async find(key) {
      const inMemory = await memory.get(key);
      if (inMemory.kind === 'found') return { secret: inMemory.secret, place: 'memory' };
      const kept = await keychain.get(key);
      if (kept.kind === 'found') return { secret: kept.secret, place: 'keychain' };
      if (kept.kind === 'unavailable') throw keychainFailure(kept);
      throw new AppFailure({
        code: 'signed-out',
        message: 'The secret of this connection is no longer kept. Sign in again.',
      });
    },

    async forget(connectionId) {
      for (const kind of SECRET_KINDS) {
        await memory.delete({ connectionId, kind });
        const result = await keychain.delete({ connectionId, kind });
        // Without keytar nothing can be there that this program could reach.
        if (result.kind === 'unavailable' && result.reason !== 'missing') throw keychainFailure(result);
      }
    },
  };
}

const CODES = {
  missing: 'keychain-missing',
  unreachable: 'keychain-unreachable',
  locked: 'keychain-locked',
  'timed-out': 'keychain-timed-out',
  damaged: 'keychain-damaged',
} as const satisfies Record<SecretsUnavailable['reason'], ErrorCode>;

const keychainFailure = ({ reason, message }: SecretsUnavailable): AppFailure =>
  new AppFailure({ code: CODES[reason], message });
