import type { AppError, ErrorCode } from '../shared/result.ts';

/** An expected failure on its way out of the domain: the IPC router sends `error` to the window as it stands. */
export class DomainError extends Error {
  readonly error: AppError;

  constructor(error: AppError, options?: ErrorOptions) {
    super(error.message, options);
    this.name = 'DomainError';
    this.error = error;
  }
}

/** @returns a DomainError of that code; `cause` stays in the log and never reaches the window. */
export const domainError = (code: ErrorCode, message: string, cause?: unknown): DomainError =>
  new DomainError({ code, message }, cause === undefined ? undefined : { cause });
