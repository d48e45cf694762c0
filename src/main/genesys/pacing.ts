/** One gate for every call of one token: all workers pass it, one after the other, evenly spaced. */
export interface Pacer {
  /** Resolves when the caller may send one request. Rejects with the signal's reason when aborted, and then uses up nothing. */
  acquire(signal: AbortSignal): Promise<void>;
  /** A 429 said to wait: nobody passes for `ms`. A longer wait already set stays. */
  closeFor(ms: number): void;
  /** Calls per minute that pass now. */
  readonly pacePerMinute: number;
  readonly limitPerMinute: number;
  setLimit(limitPerMinute: number, share: number): void;
}
