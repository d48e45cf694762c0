import { failure } from '../failure.ts';

/** Changes of who is signed in. Of several at once the last one wins; what they write, they write one after the other. */
export interface Changes {
  /** Begins a change. @returns a signal that is aborted with `cancelled` when a newer one begins. */
  begin(): AbortSignal;
  /** Ends the change that is going on. */
  cancel(): void;
  /** Everything that writes secrets or the file goes through here. */
  inTurn<T>(write: () => Promise<T>): Promise<T>;
}

export function createChanges(): Changes {
  let latest = new AbortController();
  let writing: Promise<unknown> = Promise.resolve();
  return {
    begin: () => {
      latest.abort(failure('cancelled', 'Another change of the session came after it.'));
      latest = new AbortController();
      return latest.signal;
    },
    cancel: () => latest.abort(failure('cancelled', 'Signing in was cancelled.')),
    inTurn: (write) => {
      const result = writing.then(write);
      writing = result.catch(() => undefined);
      return result;
    },
  };
}
