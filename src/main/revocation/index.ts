import { isDeepStrictEqual } from 'node:util';
import type { KeepOutSummary } from '../../shared/keep-out.ts';
import type { ListPreview, ListProgress } from '../../shared/list.ts';
import type {
  DecidedPlan,
  FoundPerson,
  PlanProgress,
  PlanRow,
  PlanSummary,
  ProtectedEntry,
  ProtectedStatus,
  ReviewDecision,
  SavedPlan,
  Selection,
} from '../../shared/plan.ts';
import type {
  OutcomeRow,
  ReportFormat,
  RunProgress,
  RunStartRequest,
  RunSummary,
  RunTimeline,
  RunVerifications,
  VerificationProgress,
} from '../../shared/run.ts';
import type { Clock } from '../clock.ts';
import { failure } from '../failure.ts';
import { closeRun } from './history/close.ts';
import { reportRows } from './history/load.ts';
import { restingProgress } from './history/resting.ts';
import { createRuns } from './history/runs.ts';
import { createVerifying } from './history/verifying.ts';
import { createKeepOut, type KeepOut } from './keep-out/keep-out.ts';
import { createLists } from './lists/lists.ts';
import type { ListReader } from './lists/worker-reader.ts';
import { profiles } from './plan/candidates.ts';
import type { Plan } from './plan/kept-plans.ts';
import { createPlans } from './plan/plans.ts';
import { withProtected } from './plan/protect.ts';
import { checkProtected } from './plan/protected-status.ts';
import { rowsIn } from './plan/review.ts';
import { createSavedPlans, planFile } from './plan/saved.ts';
import type { RevocationSession } from './ports.ts';
import { toCsv } from './report/csv.ts';
import { toHtml } from './report/html.ts';
import { toJson } from './report/json.ts';
import { timelineOf } from './report/timeline.ts';
import { createActiveRun } from './run/active.ts';
import { isOwner } from './owner.ts';
import { checkRequest } from './run/admission.ts';
import {
  describe,
  leftOf,
  readResumable,
  refuseForeign,
  type AgreedResume,
  type Resumable,
} from './run/resumable.ts';

export interface RevocationDeps {
  /** Folder of all runs, as it is now; made when the first one starts. Never changes while a run goes on. */
  readonly runsDir: () => string;
  readonly appVersion: string;
  readonly clock: Clock;
  /** 0 to 1: for ids and jitter, no secrets. */
  readonly random: () => number;
  /** Who is signed in now; null when nobody is. */
  readonly session: () => RevocationSession | null;
  readonly onProgress: (progress: RunProgress) => void;
  /** Whom no run of that connection touches. While this fails, no plan is made. */
  readonly protectedEntries: (connectionId: string) => Promise<readonly ProtectedEntry[]>;
  /** Reads a list, away from main's own thread. */
  readonly readList: ListReader;
  readonly onListProgress: (progress: ListProgress) => void;
  readonly saveProtected: (connectionId: string, entries: readonly ProtectedEntry[]) => Promise<unknown>;
  readonly onPlanProgress: (progress: PlanProgress) => void;
  readonly onVerificationProgress: (progress: VerificationProgress) => void;
  readonly onKeepOut: (summary: KeepOutSummary) => void;
  /** The clock by which users are kept out, where it is another: tests let an hour pass in seconds. */
  readonly keepOutClock?: Clock;
}

/** Whom a retry takes up again. */
const AGAIN: readonly OutcomeRow['outcome'][] = ['failed', 'forbidden', 'not-attempted'];

/** Longest that asking about candidates may take, ms. */
const CALL_LIMIT_MS = 60_000;

/** Most rows in one answer (contract: Page). */
const MAX_PAGE = 10_000;

/** Users that a dialog names, at most; the others are counted. */
export const MOST_NAMES = 5;

/** What is about to be done, under which session, and whether both are still what they were. */
export interface Ready<T> {
  readonly what: T;
  readonly session: RevocationSession;
  readonly holds: () => boolean;
}

/** What the calls `list.*`, `plan.*` and `runs.*` need. Expected failures are thrown as AppFailure. */
export interface Revocation {
  listFromText(text: string): Promise<ListPreview>;
  listFromBytes(name: string, bytes: Uint8Array): Promise<ListPreview>;
  /** Another sheet of the workbook that a list was read from. */
  listFromSheet(listId: string, sheet: number): Promise<ListPreview>;
  cancelReadingList(): void;

