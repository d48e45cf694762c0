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

/** @returns a failure of that code; `cause` never reaches the window, `more` does. */
export const failure = (
  code: ErrorCode,
  message: string,
  cause?: unknown,
  more?: Omit<AppError, 'code' | 'message'>,
): AppFailure => new AppFailure({ code, message, ...more }, cause === undefined ? undefined : { cause });

/** The same failure, told with more; anything else that was thrown stays what it is. */
export const withMore = (error: unknown, more: Partial<AppError>): unknown =>
  error instanceof AppFailure ? new AppFailure({ ...error.error, ...more }, { cause: error }) : error;

/** Whoever needs a session has none. */
export const notSignedIn = (): AppFailure => failure('signed-out', 'Nobody is signed in.');

/** What whatever was thrown says of itself. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'unknown reason';
