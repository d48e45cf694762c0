import { once } from 'node:events';
import { availableParallelism, loadavg } from 'node:os';
import { Worker } from 'node:worker_threads';

/** Later than this, somebody else had the machine. */
const HELD_UP_MS = 50;

export interface Machine {
  readonly load: () => string;
  /** Does a part, and once more when the machine was held up meanwhile; the second time counts. */
  readonly undisturbed: <T>(part: string, work: () => Promise<T>) => Promise<T>;
  readonly end: () => Promise<void>;
}

/** Watches the machine from a thread that only waits: what this process does itself does not count. */
export function watchMachine(say: (text: string) => void): Machine {
  const thread = new Worker(new URL('held-up.mjs', import.meta.url));
  const heldUp = async (): Promise<number> => {
    thread.postMessage(null);
    const [late] = (await once(thread, 'message')) as [number];
    return late;
  };
  return {
    load: () =>
      `load average ${loadavg()
        .map((load) => load.toFixed(1))
        .join(', ')} on ${availableParallelism()} cores`,
    undisturbed: async (part, work) => {
      await heldUp();
      const first = await work();
      const late = await heldUp();
      if (late <= HELD_UP_MS) return first;
      say(`${part}: the machine was held up for ${late.toFixed(0)} ms; measured once more.`);
      const second = await work();
      const again = await heldUp();
      if (again > HELD_UP_MS) say(`${part}: held up for ${again.toFixed(0)} ms again.`);
      return second;
    },
    end: async () => {
      await thread.terminate();
    },
  };
}