  resolvePlan(selection: Selection): Promise<PlanSummary>;
  cancelResolving(): void;
  planRows(planId: string, from: number, count: number): readonly PlanRow[];
  /** @throws AppFailure `no-such-item`, `invalid-input`; protecting: what saving the protected users throws. */
  decidePlan(planId: string, decision: ReviewDecision): Promise<DecidedPlan>;
  /** Whom an ambiguous row can mean. */
  planCandidates(planId: string, row: number): Promise<readonly FoundPerson[]>;
  /** A plan as a file holds it, in pieces. @throws AppFailure `no-such-item` */
  planFile(planId: string): AsyncIterable<string | Uint8Array>;
  /** @throws AppFailure `plan-damaged`, `other-organization`, `file-too-large`. */
  openPlan(name: string, bytes: Uint8Array): Promise<SavedPlan>;
  /** What the protected entries of the connection in use stand for now. */
  checkProtected(): Promise<readonly ProtectedStatus[]>;
  /**
   * Every check of a start but the person's consent, which is the caller's to ask for.
   * @throws AppFailure as `start`, and `changed-meanwhile` when the protected list is not the one of the plan.
   */
  readyToStart(request: RunStartRequest): Promise<Ready<Plan>>;
  start(request: RunStartRequest): Promise<RunProgress>;
  pause(runId: string): RunProgress;
  /** What going on under another connection means; null when the session owns the run, or it has ended by now. */
  readyToContinue(runId: string): Promise<Ready<Resumable> | null>;
  continue(runId: string): Promise<RunProgress>;
  /** Goes on under another connection, as the person agreed to it. */
  handOver(runId: string, agreed: AgreedResume): Promise<RunProgress>;
  cancel(runId: string): RunProgress;
  /** What going on with an interrupted run means. @throws AppFailure as `resume`. */
  readyToResume(runId: string): Promise<Ready<Resumable>>;
  resume(runId: string, agreed: AgreedResume): Promise<RunProgress>;
  /** A run that can be closed or deleted. @throws AppFailure `no-such-item`, `run-active` */
  restingRun(runId: string): Promise<RunSummary>;
  /** @throws AppFailure `no-such-item`, `run-active`, `journal-damaged`, `file-not-writable`. */
  closeRun(runId: string, reason: string): Promise<readonly RunSummary[]>;
  progress(runId: string): Promise<RunProgress>;

  listRuns(): Promise<readonly RunSummary[]>;
  timeline(runId: string): Promise<RunTimeline>;
  outcomes(runId: string, from: number, count: number): Promise<readonly OutcomeRow[]>;
  report(runId: string, format: ReportFormat): Promise<string>;
  /** Who was not revoked, for choosing again. @throws AppFailure `nothing-selected` when everybody was. */
  retryList(runId: string): Promise<ListPreview>;
  /** Who had signed in again at the last check, for choosing again. @throws AppFailure `nothing-selected`. */
  againList(runId: string): Promise<ListPreview>;
  /** @throws AppFailure `other-organization`, `run-active`, `cancelled`, and what the directory throws. */
  verify(runId: string): Promise<RunVerifications>;
  cancelVerifying(): void;
  verifications(runId: string): Promise<RunVerifications>;
  deleteRun(runId: string): Promise<readonly RunSummary[]>;

  /** Revokes again whoever comes back, for as long as the person has agreed to. */
  readonly keepOut: KeepOut;
  activeRunId(): string | null;
  /** Whether anything would be cut off by the end of the app. */
  isBusy(): boolean;
  /** Runs that can be resumed. */
  interruptedRunIds(): Promise<readonly string[]>;
  /** Somebody signed in: a run that waits for it goes on, if it is the same operator in the same org. */
  sessionChanged(): Promise<void>;
  /** The computer goes to sleep: the run that is going on calls for nobody until it is awake. */
  computerSleeps(): void;
  computerWakes(): void;
  /** For the end of the app. The run that is going on can be resumed afterwards. */
  shutdown(): Promise<void>;
}

