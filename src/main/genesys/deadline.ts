/** For one request with its whole answer, ms. */
export const REQUEST_TIMEOUT_MS = 30_000;

export interface Deadline {
  /** Aborted when the run's signal is, or when the time is over. */
  readonly signal: AbortSignal;
  readonly timedOut: boolean;
  /**
   * Takes back the timer and the listener. Must be called when the request is over: what of its answer was not read is
   * given up too. Cancelling the body alone would leave Electron's loader suspended, with its socket.
   * https://github.com/electron/electron/blob/v45.4.1/lib/browser/api/net-fetch.ts
   */
  end(): void;
}

/**
 * A time limit beside a run's signal. Not `AbortSignal.any([run, AbortSignal.timeout(ms)])`: on Node 20 every signal
 * made so stays in memory as long as the run's (measured: 2 KB each, so 200 MB in a run of 100,000 users).
 */
export function startDeadline(run: AbortSignal, ms: number): Deadline {
  const controller = new AbortController();
  let timedOut = false;
  const follow = (): void => controller.abort(run.reason);
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort(new DOMException('The time limit was reached.', 'TimeoutError'));
  }, ms);
  if (run.aborted) follow();
  else run.addEventListener('abort', follow, { once: true });
  return {
    signal: controller.signal,
    get timedOut() {
      return timedOut;
    },
    end() {
      clearTimeout(timer);
      run.removeEventListener('abort', follow);
      controller.abort();
    },
  };
}
