import { failure } from '../failure.ts';
import { createSequence, type InSequence } from '../in-sequence.ts';

/** Changes of who is signed in. Of several at once the last one wins; what they write, they write one after the other. */
export interface Changes {
  /** Begins a change. @returns a signal that is aborted with `cancelled` when a newer one begins. */
  begin(): AbortSignal;
  /** Ends the change that is going on. */
  cancel(): void;
  /** Everything that writes secrets or the file goes through here. */
  readonly inTurn: InSequence;
}

/** One for each session: its changes push each other aside. */
export function createChanges(): Changes {
  let latest = new AbortController();
  return {
    begin: () => {
      latest.abort(failure('cancelled', 'Another change of the session came after it.'));
      latest = new AbortController();
      return latest.signal;
    },
    cancel: () => latest.abort(failure('cancelled', 'Signing in was cancelled.')),
    inTurn: createSequence(),
  };
}
