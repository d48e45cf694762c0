import type { OutcomeRow, RunProgress, RunSummary } from '../../../shared/run.ts';
import { isFailure, MAX_FAILURES } from '../run/run-metrics.ts';
import { aboutOf, reportRows, type LoadedRun } from './load.ts';

/** What the window shows of a run that is not going on. */
export function finishedProgress(summary: RunSummary, run: LoadedRun): RunProgress {
  const failures: OutcomeRow[] = [];
  for (const row of reportRows(run)) if (isFailure(row.outcome)) failures.push(row);
  return {
    runId: summary.runId,
    about: aboutOf(run.replayed.header, summary.createdAt),
    state: summary.state,
    dryRun: summary.dryRun,
    users: summary.users,
    counts: summary.counts,
    inFlight: 0,
    ratePerMinute: 0,
    pacePerMinute: 0,
    limitPerMinute: 0,
    secondsLeft: null,
    tooManyRequests: 0,
    retries: 0,
    throughput: [],
    recentFailures: failures.sort((a, b) => (b.at ?? '').localeCompare(a.at ?? '')).slice(0, MAX_FAILURES),
    recentOutcomes: [],
  };
}