/** Puts the room together; nothing in it knows Electron or HTTP. */
export function createRevocation(deps: RevocationDeps): Revocation {
  const { clock, random } = deps;
  const lists = createLists({ random, clock, read: deps.readList, onProgress: deps.onListProgress });
  const saved = createSavedPlans(random);
  const { protectedEntries, onPlanProgress: onProgress } = deps;
  const plans = createPlans({ lists, saved, protectedEntries, clock, random, onProgress });
  const runs = createRuns(deps.runsDir, random);
  const active = createActiveRun({ ...deps, runs });
  const verifying = createVerifying({ runs, clock, onProgress: deps.onVerificationProgress });

  const keepOut = createKeepOut({
    ...deps,
    runs,
    clock: deps.keepOutClock ?? clock,
    names: MOST_NAMES,
    onChange: deps.onKeepOut,
  });

  const signedIn = (): RevocationSession => {
    const session = deps.session();
    if (!session) throw failure('signed-out', 'Nobody is signed in.');
    return session;
  };

  /** Lists made of a run's failures, and plans made of such a list alone: a few short strings per retry. */
  const retries = new Map<string, string>();
  const parents = new Map<string, string>();

  /** Plans that were run: a plan is run once, so that a second press revokes nobody. */
  const ran = new WeakSet<Plan>();
  const refuseRun = (plan: Plan): void => {
    if (ran.has(plan)) throw failure('plan-over', 'This plan was already run.');
  };

  const refuseOtherProtection = async ({ owner, protectedEntries: before }: Plan): Promise<void> => {
    if (isDeepStrictEqual(before, await protectedEntries(owner.connectionId))) return;
    throw failure('changed-meanwhile', 'The protected users are not those of the plan. Review it again.');
  };

  const refuseWhileActive = (): void => {
    if (active.current()) throw failure('run-active', 'Another run is going on.');
  };

  const refuseWhileUsed = (runId: string): void => {
    if (active.current()?.runId === runId) throw failure('run-active', 'This run is still going on.');
    if (keepOut.activeRunId() === runId) throw failure('run-active', 'Its users are being kept out.');
  };

  /** A list whose plan becomes a run that names this one. */
  const childList = async (ids: readonly string[], runId: string, name: string): Promise<ListPreview> => {
    if (ids.length === 0) throw failure('nothing-selected', 'Nobody is left to try again.');
    const list = await lists.fromText(ids.join('\n'), name);
    retries.set(list.listId, runId);
    return list;
  };

  const rowsOf = async (runId: string, from = 0, count = Infinity): Promise<Iterable<OutcomeRow>> =>
    active.outcomes(runId, from, count) ?? reportRows(await runs.load(runId), from, count);

  const summaryOf = async (runId: string): Promise<RunSummary> => {
    const summary = await runs.summary(runId);
    const live = active.progress(runId);
    return live ? { ...summary, state: live.state, counts: live.counts } : summary;
  };

  const listRuns = async (): Promise<readonly RunSummary[]> => {
    const summaries = await runs.list();
    const live = active.current();
    if (!live) return summaries;
    const { runId, state, counts } = live.runner.progress();
    return summaries.map((summary) => (summary.runId === runId ? { ...summary, state, counts } : summary));
  };

  return {
    listFromText: (text) => lists.fromText(text),
    listFromBytes: (name, bytes) => lists.fromBytes(name, bytes),
    listFromSheet: (listId, sheet) => lists.fromSheet(listId, sheet),
    cancelReadingList: () => lists.cancel(),

    resolvePlan: async (selection) => {
      const plan = await plans.resolve(selection, signedIn());
      const [only, ...others] = selection.include;
      const parent = only?.kind === 'list' && others.length === 0 ? retries.get(only.listId) : undefined;
      if (parent !== undefined) parents.set(plan.planId, parent);
      return plan;
    },
    cancelResolving: () => plans.cancelResolving(),
    planRows: (planId, from, count) => plans.find(planId).rows.slice(from, from + Math.min(count, MAX_PAGE)),
    decidePlan: async (planId, decision) => {
      const session = signedIn();
      const plan = plans.find(planId);
      if (plan.summary.connectionId !== session.connection.id)
        throw failure('other-organization', 'The plan was made with another sign-in. Review it again.');
      refuseRun(plan);
      let protectedNow = plan.protectedEntries;
      if (decision.kind === 'protect') {
        await refuseOtherProtection(plan);
        protectedNow = withProtected(protectedNow, rowsIn(plan.rows, decision.rows));
        await deps.saveProtected(session.connection.id, protectedNow);
      }
      const decided = await plans.decide(planId, decision, session, protectedNow);
      const parent = parents.get(planId);
      if (parent !== undefined) parents.set(decided.plan.planId, parent);
      return decided;
    },
    planCandidates: async (planId, row) =>
      profiles(plans.candidates(planId, row), signedIn().directory, AbortSignal.timeout(CALL_LIMIT_MS)),
    planFile: (planId) => planFile(plans.find(planId)),
    openPlan: async (name, bytes) => saved.open(name, bytes, signedIn()),
    checkProtected: async () => {
      const session = signedIn();
      return checkProtected(await protectedEntries(session.connection.id), session.directory);
    },

    readyToStart: async (request) => {
      const session = signedIn();
      const plan = plans.find(request.planId);
      checkRequest(plan, request, session);
      if (!request.dryRun) refuseRun(plan);
      refuseWhileActive();
      await refuseOtherProtection(plan);
      const holds = (): boolean => deps.session() === session && plans.find(request.planId) === plan;
      return { what: plan, session, holds };
    },
    start: async (request) => {
      const plan = plans.find(request.planId);
      const session = signedIn();
      checkRequest(plan, request, session);
      if (!request.dryRun) refuseRun(plan);
      await refuseOtherProtection(plan);
      if (deps.session() !== session)
        throw failure('changed-meanwhile', 'Somebody signed in or out meanwhile.');
      const started = await active.start(plan, request, session, parents.get(request.planId) ?? null);
      if (!request.dryRun) ran.add(plan);
      return started;
    },
    pause: (runId) => active.pause(runId),
    continue: (runId) => active.continue(runId, signedIn()),
    cancel: (runId) => active.cancel(runId),
    handOver: (runId, agreed) => active.handOver(runId, signedIn(), agreed),
    readyToContinue: async (runId) => {
      const session = signedIn();
      const live = active.current();
      if (live?.runId !== runId || isOwner(session, live.owner)) return null;
      const { folded } = await runs.load(runId);
      if (!folded.header) throw failure('journal-damaged', 'The journal has no header.');
      refuseForeign(folded.header, session);
      const left = leftOf(live.rows, live.settled);
      const what = await describe(left, folded.header, null, session, protectedEntries, MOST_NAMES);
      return { what, session, holds: () => deps.session() === session && active.current() === live };
    },
    readyToResume: async (runId) => {
      const session = signedIn();
      refuseWhileActive();
      await runs.summary(runId);
      const folder = runs.folderOf(runId);
      const what = await readResumable(folder, runId, session, protectedEntries, MOST_NAMES);
      return { what, session, holds: () => deps.session() === session };
    },
    resume: (runId, agreed) => active.resume(runId, signedIn(), agreed),
    restingRun: async (runId) => {
      refuseWhileUsed(runId);
      return runs.summary(runId);
    },
    closeRun: async (runId, reason) => {
      await runs.summary(runId);
      const by = deps.session()?.operator.name;
      const why = `Closed without resuming${by === undefined ? '' : ` by ${by}`}${reason === '' ? '' : `: ${reason}`}`;
      await closeRun(runs.folderOf(runId), runId, clock, why);
      return listRuns();
    },
    progress: async (runId) =>
      active.progress(runId) ?? restingProgress(await runs.summary(runId), await runs.load(runId)),

    listRuns,
    timeline: async (runId) => timelineOf((await runs.load(runId)).folded),
    outcomes: async (runId, from, count) => {
      const page = Math.min(count, MAX_PAGE);
      return active.outcomes(runId, from, page) ?? [...reportRows(await runs.load(runId), from, page)];
    },
    report: async (runId, format) => {
      const rows = await rowsOf(runId);
      if (format === 'csv') return toCsv(rows);
      const run = await summaryOf(runId);
      const verifications = await verifying.all(runId);
      const keptOut = await keepOut.list(runId);
      if (format === 'json') return toJson(run, rows, verifications, keptOut);
      return toHtml(run, rows, verifications, new Date(clock.now()).toISOString(), keptOut);
    },
    retryList: async (runId) => {
      const ids = [...(await rowsOf(runId))].flatMap(({ outcome, userId }) =>
        AGAIN.includes(outcome) && userId !== null ? [userId] : [],
      );
      return childList(ids, runId, `Not revoked by the run ${runId}`);
    },
    againList: async (runId) =>
      childList(await verifying.againIds(runId), runId, `Signed in again after the run ${runId}`),
    verify: async (runId) => {
      if (active.current()?.runId === runId) throw failure('run-active', 'This run is still going on.');
      return verifying.verify(runId, signedIn());
    },
    cancelVerifying: () => verifying.cancel(),
    verifications: (runId) => verifying.latest(runId),
    deleteRun: async (runId) => {
      refuseWhileUsed(runId);
      await runs.delete(runId);
      return listRuns();
    },

    keepOut,
    isBusy: () => active.current() !== null || keepOut.activeRunId() !== null,
    activeRunId: () => active.current()?.runId ?? null,
    interruptedRunIds: async () =>
      (await listRuns())
        .filter(({ state, damage }) => state.kind === 'interrupted' && damage === null)
        .map(({ runId }) => runId),
    sessionChanged: async () => {
      const session = deps.session();
      if (session) await Promise.all([active.signedIn(session), keepOut.signedIn(session)]);
    },
    computerSleeps: () => {
      active.sleep();
      keepOut.sleep();
    },
    computerWakes: () => {
      active.wake();
      keepOut.wake();
    },
    shutdown: async () => {
      await Promise.all([active.shutdown(), keepOut.shutdown()]);
    },
  };
}
