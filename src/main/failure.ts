import type { AppError, ErrorCode } from '../shared/result.ts';

/** An expected failure on its way to the person: what is thrown inside main and becomes `{ ok: false, error }` at the border. */
export class AppFailure extends Error {
  readonly error: AppError;

  constructor(error: AppError, options?: ErrorOptions) {
    super(error.message, options);
    this.name = 'AppFailure';
    this.error = error;
  }
}

/** @returns a failure of that code; `cause` never reaches the window. */
export const failure = (code: ErrorCode, message: string, cause?: unknown): AppFailure =>
  new AppFailure({ code, message }, cause === undefined ? undefined : { cause });
