import type { SecretPlace } from '../../shared/connection.ts';
import type { AppError, ErrorCode } from '../../shared/result.ts';
import { AppFailure } from '../failure.ts';
import { isSendable, type Secret } from '../secrets/secret.ts';
import {
  SECRET_KINDS,
  type SecretKey,
  type SecretSetResult,
  type SecretStore,
  type SecretsUnavailable,
} from '../secrets/store.ts';

export interface Kept {
  readonly place: Exclude<SecretPlace, 'none'>;
  /** Why a secret that was to be remembered is in memory only; `keychain-…`. */
  readonly notKept: AppError | null;
}

interface SecretKeeper {
  /** In the keychain when it is to be remembered and that works, otherwise in memory for this session. */
  keep(key: SecretKey, secret: Secret, remember: boolean): Promise<Kept>;
  /** Tries again to move to the keychain what is in memory. Null when there is nothing to move. */
  keepAgain(connectionId: string): Promise<Kept | null>;
  /** @throws AppFailure `signed-out` when it is gone, `keychain-…` when it cannot be read. */
  find(key: SecretKey): Promise<{ readonly secret: Secret; readonly place: Exclude<SecretPlace, 'none'> }>;
  /** Deletes everything kept for a connection. @throws AppFailure `keychain-…` when something may be left. */
  forget(connectionId: string): Promise<void>;
}

/** Two places for secrets behind one door. */
export function createSecretKeeper(keychain: SecretStore, memory: SecretStore): SecretKeeper {
  async function keep(key: SecretKey, secret: Secret, remember: boolean): Promise<Kept> {
    const result = remember ? await keychain.set(key, secret) : null;
    if (result?.kind === 'stored') {
      await memory.delete(key);
      return { place: 'keychain', notKept: null };
    }
    await memory.set(key, secret);
    return { place: 'memory', notKept: result && whyNotKept(result) };
  }

  return {
    keep,

    async keepAgain(connectionId) {
      for (const kind of SECRET_KINDS) {
        const inMemory = await memory.get({ connectionId, kind });
        if (inMemory.kind === 'found') return keep({ connectionId, kind }, inMemory.secret, true);
      }
      return null;
    },

    async find(key) {
      const inMemory = await memory.get(key);
      if (inMemory.kind === 'found') return { secret: inMemory.secret, place: 'memory' };
      const kept = await keychain.get(key);
      if (kept.kind === 'found' && !isSendable(kept.secret))
        throw new AppFailure({
          code: 'keychain-damaged',
          message: 'What the keychain holds for this connection is no secret of Genesys Cloud.',
        });
      if (kept.kind === 'found') return { secret: kept.secret, place: 'keychain' };
      if (kept.kind === 'unavailable') throw keychainFailure(kept);
      throw new AppFailure({
        code: 'signed-out',
        message: 'The secret of this connection is no longer kept. Sign in again.',
      });
    },

    async forget(connectionId) {
      for (const kind of SECRET_KINDS) await memory.delete({ connectionId, kind });
      await forgetKept(keychain, connectionId);
    },
  };
}

/** Deletes the keychain's items of a connection. @throws AppFailure `keychain-…` when something may be left. */
export async function forgetKept(keychain: SecretStore, connectionId: string): Promise<void> {
  for (const kind of SECRET_KINDS) {
    const result = await keychain.delete({ connectionId, kind });
    // Without keytar nothing can be there that this program could reach.
    if (result.kind === 'unavailable' && result.reason !== 'missing') throw keychainFailure(result);
  }
}

const CODES = {
  missing: 'keychain-missing',
  'no-bus': 'keychain-no-bus',
  'no-service': 'keychain-no-service',
  unreachable: 'keychain-unreachable',
  locked: 'keychain-locked',
  dismissed: 'keychain-dismissed',
  'timed-out': 'keychain-timed-out',
  damaged: 'keychain-damaged',
} as const satisfies Record<SecretsUnavailable['reason'], ErrorCode>;

const keychainFailure = ({ reason, message }: SecretsUnavailable): AppFailure =>
  new AppFailure({ code: CODES[reason], message });

function whyNotKept(result: Exclude<SecretSetResult, { kind: 'stored' }>): AppError {
  switch (result.kind) {
    case 'unavailable':
      return keychainFailure(result).error;
    case 'too-large':
      return {
        code: 'keychain-too-large',
        message: `It has ${result.bytes} bytes; this keychain holds ${result.limitBytes}.`,
      };
    case 'unstorable':
      return { code: 'keychain-too-large', message: result.message };
  }
}
