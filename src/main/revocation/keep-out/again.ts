import type { Clock } from '../../clock.ts';
import { reasonOf } from '../../failure.ts';
import type { RevocationSession, RevokeAnswer } from '../ports.ts';
import { blockOf } from '../run/answers.ts';
import { TOKEN_MARGIN_MS } from '../run/attempt.ts';
import { classifyAnswer, NO_TRIES, type Settled } from '../run/classify-answer.ts';
import type { Lifecycle } from '../run/lifecycle.ts';
import type { Watched } from './replay.ts';
import type { Pause } from './pauses.ts';
import type { KeepOutBody } from './records.ts';

export interface Again {
  /**
   * Revokes one user who came back: intent, call, outcome. @returns false when the look has to end here; who has no
   * outcome then is called for at the next one.
   */
  revoke(user: Watched, signal: AbortSignal): Promise<boolean>;
  /** Ends the call that is under way. */
  cutShort(): void;
}

/** Calls for users who came back, by the same rules as a run does: the gate first, and the intent in the journal. */
export function createAgain(options: {
  readonly session: () => RevocationSession;
  readonly life: Lifecycle;
  readonly clock: Clock;
  readonly random: () => number;
  readonly write: (body: KeepOutBody) => Promise<boolean>;
  /** The time that was agreed to has passed. */
  readonly isOver: () => boolean;
  /** Something stands in the way to the server. */
  readonly pauseFor: (pause: Pause) => void;
}): Again {
  const { session, life, clock, random, write, isOver, pauseFor } = options;
  const hardStop = new AbortController();

  const endsSoon = ({ tokenExpiresAt }: RevocationSession): boolean => {
    const at = tokenExpiresAt?.() ?? null;
    return at !== null && at - clock.now() < TOKEN_MARGIN_MS;
  };

  const passed = async (signal: AbortSignal): Promise<boolean> => {
    try {
      await session().pacer.acquire(signal, 'run');
    } catch (error) {
      if (!signal.aborted) life.gateFailed(reasonOf(error));
      return false;
    }
    if (!endsSoon(session())) return true;
    life.pause('sign-in-needed', 'The access token is about to expire');
    return false;
  };

  /** @returns null when it was cut short. */
  const call = async (userId: string): Promise<RevokeAnswer | null> => {
    try {
      return await session().revokeUserTokens(userId, hardStop.signal);
    } catch (error) {
      if (hardStop.signal.aborted) return null;
      const message = reasonOf(error);
      return { kind: 'unclear', status: null, correlationId: null, message, trouble: null, sent: 'maybe' };
    }
  };

  const waitAsTold = (ms: number): void => {
    const until = new Date(clock.now() + ms).toISOString();
    const untilBetter = async (): Promise<void> => {
      if (await life.waited(ms, life.signal)) await life.goOn('The rate limit allows calls again');
    };
    life.pause('rate-limited', 'Genesys Cloud asked to wait', { until, untilBetter });
  };

  const settle = async (
    { index, userId }: Watched,
    { outcome, note, status, correlationId }: Settled,
    attempts: number,
  ): Promise<boolean> => {
    if (outcome === 'would-revoke' || outcome === 'not-attempted') return true; // no answer means either
    return write({ type: 'outcome', index, userId, outcome, note, attempts, status, correlationId });
  };

  const revoke: Again['revoke'] = async (user, signal) => {
    const { index, userId } = user;
    for (let tries = NO_TRIES; ;) {
      if (isOver() || !(await passed(signal))) return false;
      if (!(await write({ type: 'intent', index, userId })) || signal.aborted) return false;
      const signedInAs = session();
      const answer = await call(userId);
      if (answer === null) return false;
      if (answer.kind === 'signed-out' && signedInAs !== session()) continue;
      const block = blockOf(answer);
      if (block) {
        pauseFor({ ...block, endsAlone: true });
        return false;
      }
      const judged = classifyAnswer(answer, tries, random);
      const { verdict } = judged;
      tries = judged.tries;
      switch (verdict.kind) {
        case 'settled':
          return (await settle(user, verdict.settled, tries.attempts)) && !signal.aborted;
        case 'retry':
          if (!(await life.waited(verdict.afterMs, signal))) return false;
          break;
        case 'wait-at-gate':
          session().pacer.closeFor(verdict.ms);
          break;
        case 'rate-limited':
          waitAsTold(verdict.ms);
          return false;
        case 'signed-out':
          life.pause('sign-in-needed', 'The access token is no longer valid');
          return false;
        case 'ip-not-allowed':
          life.pause('ip-not-allowed', 'The address of this computer is not on the org’s allowlist');
          return false;
      }
    }
  };

  return { revoke, cutShort: () => hardStop.abort() };
}
