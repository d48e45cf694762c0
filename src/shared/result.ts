/** Every kind of expected failure. The renderer has one entry per code in its catalogue of words. */
export type ErrorCode =
  // the network and the API
  | 'offline'
  | 'timed-out'
  | 'proxy-sign-in'
  | 'not-trusted'
  | 'portal'
  | 'signed-out'
  | 'forbidden'
  | 'ip-not-allowed'
  | 'not-found'
  | 'bad-request'
  | 'conflict'
  | 'rate-limited'
  | 'server-failed'
  | 'unexpected-answer'
  // signing in
  | 'wrong-credentials'
  | 'login-rate-limited'
  | 'consent-denied'
  | 'sign-in-timed-out'
  | 'sign-in-not-ours'
  | 'browser-not-opened'
  | 'other-organization'
  | 'other-hosts'
  | 'demo-failed'
  // the keychain
  | 'keychain-missing'
  | 'keychain-no-bus'
  | 'keychain-no-service'
  | 'keychain-unreachable'
  | 'keychain-locked'
  | 'keychain-dismissed'
  | 'keychain-too-large'
  | 'keychain-damaged'
  | 'keychain-timed-out'
  // files
  | 'file-unreadable'
  | 'file-too-large'
  | 'file-not-writable'
  | 'journal-damaged'
  // the work itself
  | 'nothing-selected'
  | 'confirmation-needed'
  | 'too-many-users'
  | 'directory-changed'
  | 'plan-damaged'
  | 'plan-over'
  | 'protected-unreadable'
  | 'run-active'
  // main's own dialogs
  | 'dialog-open'
  | 'dialogs-declined'
  | 'changed-meanwhile'
  | 'no-such-item'
  | 'cancelled'
  | 'invalid-input'
  | 'internal';

/** What Genesys support asks for. Never holds a secret. */
export interface ErrorDetails {
  readonly method?: string;
  /** Path without query or host. */
  readonly path?: string;
  readonly status?: number;
  /** The API's own code, e.g. `missing.any.permissions`. */
  readonly apiCode?: string;
  /** Response header `inin-correlation-id`. */
  readonly correlationId?: string;
  readonly contextId?: string;
}

export interface AppError {
  readonly code: ErrorCode;
  /** The precise cause in one sentence, e.g. the server's own message. Shown behind "Details". */
  readonly message: string;
  readonly details?: ErrorDetails;
  /** What it was about, where several things were done at once: the source of a selection that failed. */
  readonly subject?: string;
  /** Which source of a selection that is, by its place in it. */
  readonly source?: { readonly role: 'include' | 'exclude'; readonly index: number };
}

/** What every IPC call answers: Electron flattens thrown errors, so failures travel as data. */
export type Result<T> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly error: AppError };

/** An answer that has what was asked for. */
export const ok = <T>(data: T): Result<T> => ({ ok: true, data });
/** An answer that says why there is none. */
export const failed = (error: AppError): Result<never> => ({ ok: false, error });

/** Marks a branch that the type system says cannot be reached. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
