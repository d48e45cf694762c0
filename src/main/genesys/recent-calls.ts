import type { Clock } from '../clock.ts';

/** Counts calls second by second, whatever their number. */
export interface RecentCalls {
  add(): void;
  /** Calls within the last minute; those of the second in which it began are among them. */
  count(): number;
}

/** A minute, and the second in which it began. */
const SECONDS = 61;

/** A ring of seconds: what it holds does not grow with the calls. */
export function createRecentCalls(clock: Clock): RecentCalls {
  const counts = new Array<number>(SECONDS).fill(0);
  let newest = secondOf(clock);

  /** Empties the seconds that have passed since the last look. */
  const advance = (): number => {
    const second = secondOf(clock);
    const first = Math.max(newest + 1, second - SECONDS + 1);
    for (let passed = first; passed <= second; passed += 1) counts[passed % SECONDS] = 0;
    newest = second;
    return second % SECONDS;
  };

  return {
    add: () => {
      const at = advance();
      counts[at] = (counts[at] ?? 0) + 1;
    },
    count: () => {
      advance();
      return counts.reduce((sum, count) => sum + count, 0);
    },
  };
}

const secondOf = (clock: Clock): number => Math.floor(clock.monotonic() / 1000);
