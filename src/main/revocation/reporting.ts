import type { ListPreview } from '../../shared/list.ts';
import type {
  OutcomeRow,
  ReportFormat,
  RunProgress,
  RunSummary,
  RunTimeline,
  RunVerifications,
} from '../../shared/run.ts';
import { failure } from '../failure.ts';
import { nowIso } from '../clock.ts';
import { MAX_PAGE, signedIn, type RevocationDeps } from './deps.ts';
import { closeRun } from './history/close.ts';
import { reportRows } from './history/load.ts';
import { finishedProgress } from './history/finished-progress.ts';
import type { Runs } from './history/runs.ts';
import { createVerifying } from './history/verifying.ts';
import type { KeepOut } from './keep-out/keep-out.ts';
import type { RunnablePlans } from './planning.ts';
import { toCsv } from './report/csv.ts';
import { toHtml } from './report/html.ts';
import { toJson } from './report/json.ts';
import { timelineOf } from './report/timeline.ts';
import type { ActiveRun } from './run/active-run.ts';

/** Whom a retry takes up again. */
const AGAIN: readonly OutcomeRow['outcome'][] = ['failed', 'forbidden', 'not-attempted'];

/** What the calls about runs that were, and the one that goes on, need. */
export interface Reporting {
  /** A run that can be closed or deleted. @throws AppFailure `no-such-item`, `run-active` */
  restingRun(runId: string): Promise<RunSummary>;
  /** @throws AppFailure `no-such-item`, `run-active`, `journal-damaged`, `file-not-writable`. */
  closeRun(runId: string, reason: string): Promise<readonly RunSummary[]>;
  progress(runId: string): Promise<RunProgress>;

  /** @param which as `Runs.list`. */
  listRuns(which?: 'all' | 'open'): Promise<readonly RunSummary[]>;
  timeline(runId: string): Promise<RunTimeline>;
  outcomes(runId: string, from: number, count: number): Promise<readonly OutcomeRow[]>;
  /** Empty where `outcomes` has an answer at once. */
  firstOutcomes(runId: string): Promise<readonly OutcomeRow[]>;
  /** A PDF is the page, printed: by whoever has a printer. */
  report(runId: string, format: Exclude<ReportFormat, 'pdf'>): Promise<string>;
  /** Who was not revoked, for choosing again. @throws AppFailure `nothing-selected` when everybody was. */
  retryList(runId: string): Promise<ListPreview>;
  /** Who had signed in again at the last check, for choosing again. @throws AppFailure `nothing-selected`. */
  againList(runId: string): Promise<ListPreview>;
  /** @throws AppFailure `other-organization`, `run-active`, `cancelled`, and what the directory throws. */
  verify(runId: string): Promise<RunVerifications>;
  cancelVerifying(): void;
  verifications(runId: string): Promise<RunVerifications>;
  deleteRun(runId: string): Promise<readonly RunSummary[]>;
}

/** What the records of runs say, and what is made of them. */
export function createReporting(
  deps: RevocationDeps,
  plans: RunnablePlans,
  runs: Runs,
  active: ActiveRun,
  keepOut: KeepOut,
): Reporting {
  const { clock, onVerificationProgress: onProgress } = deps;
  const verifying = createVerifying({ runs, clock, onProgress });

  const refuseWhileUsed = async (runId: string): Promise<void> => {
    await active.refuseWhileActive(runId);
    if (keepOut.activeRunId() === runId) throw failure('run-active', 'Its users are being kept out.');
  };

  const rowsOf = async (runId: string): Promise<Iterable<OutcomeRow>> =>
    active.outcomes(runId, 0, Infinity) ?? reportRows(await runs.load(runId), 0, Infinity);

  const summaryOf = async (runId: string): Promise<RunSummary> => {
    const summary = await runs.summary(runId);
    const { state, counts } = active.progress(runId) ?? summary;
    return { ...summary, state, counts };
  };

  const listRuns = async (which?: 'all' | 'open'): Promise<readonly RunSummary[]> => {
    const summaries = await runs.list(which);
    const live = active.current();
    if (!live) return summaries;
    const { runId, state, counts } = live.runner.progress();
    return summaries.map((summary) => (summary.runId === runId ? { ...summary, state, counts } : summary));
  };

  return {
    restingRun: async (runId) => {
      await refuseWhileUsed(runId);
      return runs.summary(runId);
    },
    closeRun: async (runId, reason) => {
      await runs.summary(runId);
      await closeRun(runs.folderOf(runId), runId, clock, closedWhy(deps.session()?.operator.name, reason));
      return listRuns();
    },
    progress: async (runId) =>
      active.progress(runId) ?? finishedProgress(await runs.summary(runId), await runs.load(runId)),

    listRuns,
    timeline: async (runId) => timelineOf((await runs.load(runId)).replayed),
    outcomes: async (runId, from, count) => {
      const page = Math.min(count, MAX_PAGE);
      return active.outcomes(runId, from, page) ?? [...reportRows(await runs.load(runId), from, page)];
    },
    firstOutcomes: async (runId) => (active.outcomes(runId, 0, 0) ? [] : runs.firstRows(runId)),
    report: async (runId, format) => {
      const rows = await rowsOf(runId);
      if (format === 'csv') return toCsv(rows);
      const run = await summaryOf(runId);
      const verifications = await verifying.all(runId);
      const keptOut = await keepOut.list(runId);
      if (format === 'json') return toJson(run, rows, verifications, keptOut);
      return toHtml(run, rows, verifications, nowIso(clock), keptOut);
    },
    retryList: async (runId) =>
      plans.childList(idsToRetry(await rowsOf(runId)), runId, `Not revoked by the run ${runId}`),
    againList: async (runId) =>
      plans.childList(await verifying.againIds(runId), runId, `Signed in again after the run ${runId}`),
    verify: async (runId) => {
      await active.refuseWhileActive(runId);
      return verifying.verify(runId, signedIn(deps));
    },
    cancelVerifying: () => verifying.cancel(),
    verifications: (runId) => verifying.latest(runId),
    deleteRun: async (runId) => {
      await refuseWhileUsed(runId);
      await runs.delete(runId);
      return listRuns();
    },
  };
}

const closedWhy = (by: string | undefined, reason: string): string =>
  `Closed without resuming${by === undefined ? '' : ` by ${by}`}${reason === '' ? '' : `: ${reason}`}`;

function idsToRetry(rows: Iterable<OutcomeRow>): readonly string[] {
  const ids: string[] = [];
  for (const { outcome, userId } of rows) if (AGAIN.includes(outcome) && userId !== null) ids.push(userId);
  return ids;
}
