import type { KeychainState } from '../../shared/app.ts';
import type { Secret } from './secret.ts';

export type SecretKind = 'client-secret' | 'access-token' | 'proxy-password';

/** Those of a connection, for deleting everything that it may have left. */
export const SECRET_KINDS: readonly SecretKind[] = ['client-secret', 'access-token'];

/** Names one secret: the keychain's account is made from it, so that no search of the keychain is ever needed. */
export interface SecretKey {
  readonly connectionId: string;
  readonly kind: SecretKind;
}

export type SecretsUnavailable = Extract<KeychainState, { kind: 'unavailable' }>;

export type SecretGetResult =
  | { readonly kind: 'found'; readonly secret: Secret }
  | { readonly kind: 'absent' }
  | SecretsUnavailable;

export type SecretSetResult =
  | { readonly kind: 'stored' }
  /** UTF-8 bytes. */
  | { readonly kind: 'too-large'; readonly bytes: number; readonly limitBytes: number }
  /** Empty, or with a NUL, which keychains cut off silently. */
  | { readonly kind: 'unstorable'; readonly message: string }
  | SecretsUnavailable;

export type SecretDeleteResult =
  | { readonly kind: 'deleted' }
  | { readonly kind: 'absent' }
  | SecretsUnavailable;

/** A place for secrets. Nothing here throws, and every call ends within a time limit. */
export interface SecretStore {
  get(key: SecretKey): Promise<SecretGetResult>;
  set(key: SecretKey, secret: Secret): Promise<SecretSetResult>;
  delete(key: SecretKey): Promise<SecretDeleteResult>;
  /** Whether secrets can be kept now. Asks anew after a failure, since a person may unlock the keychain meanwhile. */
  state(): Promise<KeychainState>;
}
