import { reasonOf } from '../failure.ts';
export type Limited<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'threw'; readonly message: string }
  | { readonly kind: 'timed-out' };

/** Resolves after that many milliseconds, or when the signal is aborted, whichever is first. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/**
 * Runs calls one after the other, each with a time limit that includes its waiting.
 *
 * A keychain call cannot be cancelled, and while a prompt is open it blocks one of libuv's four threads: four
 * unanswered prompts would stop every file and DNS operation of the program. So a second call never starts beside a
 * hanging one; it waits, and gives up at its limit without having started.
 */
export function createOneAtATime(
  wait: Wait,
): <T>(call: () => Promise<T>, limitMs: number) => Promise<Limited<T>> {
  let previous: Promise<unknown> = Promise.resolve();

  return async <T>(call: () => Promise<T>, limitMs: number): Promise<Limited<T>> => {
    let abandoned = false;
    const outcome = previous.then(async (): Promise<Limited<T>> => {
      if (abandoned) return { kind: 'timed-out' };
      try {
        return { kind: 'done', value: await call() };
      } catch (error) {
        return { kind: 'threw', message: reasonOf(error) };
      }
    });
    previous = outcome;

    const ended = new AbortController();
    const limit = wait(limitMs, ended.signal).then((): Limited<T> => {
      abandoned = true;
      return { kind: 'timed-out' };
    });
    try {
      return await Promise.race([outcome, limit]);
    } finally {
      ended.abort();
    }
  };
}
