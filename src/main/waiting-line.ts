import { failure } from './failure.ts';

/** Callers who wait for their turn: first come, first served. */
export interface WaitingLine {
  /**
   * Resolves when it is this caller's turn. Rejects with the signal's reason when aborted, and then the caller has left
   * the line; with AppFailure `rate-limited` when the line is full.
   */
  wait(signal: AbortSignal): Promise<void>;
  /** It is the turn of the first, if anybody waits. */
  pass(): void;
  readonly length: number;
}

/** @param max most that wait at once. @param whenFull what the next is told. */
export function createWaitingLine(max: number, whenFull: string): WaitingLine {
  const waiters: (() => void)[] = [];

  return {
    wait: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason as Error);
          return;
        }
        if (waiters.length >= max) {
          reject(failure('rate-limited', whenFull));
          return;
        }
        function pass(): void {
          signal.removeEventListener('abort', leave);
          resolve();
        }
        function leave(): void {
          waiters.splice(waiters.indexOf(pass), 1);
          reject(signal.reason as Error);
        }
        signal.addEventListener('abort', leave, { once: true });
        waiters.push(pass);
      }),
    pass: () => waiters.shift()?.(),
    get length() {
      return waiters.length;
    },
  };
}
