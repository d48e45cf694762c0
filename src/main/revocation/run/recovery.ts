import type { RevokeAnswer } from '../ports.ts';
import type { Answers } from './answers.ts';
import type { Attempts } from './attempt.ts';
import type { Lifecycle } from './lifecycle.ts';
import { isBlocked } from './pauses.ts';
import type { Pending, PendingQueue } from './queue.ts';
import type { Workers } from './workers.ts';

export interface Recovery {
  /** Resolves when there is a network again and the run goes on, or when the pause has ended otherwise. */
  readonly waitForNetwork: () => Promise<void>;
  /** As `waitForNetwork`, for a server that fails. */
  readonly waitForServer: () => Promise<void>;
}

/** One user at a time finds out whether there is a network, or a server, again. */
export function createRecovery(options: {
  readonly queue: PendingQueue;
  readonly life: Lifecycle;
  readonly attempts: Attempts;
  readonly answers: Answers;
  readonly workers: Workers;
}): Recovery {
  const { queue, life, attempts, answers, workers } = options;

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
    await life.resume('Genesys Cloud answers again').catch(() => undefined); // paused again, for the journal
    const again = await answers.conclude(tried.user, tried.answer, life.signal);
    if (again) queue.putBack(again);
    workers.fill();
  };

  const probe = async (
    take: (alone: boolean) => Pending | undefined,
    isStillBad: (answer: RevokeAnswer) => boolean,
  ): Promise<void> => {
    const { signal } = life;
    for (let n = 0; await life.waitedForProbe(n, signal); n += 1) {
      const user = take(workers.count === 0);
      if (!user && queue.left > 0) continue; // the operator, who waits for the others
      if (!user) return;
      workers.enter();
      await tryOne(user, isStillBad, signal);
      workers.leave();
    }
  };

  return {
    waitForNetwork: () => probe(queue.take, isBlocked),
    waitForServer: () => probe(queue.takeForProbe, ({ kind }) => kind === 'unclear'),
  };
}
