import { failure } from '../failure.ts';

/** Work that a newer one makes needless. */
export type Newest = <T>(work: (signal: AbortSignal) => Promise<T>, limit: AbortSignal) => Promise<T>;

/**
 * For a field that asks while somebody types: each new work ends the one before, whose call to the API is cut.
 * @returns does the work. @throws AppFailure `cancelled` when a newer one has begun.
 */
export function createNewest(): Newest {
  let latest = new AbortController();
  return async (work, limit) => {
    latest.abort();
    const controller = new AbortController();
    latest = controller;
    try {
      return await work(AbortSignal.any([controller.signal, limit]));
    } catch (error) {
      if (controller.signal.aborted) throw failure('cancelled', 'Something else was typed.', error);
      throw error;
    }
  };
}
