import type { Clock } from '../../clock.ts';
import type { Attempts } from './attempt.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Pending, PendingQueue } from './queue.ts';

/**
 * Workers that wait at the gate. As soon as one passes, another takes its place, so that there are always as many calls
 * under way as pace × latency asks for, and the gate is the limit, never the latency.
 */
const AT_GATE = 2;

/** Most workers together, those that wait to retry included. At 300 a minute enough for answers that take 25 s. */
const MAX_WORKERS = 128;

/** Those who take users from the queue, one user at a time each. */
export interface Workers {
  readonly count: number;
  /** Sets more of them going, where there is something to do. */
  fill(): void;
  /** Somebody else works on a user: a probe is one of them. */
  enter(): void;
  leave(): void;
  /** Resolves when nobody works any more, or the time is over. */
  idleWithin(ms: number): Promise<void>;
}

export function createWorkers(options: {
  readonly queue: PendingQueue;
  readonly life: Pick<Lifecycle, 'state'>;
  readonly attempts: () => Pick<Attempts, 'atGate'>;
  readonly handle: (user: Pending) => Promise<void>;
  /** Somebody has ended, perhaps the last. */
  readonly onLeft: () => void;
  readonly clock: Clock;
}): Workers {
  const { queue, life, attempts, handle, onLeft, clock } = options;
  let count = 0;
  let onIdle = (): void => undefined;

  const mayWait = (): boolean => life.state.kind === 'running' && attempts().atGate < AT_GATE;
  const left = (): void => {
    if (count === 0) onIdle();
    onLeft();
  };

  const work = async (): Promise<void> => {
    count += 1;
    while (mayWait()) {
      const user = queue.take(count === 1);
      if (!user) break;
      await handle(user);
    }
    count -= 1;
    fill(); // the operator waits until nobody else is on the way
    left();
  };

  function fill(): void {
    while (mayWait() && queue.ready(count === 0) && count < MAX_WORKERS) void work();
  }

  return {
    get count() {
      return count;
    },
    fill,
    enter: () => {
      count += 1;
    },
    leave: () => {
      count -= 1;
      left();
    },
    idleWithin: async (ms) => {
      if (count === 0) return;
      const enough = new AbortController();
      const idle = new Promise<void>((resolve) => {
        onIdle = resolve;
      });
      await Promise.race([idle, clock.sleep(ms, enough.signal)]);
      enough.abort();
    },
  };
}
