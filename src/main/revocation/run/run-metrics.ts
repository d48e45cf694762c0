import { NO_COUNTS, type OutcomeCounts, type OutcomeKind, type OutcomeRow } from '../../../shared/run.ts';
import type { Clock } from '../../clock.ts';

/** Seconds of throughput that are kept, and those of them that make the rate. */
const CHART_SECONDS = 120;
const RATE_SECONDS = 30;

/** Failures shown while a run goes on; the report has all. */
export const MAX_FAILURES = 50;

/** Outcomes of whatever kind that are shown while a run goes on. */
const MAX_RECENT = 10;

/** Whether somebody has to look at it: their tokens may still be valid. */
export const isFailure = (outcome: OutcomeKind): boolean =>
  outcome === 'failed' || outcome === 'forbidden' || outcome === 'not-found';

export interface RunMetrics {
  readonly add: (row: OutcomeRow) => void;
  /** Outcomes that are no throughput: known before, kept back, never attempted. */
  readonly addMany: (outcome: OutcomeKind, count: number) => void;
  /** The run goes on from now: the rate is measured anew. */
  readonly running: () => void;
  readonly counts: () => OutcomeCounts;
  readonly ratePerMinute: () => number;
  readonly throughput: () => readonly number[];
  readonly recentFailures: () => readonly OutcomeRow[];
  readonly recentOutcomes: () => readonly OutcomeRow[];
}

/** Counts outcomes as they come; nothing here grows with the number of users. */
export function createRunMetrics(clock: Clock): RunMetrics {
  const counts: Record<OutcomeKind, number> = { ...NO_COUNTS };
  const failures: OutcomeRow[] = [];
  const recent: OutcomeRow[] = [];
  /** Outcomes per second, by second modulo CHART_SECONDS. */
  const ring = new Array<number>(CHART_SECONDS).fill(0);
  const second = (): number => Math.floor(clock.monotonic() / 1_000);
  let newest = second();
  let runningSince = newest;

  const rollOn = (): number => {
    const now = second();
    const passed = Math.min(now - newest, CHART_SECONDS);
    for (let n = 1; n <= passed; n += 1) ring[(now - passed + n) % CHART_SECONDS] = 0;
    newest = now;
    return now;
  };
  /** The last `seconds` whole seconds and the one that has begun, oldest first. */
  const last = (seconds: number): number[] => {
    const now = rollOn();
    return Array.from(
      { length: seconds },
      (_, n) => ring[(((now - seconds + 1 + n) % CHART_SECONDS) + CHART_SECONDS) % CHART_SECONDS] ?? 0,
    );
  };

  return {
    add: (row) => {
      counts[row.outcome] += 1;
      const now = rollOn();
      ring[now % CHART_SECONDS] = (ring[now % CHART_SECONDS] ?? 0) + 1;
      recent.unshift(row);
      recent.length = Math.min(recent.length, MAX_RECENT);
      if (!isFailure(row.outcome)) return;
      failures.unshift(row);
      failures.length = Math.min(failures.length, MAX_FAILURES);
    },
    addMany: (outcome, count) => {
      counts[outcome] += count;
    },
    running: () => {
      runningSince = second();
    },
    counts: () => ({ ...counts }),
    ratePerMinute: () => {
      const seconds = Math.min(RATE_SECONDS, second() - runningSince);
      if (seconds < 1) return 0;
      // Whole seconds only: the one that has begun would pull the rate down.
      const whole = last(seconds + 1).slice(0, -1);
      return (whole.reduce((sum, n) => sum + n, 0) * 60) / seconds;
    },
    throughput: () => last(CHART_SECONDS),
    recentFailures: () => [...failures],
    recentOutcomes: () => [...recent],
  };
}
