import type { PauseReason } from '../../../shared/run.ts';
import type { Clock } from '../../clock.ts';
import type { NetworkTrouble } from '../../genesys/errors.ts';
import type { RevocationSession, RevokeAnswer } from '../ports.ts';
import { classifyAnswer, type Settled } from './classify-answer.ts';
import type { OutcomeLog } from './outcome-log.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Pending, PendingQueue } from './queue.ts';
import type { Recovery } from './recovery.ts';

interface Block {
  readonly reason: PauseReason;
  readonly why: string;
  /** So many calls in a row, and the run pauses instead of using up its users' attempts. */
  readonly inARow: number;
}

/** What stands between this computer and the server, whoever a call is for. A certificate or a proxy is the same for all. */
const BLOCKS: Readonly<Partial<Record<NetworkTrouble, Block>>> = {
  offline: { reason: 'offline', why: 'No network', inARow: 3 },
  'proxy-sign-in': { reason: 'proxy-sign-in', why: 'The proxy wants a password', inARow: 1 },
  'not-trusted': { reason: 'not-trusted', why: 'The certificate is not trusted', inARow: 1 },
  portal: { reason: 'portal', why: 'Something else answers in the place of Genesys Cloud', inARow: 3 },
};

/**
 * So many calls in a row that end without a clear answer, whoever they are for, and it is the server that fails: the run
 * pauses instead of using up its users' attempts. At 300 a minute that is 4 s, before anybody's five attempts are over.
 */
const FAILING_IN_A_ROW = 20;

/** A run whose first users are all refused most likely lacks the permission: better asked than 3,000 refusals later. */
const FORBIDDEN_AT_START = 10;

export interface Answers {
  /** Acts on an answer. @returns the user when another attempt is due at once. */
  conclude(user: Pending, answer: RevokeAnswer, signal: AbortSignal): Promise<Pending | null>;
  /** Acts on an answer that shows that the network or the server is still not there. */
  stillBad(user: Pending, answer: RevokeAnswer): Promise<void>;
  /** What has no answer to wait for: a dry run, a cancelled call. Pauses the run when it cannot be written. */
  settle(user: Pending, what: Settled): Promise<void>;
  /** The pause is over: what failed in a row before it says nothing now. */
  forgetStreaks(): void;
  readonly tooManyRequests: number;
  readonly retries: number;
}

/** What stands between this computer and the server, as an answer tells; null when nothing does. */
export const blockOf = (answer: RevokeAnswer): Block | null =>
  (answer.kind === 'unclear' && answer.trouble !== null && BLOCKS[answer.trouble]) || null;

/** Whether something between this computer and the server stands in the way, and no user is to blame. */
export const isBlocked = (answer: RevokeAnswer): boolean => blockOf(answer) !== null;

