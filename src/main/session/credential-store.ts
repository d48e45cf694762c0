import type { SecretPlace } from '../../shared/connection.ts';
import type { AppError } from '../../shared/result.ts';
import { type AppFailure, failure } from '../failure.ts';
import type { ConnectionRegion } from '../../shared/regions.ts';
import { ownHostsOf } from '../genesys/hosts.ts';
import { bindToHosts, readBound, type SecretHosts } from '../secrets/bound-secret.ts';
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

/** The two places for secrets, as one. */
export interface CredentialStore {
  /** In the keychain when it is to be remembered and that works, otherwise in memory for this session. */
  keep(key: SecretKey, secret: Secret, hosts: SecretHosts, remember: boolean): Promise<Kept>;
  /** Tries again to move to the keychain what is in memory. Null when there is nothing to move. */
  keepAgain(connectionId: string): Promise<Kept | null>;
  /**
   * @param region what the file of connections says; the item itself says which hosts the secret is for.
   * @throws AppFailure `signed-out` when it is gone, `keychain-…` when it cannot be read, `other-hosts` when the item
   *   is for other hosts.
   */
  find(
    key: SecretKey,
    region: ConnectionRegion,
  ): Promise<{ readonly secret: Secret; readonly place: Exclude<SecretPlace, 'none'> }>;
  /** Deletes everything kept for a connection. @throws AppFailure `keychain-…` when something may be left. */
  forget(connectionId: string): Promise<void>;
}

/** Two places for secrets behind one door. */
export function createCredentialStore(keychain: SecretStore, memory: SecretStore): CredentialStore {
  async function keepItem(key: SecretKey, secret: Secret, remember: boolean): Promise<Kept> {
    const result = remember ? await keychain.set(key, secret) : null;
    if (result?.kind === 'stored') {
      await memory.delete(key);
      return { place: 'keychain', notKept: null };
    }
    await memory.set(key, secret);
    return { place: 'memory', notKept: result && whyNotKept(result) };
  }

  return {
    keep: (key, secret, hosts, remember) => keepItem(key, bindToHosts(secret, hosts), remember),

    async keepAgain(connectionId) {
      for (const kind of SECRET_KINDS) {
        const inMemory = await memory.get({ connectionId, kind });
        if (inMemory.kind === 'found') return keepItem({ connectionId, kind }, inMemory.secret, true);
      }
      return null;
    },

    async find(key, region) {
      const inMemory = await memory.get(key);
      if (inMemory.kind === 'found')
        return { secret: secretFor(region, inMemory.secret).secret, place: 'memory' };
      const kept = await keychain.get(key);
      if (kept.kind === 'found') {
        const { secret, bound } = secretFor(region, kept.secret);
        if (!isSendable(secret))
          throw failure(
            'keychain-damaged',
            'What the keychain holds for this connection is no secret of Genesys Cloud.',
          );
        // Of an earlier version: from now on it says itself which hosts it is for. Where that fails, the next time does.
        if (!bound) await keychain.set(key, bindToHosts(secret, ownHostsOf(region)));
        return { secret, place: 'keychain' };
      }
      if (kept.kind === 'unavailable') throw keychainFailure(kept);
      throw failure('signed-out', 'The secret of this connection is no longer kept. Sign in again.');
    },

    async forget(connectionId) {
      for (const kind of SECRET_KINDS) await memory.delete({ connectionId, kind });
      await deleteCredential(keychain, connectionId);
    },
  };
}

/**
 * The secret of an item, when it is for the hosts of that region. An item of an earlier version names no hosts: it is
 * taken for a region of Genesys Cloud, whose hosts are in this program, and for no host that only a file names.
 */
function secretFor(region: ConnectionRegion, item: Secret): { secret: Secret; bound: boolean } {
  const found = readBound(item);
  if (found.hosts === null) {
    if (region.kind === 'genesys') return { secret: found.secret, bound: false };
    throw otherHosts('The keychain does not say which hosts the secret of this connection is for.');
  }
  const { apiBase, loginBase } = ownHostsOf(region, true);
  if (found.hosts.apiBase === apiBase && found.hosts.loginBase === loginBase)
    return { secret: found.secret, bound: true };
  throw otherHosts(
    `connections.json says ${apiBase}, but the secret in the keychain was kept for ${found.hosts.apiBase}. It is not sent.`,
  );
}

const otherHosts = (message: string): AppFailure => failure('other-hosts', message);

/** Deletes the keychain's items of a connection. @throws AppFailure `keychain-…` when something may be left. */
export async function deleteCredential(keychain: SecretStore, connectionId: string): Promise<void> {
  for (const kind of SECRET_KINDS) {
    const result = await keychain.delete({ connectionId, kind });
    // Without keytar nothing can be there that this program could reach.
    if (result.kind === 'unavailable' && result.reason !== 'missing') throw keychainFailure(result);
  }
}

const keychainFailure = ({ reason, message }: SecretsUnavailable): AppFailure =>
  failure(`keychain-${reason}`, message);

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
