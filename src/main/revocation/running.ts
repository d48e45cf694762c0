import type { RunProgress, RunStartRequest } from '../../shared/run.ts';
import { failure } from '../failure.ts';
import { signedIn, type Ready, type RevocationDeps } from './deps.ts';
import type { Runs } from './history/runs.ts';
import { isOwner } from './owner.ts';
import type { Plan } from './plan/kept-plans.ts';
import { refuseOtherProtection, type RunnablePlans } from './planning.ts';
import type { ActiveRun } from './run/active-run.ts';
import { checkRequest } from './run/start-checks.ts';
import {
  describe,
  leftOf,
  readResumable,
  refuseForeign,
  type AgreedResume,
  type Resumable,
} from './run/resumable.ts';

/** What the calls that start a run, or go on with one, need. */
export interface Running {
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
}

/** From a plan to a run that goes on, and from an interrupted one. */
export function createRunning(
  deps: RevocationDeps,
  plans: RunnablePlans,
  runs: Runs,
  active: ActiveRun,
): Running {
  const { protectedEntries } = deps;
  return {
    readyToStart: async (request) => {
      const session = signedIn(deps);
      const plan = plans.find(request.planId);
      checkRequest(plan, request, session);
      if (!request.dryRun) plans.refuseRun(plan);
      await active.refuseWhileActive();
      await refuseOtherProtection(plan, protectedEntries);
      const holds = (): boolean => deps.session() === session && plans.find(request.planId) === plan;
      return { what: plan, session, holds };
    },
    start: async (request) => {
      const plan = plans.find(request.planId);
      const session = signedIn(deps);
      checkRequest(plan, request, session);
      if (!request.dryRun) plans.refuseRun(plan);
      await refuseOtherProtection(plan, protectedEntries);
      if (deps.session() !== session)
        throw failure('changed-meanwhile', 'Somebody signed in or out meanwhile.');
      const started = await active.start(plan, request, session);
      if (!request.dryRun) plans.noteRun(plan);
      return started;
    },
    pause: (runId) => active.pause(runId),
    continue: (runId) => active.continue(runId, signedIn(deps)),
    cancel: (runId) => active.cancel(runId),
    handOver: (runId, agreed) => active.handOver(runId, signedIn(deps), agreed),
    readyToContinue: async (runId) => {
      const session = signedIn(deps);
      const live = active.current();
      if (live?.runId !== runId || isOwner(session, live.owner)) return null;
      const { replayed } = await runs.load(runId);
      if (!replayed.header) throw failure('journal-damaged', 'The journal has no header.');
      refuseForeign(replayed.header, session);
      const left = leftOf(live.rows, live.settled);
      const what = await describe(left, replayed.header, null, session, protectedEntries);
      return { what, session, holds: () => deps.session() === session && active.current() === live };
    },
    readyToResume: async (runId) => {
      const session = signedIn(deps);
      await active.refuseWhileActive();
      await runs.summary(runId);
      const folder = runs.folderOf(runId);
      const what = await readResumable(folder, runId, session, protectedEntries);
      return { what, session, holds: () => deps.session() === session };
    },
    resume: (runId, agreed) => active.resume(runId, signedIn(deps), agreed),
  };
}
