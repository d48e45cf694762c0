import type { AppError } from '../shared/result.ts';

/** An expected failure on its way to the person: what is thrown inside main and becomes `{ ok: false, error }` at the border. */
export class AppFailure extends Error {
  readonly error: AppError;

  constructor(error: AppError) {
    super(error.message);
    this.name = 'AppFailure';
    this.error = error;
  }
}
