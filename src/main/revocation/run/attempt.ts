import { setMaxListeners } from 'node:events';
import type { Clock } from '../../clock.ts';
import type { RevocationSession, RevokeAnswer } from '../ports.ts';
import type { Ledger } from './ledger.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Pending, PendingQueue } from './queue.ts';

/** A token that ends within this is not used for another call, ms: its answer could be a 401 that says nothing. */
const TOKEN_MARGIN_MS = 15_000;

/** A user and what came back for him. */
export interface Tried {
  readonly user: Pending;
  readonly answer: RevokeAnswer;
}

export interface Attempts {
  /** Gate, intent, call. @returns null when it came to no answer; the user is then back in the queue. */
  attempt(user: Pending, signal: AbortSignal): Promise<Tried | null>;
  /** Ends the calls under way, whatever comes of them. */
  cutShort(): void;
  /** Users that wait at the gate now. */
  readonly atGate: number;
  /** Calls under way now. */
  readonly inFlight: number;
}

/** One call after the other, each through the gate and with its intent in the journal first. */
export function createAttempts(options: {
  /** The one in use now: it changes when somebody signs in again. */
  readonly session: () => RevocationSession;
  readonly queue: PendingQueue;
  readonly ledger: Ledger;
  readonly life: Lifecycle;
  readonly clock: Clock;
  /** A user has left the gate: another may wait there. */
  readonly onPassed: () => void;
  readonly onChange: () => void;
}): Attempts {
  const { session, queue, ledger, life, clock, onPassed, onChange } = options;
  const hardStop = new AbortController();
  setMaxListeners(0, hardStop.signal); // as many as there are workers
  let atGate = 0;
  let inFlight = 0;

  const endsSoon = ({ tokenExpiresAt }: RevocationSession): boolean => {
    const at = tokenExpiresAt?.() ?? null;
    return at !== null && at - clock.now() < TOKEN_MARGIN_MS;
  };

  /** @returns whether the gate let this user pass. */
  const passed = async (signal: AbortSignal): Promise<boolean> => {
    atGate += 1;
    try {
      await session().pacer.acquire(signal);
      return true;
    } catch {
      return false;
    } finally {
      atGate -= 1;
    }
  };

  /** @returns null when it was cut short. */
  const call = async ({ userId }: Pending): Promise<RevokeAnswer | null> => {
    inFlight += 1;
    onChange();
    try {
      return await session().revokeUserTokens(userId, hardStop.signal);
    } catch (error) {
      if (hardStop.signal.aborted) return null;
      const message = error instanceof Error ? error.message : 'Unknown error';
      return { kind: 'unclear', status: null, correlationId: null, message, offline: false };
    } finally {
      inFlight -= 1;
    }
  };

  const giveBack = (user: Pending): null => {
    queue.putBack(user);
    return null;
  };

  return {
    attempt: async (user, signal) => {
      if (!(await passed(signal))) return giveBack(user);
      if (endsSoon(session())) {
        life.pause('sign-in-needed', 'The access token is about to expire');
        return giveBack(user);
      }
      onPassed();
      let begun: Pending;
      try {
        begun = await ledger.begin(user);
      } catch {
        life.journalFailed();
        return giveBack(user);
      }
      if (signal.aborted) return giveBack(begun);
      const signedInAs = session();
      const answer = await call(begun);
      if (answer === null) {
        const last = { message: 'The app was closed', status: null, correlationId: null };
        return giveBack({ ...begun, tries: { ...begun.tries, last } });
      }
      // The token that was refused is no longer the one in use.
      if (answer.kind === 'signed-out' && signedInAs !== session()) return giveBack(begun);
      return { user: begun, answer };
    },
    cutShort: () => {
      hardStop.abort();
    },
    get atGate() {
      return atGate;
    },
    get inFlight() {
      return inFlight;
    },
  };
}
