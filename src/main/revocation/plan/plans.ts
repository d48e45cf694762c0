import type { PlanSummary, Selection } from '../../../shared/plan.ts';
import type { RevocationSession } from '../ports.ts';
import { createKeptPlans, type KeptPlans } from './kept-plans.ts';
import { createTelling, refuseWhatIsGone, resolvePlan, type PlanDeps, type Resolving } from './resolve.ts';
import { createDirectoryCache } from './directory-cache.ts';

export interface Plans extends Omit<KeptPlans, 'keep'> {
  /**
   * Resolves a selection into rows with one decision each. One at a time: a new one cancels the one before.
   * @throws AppFailure `nothing-selected`, `no-such-item`, `cancelled`, and what the directory throws.
   */
  resolve(selection: Selection, session: RevocationSession): Promise<PlanSummary>;
  cancelResolving(): void;
}

/** Keeps the last plans. */
export function createPlans(deps: PlanDeps): Plans {
  const kept = createKeptPlans(deps.random);
  const cache = createDirectoryCache();
  let latest = new AbortController();

  const resolve = async (
    selection: Selection,
    session: RevocationSession,
    signal: AbortSignal,
  ): Promise<PlanSummary> => {
    refuseWhatIsGone(selection, deps);
    const { directory } = session;
    const callsBefore = directory.calls;
    const progress = createTelling(deps.onProgress, () => directory.calls - callsBefore);
    const known = cache.of(session, selection.readAgain === true);
    const resolving: Resolving = { deps, session, known, signal, progress, differences: new Map() };
    const plan = await resolvePlan(resolving, selection);
    kept.keep(plan);
    return plan.summary;
  };

  return {
    resolve: (selection, session) => {
      latest.abort();
      latest = new AbortController();
      return resolve(selection, session, latest.signal);
    },
    cancelResolving: () => latest.abort(),
    find: (planId) => kept.find(planId),
    decide: (...decision) => kept.decide(...decision),
    candidates: (planId, row) => kept.candidates(planId, row),
  };
}
