import { isDeepStrictEqual } from 'node:util';
import type { ListPreview } from '../../shared/list.ts';
import type { FoundPerson } from '../../shared/directory.ts';
import type {
  DecidedPlan,
  PlanRow,
  PlanSummary,
  ProtectedStatus,
  ReviewDecision,
  SavedPlan,
  Selection,
} from '../../shared/plan.ts';
import { failure } from '../failure.ts';
import { MAX_PAGE, signedIn, type RevocationDeps } from './deps.ts';
import { Lists } from './lists/lists.ts';
import { profiles } from './plan/candidates.ts';
import type { Plan } from './plan/kept-plans.ts';
import { createPlans } from './plan/plans.ts';
import { withProtected } from './plan/protect.ts';
import { checkProtected } from './plan/protected-status.ts';
import { rowsIn } from './plan/review.ts';
import { createSavedPlans, planFile } from './plan/saved.ts';

/** Longest that asking about candidates may take, ms. */
const CALL_LIMIT_MS = 60_000;

/** What the calls `list.*` and `plan.*` need. */
export interface Planning {
  /** Lists that were pasted or opened. */
  readonly lists: Lists;

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
}

/** Plans as a run sees them. */
export interface RunnablePlans {
  /** @throws AppFailure `no-such-item` */
  find(planId: string): Plan;
  /** A plan is run once, so that a second press revokes nobody. @throws AppFailure `plan-over` */
  refuseRun(plan: Plan): void;
  noteRun(plan: Plan): void;
  /** A list whose plan becomes a run that names this one. @throws AppFailure `nothing-selected` */
  childList(ids: readonly string[], runId: string, name: string): Promise<ListPreview>;
}

/** Lists, and the plans that are made of them. */
export function createPlanning(deps: RevocationDeps): { calls: Planning; runnable: RunnablePlans } {
  const { clock, random, protectedEntries, onPlanProgress: onProgress } = deps;
  const lists = new Lists({ random, clock, read: deps.readList, onProgress: deps.onListProgress });
  const saved = createSavedPlans(random);
  const plans = createPlans({ lists, saved, protectedEntries, clock, random, onProgress });
  const ran = new WeakSet<Plan>();

  const runnable: RunnablePlans = {
    find: (planId) => plans.find(planId),
    refuseRun: (plan) => {
      if (ran.has(plan)) throw failure('plan-over', 'This plan was already run.');
    },
    noteRun: (plan) => {
      ran.add(plan);
    },
    childList: async (ids, runId, name) => {
      if (ids.length === 0) throw failure('nothing-selected', 'Nobody is left to try again.');
      return lists.fromText(ids.join('\n'), name, runId);
    },
  };
  const calls: Planning = {
    lists,
    resolvePlan: async (selection) => plans.resolve(selection, signedIn(deps)),
    cancelResolving: () => plans.cancelResolving(),
    planRows: (planId, from, count) => plans.find(planId).rows.slice(from, from + Math.min(count, MAX_PAGE)),
    decidePlan: async (planId, decision) => {
      const session = signedIn(deps);
      const plan = plans.find(planId);
      if (plan.summary.connectionId !== session.connection.id)
        throw failure('other-organization', 'The plan was made with another sign-in. Review it again.');
      runnable.refuseRun(plan);
      let protectedNow = plan.protectedEntries;
      if (decision.kind === 'protect') {
        await refuseOtherProtection(plan, protectedEntries);
        protectedNow = withProtected(protectedNow, rowsIn(plan.rows, decision.rows));
        await deps.saveProtected(session.connection.id, protectedNow);
      }
      return plans.decide(planId, decision, session, protectedNow);
    },
    planCandidates: async (planId, row) =>
      profiles(plans.candidates(planId, row), signedIn(deps).directory, AbortSignal.timeout(CALL_LIMIT_MS)),
    planFile: (planId) => planFile(plans.find(planId)),
    openPlan: async (name, bytes) => saved.open(name, bytes, signedIn(deps)),
    checkProtected: async () => {
      const session = signedIn(deps);
      return checkProtected(await protectedEntries(session.connection.id), session.directory);
    },
  };
  return { calls, runnable };
}

/** @throws AppFailure `changed-meanwhile` when the protected users are not those of the plan. */
export async function refuseOtherProtection(
  { owner, protectedEntries: before }: Plan,
  protectedEntries: RevocationDeps['protectedEntries'],
): Promise<void> {
  if (isDeepStrictEqual(before, await protectedEntries(owner.connectionId))) return;
  throw failure('changed-meanwhile', 'The protected users are not those of the plan. Review it again.');
}
