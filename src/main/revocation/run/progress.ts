import type { RunProgress, RunState } from '../../../shared/run.ts';
import type { Clock } from '../../clock.ts';
import type { Pacer } from '../../genesys/pacing.ts';
import type { RunMetrics } from './run-metrics.ts';

/** The window hears of a run at most this often, ms. */
const TELL_MS = 200;

/** While running, at least so often, ms: rate and chart move on although nothing ends. */
const QUIET_MS = 1_000;

/** What a runner knows of its run; whose it is, its journal says. */
export type RunnerProgress = Omit<RunProgress, 'about'>;

/** What its parts say of a run now, but for what was measured. */
interface RunNow {
  readonly runId: string;
  readonly state: RunState;
  readonly dryRun: boolean;
  readonly users: number;
  readonly inFlight: number;
  readonly tooManyRequests: number;
  readonly retries: number;
}

/** What the window shows of a run now. Users who wait for their turn have no outcome yet and are not counted. */
export function snapshot(now: RunNow, metrics: RunMetrics, pacer: Pacer): RunnerProgress {
  const counts = metrics.counts();
  const settled = Object.values(counts).reduce((sum, n) => sum + n, 0) - counts['kept-back'];
  const left = now.users - settled;
  const ratePerMinute = metrics.ratePerMinute();
  // A dry run makes no calls, so the gate says nothing about its speed.
  const speed = ratePerMinute || (now.dryRun ? 0 : pacer.pacePerMinute);
  return {
    runId: now.runId,
    state: now.state,
    dryRun: now.dryRun,
    users: now.users,
    counts,
    inFlight: now.inFlight,
    ratePerMinute,
    pacePerMinute: pacer.pacePerMinute,
    limitPerMinute: pacer.limitPerMinute,
    secondsLeft: now.state.kind === 'running' && speed > 0 ? Math.ceil((left * 60) / speed) : null,
    tooManyRequests: now.tooManyRequests,
    retries: now.retries,
    throughput: metrics.throughput(),
    recentFailures: metrics.recentFailures(),
    recentOutcomes: metrics.recentOutcomes(),
  };
}

/**
 * Tells of changes at most every TELL_MS, until the signal is aborted. A run that waits costs nothing.
 * @returns a function that notes a change.
 */
export function tellRegularly(
  clock: Clock,
  signal: AbortSignal,
  isRunning: () => boolean,
  tell: () => void,
): () => void {
  let soon = false;
  let later = false;

  function noteChange(): void {
    if (soon || signal.aborted) return;
    soon = true;
    clock.sleep(TELL_MS, signal).then(
      () => {
        soon = false;
        tell();
        keepMoving();
      },
      () => undefined,
    );
  }

  function keepMoving(): void {
    if (later || !isRunning() || signal.aborted) return;
    later = true;
    clock.sleep(QUIET_MS, signal).then(
      () => {
        later = false;
        noteChange();
      },
      () => undefined,
    );
  }

  return noteChange;
}
