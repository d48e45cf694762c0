import type { RevokeAnswer } from '../ports.ts';
import { isBlocked, type Answers } from './answers.ts';
import type { Attempts } from './attempt.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Pending, PendingQueue } from './queue.ts';

export interface Recovery {
  /** Resolves when there is a network again and the run goes on, or when the pause has ended otherwise. */
  readonly waitForNetwork: () => Promise<void>;
  /** As `waitForNetwork`, for a server that fails. */
  readonly waitForServer: () => Promise<void>;
}

/** The workers of a run, as far as a probe needs them: it is one of them. */
export interface Workforce {
  readonly count: number;
  enter(): void;
  leave(): void;
  /** Sets more of them going, where there is something to do. */
  fill(): void;
}

/** One user at a time finds out whether there is a network, or a server, again. */
export function createRecovery(options: {
  readonly queue: PendingQueue;
  readonly life: Lifecycle;
  readonly attempts: Attempts;
  readonly answers: Answers;
  readonly workforce: Workforce;
}): Recovery {
  const { queue, life, attempts, answers, workforce } = options;

  const tryOne = async (
    user: Pending,
    isStillBad: (answer: RevokeAnswer) => boolean,
    signal: AbortSignal,
  ): Promise<void> => {
    const tried = await attempts.attempt(user, signal);
    if (!tried) return;
    if (isStillBad(tried.answer)) {
      await answers.stillBad(tried.user, tried.answer);
      return;
    }
    await life.goOn('Genesys Cloud answers again').catch(() => undefined); // paused again, for the journal
    const again = await answers.conclude(tried.user, tried.answer, life.signal);
    if (again) queue.putBack(again);
    workforce.fill();
  };

  const probe = async (
    take: (alone: boolean) => Pending | undefined,
    isStillBad: (answer: RevokeAnswer) => boolean,
  ): Promise<void> => {
    const { signal } = life;
    for (let n = 0; await life.waitedForProbe(n, signal); n += 1) {
      const user = take(workforce.count === 0);
      if (!user && queue.left > 0) continue; // the operator, who waits for the others
      if (!user) return;
      workforce.enter();
      await tryOne(user, isStillBad, signal);
      workforce.leave();
    }
  };

  return {
    waitForNetwork: () => probe(queue.take, isBlocked),
    waitForServer: () => probe(queue.takeForProbe, ({ kind }) => kind === 'unclear'),
  };
}
