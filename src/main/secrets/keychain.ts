import { setTimeout as delay } from 'node:timers/promises';
import type { KeychainState } from '../../shared/app.ts';
import { reasonOf } from '../failure.ts';
import { isTooLargeForWindows, unavailableBecause } from './keychain-failures.ts';
import { createOneAtATime, type Wait } from './one-at-a-time.ts';
import { createSecret } from './secret.ts';
import type {
  SecretDeleteResult,
  SecretGetResult,
  SecretKey,
  SecretSetResult,
  SecretStore,
  SecretsUnavailable,
} from './store.ts';

const SERVICE = 'Tokendesk';
const PROBE_ACCOUNT = 'probe';
const PROBE_VALUE = 'Tokendesk checks that it can keep secrets here.';

/** CRED_MAX_CREDENTIAL_BLOB_SIZE of wincred.h; keytar stores UTF-8. */
const WINDOWS_LIMIT_BYTES = 2560;
/** Far above any token; keeps a pasted document out of the keychain. */
const LIMIT_BYTES = 65_536;

/** For one call, ms, with the waiting for an earlier one: a person may have to type a password. And for the probe. */
const CALL_LIMIT_MS = 30_000;
const PROBE_LIMIT_MS = 10_000;

/** What is used of keytar. Never `findCredentials`: it crashes the process when an item of the service has no account. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export interface KeychainOptions {
  /** Loads keytar, and throws where it is not installed or not built. Default: the real module. */
  readonly load?: () => Promise<Keytar>;
  readonly platform?: NodeJS.Platform;
  readonly wait?: Wait;
}

const accountOf = ({ connectionId, kind }: SecretKey): string => `${connectionId}/${kind}`;

const waitForReal: Wait = async (ms, signal) => {
  await delay(ms, undefined, { signal, ref: false }).catch(() => undefined);
};

const loadKeytar = async (): Promise<Keytar> => (await import('keytar')).default;

/**
 * The system's keychain: Secret Service, macOS Keychain or Windows Credential Manager.
 * Long: one way to ask the keychain, and the three questions.
 */
export function createKeychain(options: KeychainOptions = {}): SecretStore {
  const { load = loadKeytar, platform = process.platform, wait = waitForReal } = options;
  const limitBytes = platform === 'win32' ? WINDOWS_LIMIT_BYTES : LIMIT_BYTES;
  const oneAtATime = createOneAtATime(wait);
  let knownReady = false;

  /** One call of keytar; `T`, or why there was no answer. */
  async function call<T>(
    use: (keytar: Keytar) => Promise<T>,
    limitMs = CALL_LIMIT_MS,
  ): Promise<{ readonly kind: 'answered'; readonly value: T } | SecretsUnavailable> {
    const keytar = await load().catch((error: unknown) => reasonOf(error));
    if (typeof keytar === 'string') return { kind: 'unavailable', reason: 'missing', message: keytar };
    const result = await oneAtATime(() => use(keytar), limitMs);
    if (result.kind === 'done') return { kind: 'answered', value: result.value };
    knownReady = false;
    if (result.kind === 'threw') return unavailableBecause(result.message);
    const message = `The keychain did not answer within ${limitMs / 1000} seconds.`;
    return { kind: 'unavailable', reason: 'timed-out', message };
  }

  /**
   * Writes, reads back and deletes an item. Reading alone proves nothing: a locked gnome-keyring whose prompt cannot
   * be shown answers "no such item" to a read, and only a write says that it is locked.
   */
  async function probe(): Promise<KeychainState> {
    const result = await call(async (keytar) => {
      await keytar.setPassword(SERVICE, PROBE_ACCOUNT, PROBE_VALUE);
      const same = (await keytar.getPassword(SERVICE, PROBE_ACCOUNT)) === PROBE_VALUE;
      await keytar.deletePassword(SERVICE, PROBE_ACCOUNT);
      return same;
    }, PROBE_LIMIT_MS);
    if (result.kind === 'unavailable') return result;
    if (!result.value) return notKept;
    knownReady = true;
    return { kind: 'ready' };
  }

  return {
    async get(key): Promise<SecretGetResult> {
      const result = await call((keytar) => keytar.getPassword(SERVICE, accountOf(key)));
      if (result.kind === 'unavailable') return result;
      if (result.value === '') {
        return { kind: 'unavailable', reason: 'damaged', message: 'The item in the keychain is empty.' };
      }
      if (result.value !== null) return { kind: 'found', secret: createSecret(result.value) };
      const state = await probe();
      return state.kind === 'ready' ? { kind: 'absent' } : state;
    },

    async set(key, secret): Promise<SecretSetResult> {
      const value = secret.reveal();
      if (value === '') return { kind: 'unstorable', message: 'An empty secret cannot be kept.' };
      if (value.includes('\0')) return { kind: 'unstorable', message: 'A secret with a NUL cannot be kept.' };
      const bytes = Buffer.byteLength(value);
      if (bytes > limitBytes) return { kind: 'too-large', bytes, limitBytes };
      const result = await call(async (keytar) => {
        await keytar.setPassword(SERVICE, accountOf(key), value);
        return (await keytar.getPassword(SERVICE, accountOf(key))) === value;
      });
      if (result.kind === 'answered') return result.value ? { kind: 'stored' } : notKept;
      if (isTooLargeForWindows(result.message)) {
        return { kind: 'too-large', bytes, limitBytes: WINDOWS_LIMIT_BYTES };
      }
      return result;
    },

    async delete(key): Promise<SecretDeleteResult> {
      const result = await call((keytar) => keytar.deletePassword(SERVICE, accountOf(key)));
      if (result.kind === 'unavailable') return result;
      if (result.value) return { kind: 'deleted' };
      const state = await probe();
      return state.kind === 'ready' ? { kind: 'absent' } : state;
    },

    state: () => (knownReady ? Promise.resolve({ kind: 'ready' }) : probe()),
  };
}

/** libsecret reports no error when a person closes its prompt; only reading back tells. */
const notKept: SecretsUnavailable = {
  kind: 'unavailable',
  reason: 'dismissed',
  message: 'The keychain accepted the secret but did not keep it.',
};
