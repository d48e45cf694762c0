import type { Clock } from '../../clock.ts';
import type { RevocationSession } from '../ports.ts';
import { classifyAnswer, NO_TRIES, type Settled } from '../run/classify-answer.ts';
import type { Lifecycle } from '../run/lifecycle.ts';
import { revokeOnce, tokenEndsSoon } from '../run/one-call.ts';
import { blockOf } from '../run/pauses.ts';
import type { Watched } from './replay.ts';
import type { Pause } from './pauses.ts';
import type { KeepOutBody } from './records.ts';

interface AgainDeps {
  readonly session: () => RevocationSession;
  readonly life: Lifecycle;
  readonly clock: Clock;
  readonly random: () => number;
  readonly write: (body: KeepOutBody) => Promise<boolean>;
  /** The time that was agreed to has passed. */
  readonly isOver: () => boolean;
  /** Something stands in the way to the server. */
  readonly pauseFor: (pause: Pause) => void;
}

/** Calls for users who came back, by the same rules as a run does: the gate first, and the intent in the journal. */
export class Again {
  readonly #deps: AgainDeps;
  readonly #hardStop = new AbortController();

  constructor(deps: AgainDeps) {
    this.#deps = deps;
  }

  /** Ends the call that is under way. */
  cutShort(): void {
    this.#hardStop.abort();
  }

  /**
   * Revokes one user who came back: intent, call, outcome. @returns false when the look has to end here; who has no
   * outcome then is revoked at the next one.
   */
  async revoke(user: Watched, signal: AbortSignal): Promise<boolean> {
    const { session, life, random, write, isOver, pauseFor } = this.#deps;
    const { index, userId } = user;
    for (let tries = NO_TRIES; ;) {
      if (isOver() || !(await this.#passed(signal))) return false;
      if (!(await write({ type: 'intent', index, userId })) || signal.aborted) return false;
      const signedInAs = session();
      const answer = await revokeOnce(signedInAs, userId, this.#hardStop.signal);
      if (answer === null) return false;
      if (answer.kind === 'signed-out' && signedInAs !== session()) continue;
      const block = blockOf(answer);
      if (block) {
        pauseFor({ reason: block.reason, endsAlone: true });
        return false;
      }
      const classified = classifyAnswer(answer, tries, random);
      const { verdict } = classified;
      tries = classified.tries;
      switch (verdict.kind) {
        case 'settled':
          return (await this.#settle(user, verdict.settled, tries.attempts)) && !signal.aborted;
        case 'retry':
          if (!(await life.waited(verdict.afterMs, signal))) return false;
          break;
        case 'wait-at-gate':
          session().pacer.closeFor(verdict.ms);
          break;
        case 'rate-limited':
          life.pauseAsTold(verdict.ms);
          return false;
        case 'signed-out':
          life.pause('sign-in-needed');
          return false;
        case 'ip-not-allowed':
          life.pause('ip-not-allowed');
          return false;
      }
    }
  }

  async #passed(signal: AbortSignal): Promise<boolean> {
    const { session, life, clock } = this.#deps;
    try {
      await session().pacer.acquire(signal, 'run');
    } catch (error) {
      if (!signal.aborted) life.gateFailed(error);
      return false;
    }
    if (!tokenEndsSoon(session(), clock)) return true;
    life.pause('sign-in-needed', { why: 'The access token is about to expire' });
    return false;
  }

  async #settle(
    { index, userId }: Watched,
    { outcome, ...settled }: Settled,
    attempts: number,
  ): Promise<boolean> {
    if (outcome === 'would-revoke' || outcome === 'not-attempted') return true; // no answer means either
    return this.#deps.write({ type: 'outcome', index, userId, outcome, ...settled, attempts });
  }
}
