import type { PauseReason } from '../../../shared/run.ts';
import { NO_TOKEN_ARRIVED } from '../../genesys/errors.ts';
import type { RevocationSession, RevokeAnswer } from '../ports.ts';
import { classifyAnswer, type Settled } from './classify-answer.ts';
import type { OutcomeLog } from './outcome-log.ts';
import type { Lifecycle } from './lifecycle.ts';
import { blockOf } from './pauses.ts';
import type { Pending, PendingQueue } from './queue.ts';

/**
 * So many calls in a row that end without a clear answer, whoever they are for, and it is the server that fails: the run
 * pauses instead of using up its users' attempts. At 300 a minute that is 4 s, before anybody's five attempts are over.
 */
const FAILING_IN_A_ROW = 20;

/** A run whose first users are all refused most likely lacks the permission: better asked than 3,000 refusals later. */
const FORBIDDEN_AT_START = 10;

/** What keeps the run from everybody. */
export interface Trouble {
  readonly reason: PauseReason;
  /** For the journal, where it is more exact than the reason alone. */
  readonly why?: string;
}

interface AnswersDeps {
  readonly session: () => RevocationSession;
  /** Whose tokens the run itself uses; null for a client's. */
  readonly operatorId: string | null;
  readonly queue: PendingQueue;
  readonly outcomeLog: OutcomeLog;
  readonly life: Lifecycle;
  readonly random: () => number;
  /** Nobody has an outcome yet: only then can the first users all be refused. */
  readonly fresh: boolean;
}

/** Whether a call made with that token can be what ended it; that none arrived does not say so. */
const endedItself = ({ tries }: Pending, answer: RevokeAnswer, session: RevocationSession): boolean =>
  tries.unansweredBy === session && answer.kind === 'signed-out' && answer.apiCode !== NO_TOKEN_ARRIVED;

/** What answers mean: for their users, and, several together, for the run. */
export class Answers {
  readonly #deps: AnswersDeps;
  #blockedInARow = 0;
  #unclearInARow = 0;
  /** Refusals while nobody could be revoked yet; null when the question is answered. */
  #forbiddenAtStart: number | null;
  #tooManyRequests = 0;
  #retries = 0;

  constructor(deps: AnswersDeps) {
    this.#deps = deps;
    this.#forbiddenAtStart = deps.fresh ? 0 : null;
  }

  get tooManyRequests(): number {
    return this.#tooManyRequests;
  }

  get retries(): number {
    return this.#retries;
  }

  /** @returns what so many calls failed by alike that the run must pause; the user is then back in the queue. */
  troubleForAll(user: Pending, answer: RevokeAnswer): Trouble | null {
    const block = blockOf(answer);
    this.#blockedInARow = block ? this.#blockedInARow + 1 : 0;
    this.#unclearInARow = answer.kind === 'unclear' ? this.#unclearInARow + 1 : 0;
    if (block && (this.#blockedInARow >= block.inARow || this.#deps.life.state.kind === 'paused')) {
      this.shelve(user, answer);
      return { reason: block.reason };
    }
    if (this.#unclearInARow < FAILING_IN_A_ROW) return null;
    this.shelve(user, answer);
    return { reason: 'server-failing', why: `${this.#unclearInARow} calls in a row failed` };
  }

  /** Acts on an answer that is this user's alone. @returns the user when another attempt is due at once. */
  async conclude(user: Pending, answer: RevokeAnswer, signal: AbortSignal): Promise<Pending | null> {
    const { session, queue, life, random } = this.#deps;
    if (answer.kind === 'rate-limited') this.#tooManyRequests += 1;
    const { verdict, tries } = classifyAnswer(answer, user.tries, random);
    const next = { ...user, tries };
    switch (verdict.kind) {
      case 'settled':
        await this.settle(next, verdict.settled);
        this.#noteRefusal(verdict.settled.outcome);
        return null;
      case 'retry':
        this.#retries += 1;
        if (await life.waited(verdict.afterMs, signal)) return next;
        queue.putBack(next);
        return null;
      case 'wait-at-gate':
        session().pacer.closeFor(verdict.ms);
        return next;
      case 'rate-limited':
        // The run waits, not the gate: look-ups find out for themselves.
        queue.putBack(next);
        life.pauseAsTold(verdict.ms);
        return null;
      case 'signed-out':
        // The last call ended the very token it was made with; its answer was lost, and the next one tells.
        if (this.#isOperator(user) && endedItself(user, answer, session())) {
          const note = 'The answer was lost; since then the token of this run is refused.';
          const { status, correlationId } = answer;
          await this.settle(next, { outcome: 'revoked', note, status, correlationId });
          return null;
        }
        queue.putBack(next);
        life.pause('sign-in-needed');
        return null;
      case 'ip-not-allowed':
        queue.putBack(next);
        life.pause('ip-not-allowed');
        return null;
    }
  }

  /** Acts on a probe's answer that is not clear yet. */
  async concludeProbe(user: Pending, answer: RevokeAnswer): Promise<void> {
    const { queue, random } = this.#deps;
    const { verdict, tries } = classifyAnswer(answer, user.tries, random);
    if (verdict.kind === 'settled') await this.settle({ ...user, tries }, verdict.settled);
    else queue.putBack({ ...user, tries });
  }

  /** Back in the queue, with what is known; it is the network's fault, not this user's, so it uses up no retry. */
  shelve(user: Pending, answer: RevokeAnswer): void {
    const { queue, random } = this.#deps;
    if (answer.kind === 'unclear' && answer.sent === 'no') {
      queue.putBack(user);
      return;
    }
    const { tries } = classifyAnswer(answer, user.tries, random);
    queue.putBack({ ...user, tries: { ...tries, unclear: user.tries.unclear } });
  }

  /** What has no answer to wait for: a dry run, a cancelled call. Pauses the run when it cannot be written. */
  async settle(user: Pending, what: Settled): Promise<void> {
    const { outcomeLog, life } = this.#deps;
    if (!(await outcomeLog.settle(user, what))) life.journalFailed();
  }

  /** The pause is over: what failed in a row before it says nothing now. */
  forgetStreaks(): void {
    this.#blockedInARow = 0;
    this.#unclearInARow = 0;
  }

  #isOperator({ userId }: Pending): boolean {
    return userId.toLowerCase() === this.#deps.operatorId?.toLowerCase();
  }

  #noteRefusal(outcome: Settled['outcome']): void {
    const { queue, life } = this.#deps;
    if (this.#forbiddenAtStart === null) return;
    this.#forbiddenAtStart = outcome === 'forbidden' ? this.#forbiddenAtStart + 1 : null;
    if (this.#forbiddenAtStart === null || this.#forbiddenAtStart < FORBIDDEN_AT_START || queue.left === 0)
      return;
    this.#forbiddenAtStart = null; // asked once
    life.pause('nothing-allowed', { why: `The first ${FORBIDDEN_AT_START} users were all refused` });
  }
}
