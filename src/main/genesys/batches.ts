import { AppFailure } from '../failure.ts';
import { isTooLong } from './errors.ts';

/** Codes of the vendor's description for a call that asks for more at once than the API takes or can answer. */
const TOO_MUCH = new Set([
  'search.criteria.values.exceed.limit',
  'max.user.ids',
  'request.entity.too.large',
  'response.entity.too.large',
]);

const isTooMuch = (error: unknown): boolean =>
  error instanceof AppFailure &&
  (TOO_MUCH.has(error.error.details?.apiCode ?? '') || isTooLong(error.error.details?.status));

/** Asks about many keys in calls of at most `most`; a call that is refused for its size is halved, and those after it too. */
export function createBatches(most: number): {
  ask<T>(
    keys: readonly string[],
    ask: (batch: readonly string[]) => Promise<readonly T[]>,
  ): Promise<readonly T[]>;
} {
  let size = most;
  return {
    ask: async <T>(
      keys: readonly string[],
      ask: (batch: readonly string[]) => Promise<readonly T[]>,
    ): Promise<readonly T[]> => {
      const found: T[] = [];
      for (let from = 0; from < keys.length;) {
        const batch = keys.slice(from, from + size);
        try {
          found.push(...(await ask(batch)));
          from += batch.length;
        } catch (error) {
          if (batch.length === 1 || !isTooMuch(error)) throw error;
          size = Math.min(size, Math.ceil(batch.length / 2));
        }
      }
      return found;
    },
  };
}