/** What answers mean: for their users, and, several together, for the run. */
export function createAnswers(options: {
  readonly session: () => RevocationSession;
  /** Whose tokens the run itself uses; null for a client's. */
  readonly operatorId: string | null;
  readonly queue: PendingQueue;
  readonly outcomeLog: OutcomeLog;
  readonly life: Lifecycle;
  readonly recovery: () => Recovery;
  readonly clock: Clock;
  readonly random: () => number;
  /** Nobody has an outcome yet: only then can the first users all be refused. */
  readonly fresh: boolean;
}): Answers {
  const { session, operatorId, queue, outcomeLog, life, recovery, clock, random } = options;
  let blockedInARow = 0;
  let unclearInARow = 0;
  /** Refusals while nobody could be revoked yet; null when the question is answered. */
  let forbiddenAtStart: number | null = options.fresh ? 0 : null;
  let tooManyRequests = 0;
  let retries = 0;

  const isOperator = ({ userId }: Pending): boolean => userId.toLowerCase() === operatorId?.toLowerCase();

  const settle: Answers['settle'] = async (user, what) => {
    if (!(await outcomeLog.settle(user, what))) life.journalFailed();
  };

  /** Back in the queue, with what is known; it is the network's fault, not this user's, so it uses up no retry. */
  const shelve = (user: Pending, answer: RevokeAnswer): void => {
    if (answer.kind === 'unclear' && answer.sent === 'no') {
      queue.putBack(user);
      return;
    }
    const { tries } = classifyAnswer(answer, user.tries, random);
    queue.putBack({ ...user, tries: { ...tries, unclear: user.tries.unclear } });
  };

  const noteRefusal = (outcome: Settled['outcome']): void => {
    if (forbiddenAtStart === null) return;
    forbiddenAtStart = outcome === 'forbidden' ? forbiddenAtStart + 1 : null;
    if (forbiddenAtStart === null || forbiddenAtStart < FORBIDDEN_AT_START || queue.left === 0) return;
    forbiddenAtStart = null; // asked once
    life.pause('nothing-allowed', `The first ${FORBIDDEN_AT_START} users were all refused`);
  };

  const pauseFor = ({ reason, why }: Block): void =>
    life.pause(reason, why, { untilBetter: recovery().waitForNetwork });

  /** @returns whether so many calls failed alike that the run pauses; the user is then back in the queue. */
  const pausedForAll = (user: Pending, answer: RevokeAnswer): boolean => {
    const block = blockOf(answer);
    blockedInARow = block ? blockedInARow + 1 : 0;
    unclearInARow = answer.kind === 'unclear' ? unclearInARow + 1 : 0;
    if (block && (blockedInARow >= block.inARow || life.state.kind === 'paused')) {
      shelve(user, answer);
      pauseFor(block);
      return true;
    }
    if (unclearInARow >= FAILING_IN_A_ROW) {
      shelve(user, answer);
      const why = `${unclearInARow} calls in a row failed`;
      life.pause('server-failing', why, { untilBetter: recovery().waitForServer });
      return true;
    }
    return false;
  };

  const waitAsTold = (ms: number): void => {
    const until = new Date(clock.now() + ms).toISOString();
    const untilBetter = async (): Promise<void> => {
      if (await life.waited(ms, life.signal)) await life.goOn('The rate limit allows calls again');
    };
    life.pause('rate-limited', 'Genesys Cloud asked to wait', { until, untilBetter });
  };

  const conclude: Answers['conclude'] = async (user, answer, signal) => {
    if (answer.kind === 'rate-limited') tooManyRequests += 1;
    if (pausedForAll(user, answer)) return null;
    const { verdict, tries } = classifyAnswer(answer, user.tries, random);
    const next = { ...user, tries };
    switch (verdict.kind) {
      case 'settled':
        await settle(next, verdict.settled);
        noteRefusal(verdict.settled.outcome);
        return null;
      case 'retry':
        retries += 1;
        if (await life.waited(verdict.afterMs, signal)) return next;
        queue.putBack(next);
        return null;
      case 'wait-at-gate':
        session().pacer.closeFor(verdict.ms);
        return next;
      case 'rate-limited':
        // The run waits, not the gate: it can be continued before, and look-ups find out for themselves.
        queue.putBack(next);
        waitAsTold(verdict.ms);
        return null;
      case 'signed-out':
        // The last call ended the very token it was made with; its answer was lost, and the next one tells.
        if (isOperator(user) && user.tries.unclear > 0) {
          const note = 'The answer was lost; since then the token of this run is refused.';
          const { status, correlationId } = answer;
          await settle(next, { outcome: 'revoked', note, status, correlationId });
          return null;
        }
        queue.putBack(next);
        life.pause('sign-in-needed', 'The access token is no longer valid');
        return null;
      case 'ip-not-allowed':
        queue.putBack(next);
        life.pause('ip-not-allowed', 'The address of this computer is not on the org’s allowlist');
        return null;
    }
  };

  return {
    conclude,
    settle,
    // Without a network nothing was tried. A failing server was, so each probe counts, and nobody is tried for ever.
    stillBad: async (user, answer) => {
      const block = blockOf(answer);
      if (block) {
        shelve(user, answer);
        // Offline at first, and then a proxy that wants a password: said as it is now.
        pauseFor(block);
        return;
      }
      const { verdict, tries } = classifyAnswer(answer, user.tries, random);
      if (verdict.kind === 'settled') await settle({ ...user, tries }, verdict.settled);
      else queue.putBack({ ...user, tries });
    },
    forgetStreaks: () => {
      blockedInARow = 0;
      unclearInARow = 0;
    },
    get tooManyRequests() {
      return tooManyRequests;
    },
    get retries() {
      return retries;
    },
  };
}
