import { setMaxListeners } from 'node:events';
import type { Clock } from '../../clock.ts';
import type { RevocationSession, RevokeAnswer } from '../ports.ts';
import { createConcurrencyLimit, type Slot } from './concurrency.ts';
import type { OutcomeLog } from './outcome-log.ts';
import type { Lifecycle } from './lifecycle.ts';
import { revokeOnce, tokenEndsSoon } from './one-call.ts';
import type { Pending, PendingQueue } from './queue.ts';

/** A user, and the answer to the call for them. */
export interface Tried {
  readonly user: Pending;
  readonly answer: RevokeAnswer;
}

export interface Attempts {
  /**
   * Slot, gate, intent, call. @returns null when it came to no answer; the user is then back in the queue.
   * @param onPassed the user has left the gate: another may wait there.
   */
  attempt(user: Pending, signal: AbortSignal, onPassed: () => void): Promise<Tried | null>;
  /** Ends the calls under way, whatever comes of them. */
  cutShort(): void;
  /** Users that wait for a slot or at the gate now. */
  readonly atGate: number;
  /** Calls under way now. */
  readonly inFlight: number;
}

/** What an answer says about how many calls the way to the server bears. */
const speedOf = (answer: RevokeAnswer): Parameters<Slot['release']>[0] => {
  if (answer.kind !== 'unclear' || answer.status !== null) return 'answered';
  return answer.trouble === 'timed-out' ? 'timed-out' : 'unused';
};

/**
 * One call after the other, each through the gate and with its intent in the journal first.
 * Long: the order of slot, gate, intent and call, which must be read as one.
 */
export function createAttempts(options: {
  /** The one in use now: it changes when somebody signs in again. */
  readonly session: () => RevocationSession;
  readonly queue: PendingQueue;
  readonly outcomeLog: OutcomeLog;
  readonly life: Lifecycle;
  readonly clock: Clock;
  readonly onChange: () => void;
}): Attempts {
  const { session, queue, outcomeLog, life, clock, onChange } = options;
  const slots = createConcurrencyLimit(clock);
  const hardStop = new AbortController();
  setMaxListeners(0, hardStop.signal); // as many as there are workers
  let atGate = 0;
  let inFlight = 0;

  /** The slot first: who has passed the gate is sent at once. @returns null when there was no passing. A gate that fails pauses the run. */
  const passed = async (signal: AbortSignal): Promise<Slot | null> => {
    atGate += 1;
    let slot: Slot | null = null;
    try {
      slot = await slots.acquire(signal);
      await session().pacer.acquire(signal, 'run');
      return slot;
    } catch (error) {
      slot?.release('unused');
      if (!signal.aborted) life.gateFailed(error);
      return null;
    } finally {
      atGate -= 1;
    }
  };

  /** @returns null when it was cut short. */
  const call = async ({ userId }: Pending, slot: Slot): Promise<RevokeAnswer | null> => {
    inFlight += 1;
    slot.sent();
    onChange();
    const answer = await revokeOnce(session(), userId, hardStop.signal);
    slot.release(answer ? speedOf(answer) : 'unused');
    inFlight -= 1;
    return answer;
  };

  const giveBack = (user: Pending): null => {
    queue.putBack(user);
    return null;
  };

  return {
    attempt: async (user, signal, onPassed) => {
      const slot = await passed(signal);
      if (!slot) return giveBack(user);
      if (tokenEndsSoon(session(), clock)) {
        slot.release('unused');
        life.pause('sign-in-needed', { why: 'The access token is about to expire' });
        return giveBack(user);
      }
      onPassed();
      let begun: Pending;
      try {
        begun = await outcomeLog.begin(user);
      } catch {
        slot.release('unused');
        life.journalFailed();
        return giveBack(user);
      }
      if (signal.aborted) {
        slot.release('unused');
        return giveBack(begun);
      }
      const signedInAs = session();
      const answer = await call(begun, slot);
      if (answer === null) {
        const last = { message: 'The app was closed', status: null, correlationId: null };
        return giveBack({ ...begun, tries: { ...begun.tries, last } });
      }
      // The token that was refused is no longer the one in use.
      if (answer.kind === 'signed-out' && signedInAs !== session()) return giveBack(begun);
      const isLost = answer.kind === 'unclear' && answer.sent === 'maybe';
      const tries = isLost ? { ...begun.tries, unansweredBy: signedInAs } : begun.tries;
      return { user: { ...begun, tries }, answer };
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
