import type { PlanProgress, PlanRow, PlanSummary, Selection, TargetSource } from '../../../shared/plan.ts';
import type { Clock } from '../../clock.ts';
import { failure } from '../../failure.ts';
import type { Identifier } from '../lists/identify.ts';
import type { Lists } from '../lists/lists.ts';
import type { RevocationSession } from '../ports.ts';
import { shortId } from '../short-id.ts';
import { hashRows } from './canonical.ts';
import { confirmationText } from './confirmation.ts';
import { candidates, decideRows, type Lookup } from './decide.ts';
import { lookUp } from './lookup.ts';
import { countRows } from './summary.ts';

/** Plans kept in memory: the one reviewed, and one to go back to. A plan of 100,000 rows takes about 40 MB. */
const MAX_PLANS = 2;

/** Progress is told at most about this many times per plan. */
const PROGRESS_STEPS = 100;

export interface Plan {
  readonly summary: PlanSummary;
  readonly rows: readonly PlanRow[];
  /** Who "yourself" was. */
  readonly operatorId: string | null;
  readonly organizationId: string;
}

export interface Plans {
  /**
   * Resolves a selection into rows with one decision each. One at a time: a new one cancels the one before.
   * @throws AppFailure `nothing-selected`, `no-such-item`, `cancelled`, and what the directory throws.
   */
  resolve(selection: Selection, session: RevocationSession): Promise<PlanSummary>;
  cancelResolving(): void;
  /** @throws AppFailure `no-such-item`. */
  find(planId: string): Plan;
}

interface Deps {
  readonly lists: Lists;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onProgress: (progress: PlanProgress) => void;
}

/** Keeps the last plans. */
export function createPlans({ lists, clock, random, onProgress }: Deps): Plans {
  const kept = new Map<string, Plan>();
  let resolving: AbortController | null = null;

  const read = (sources: readonly TargetSource[]): readonly Identifier[] =>
    sources.flatMap(({ listId, column }) => lists.identifiers(listId, column));
  const namesOf = (sources: readonly TargetSource[]): string =>
    sources.map(({ listId }) => lists.nameOf(listId)).join(' and ');

  /** Everyone the exceptions can mean, so that an ambiguous one spares each of them. */
  const usersOf = (
    exceptions: readonly Identifier[],
    lookup: Lookup,
  ): { ids: Set<string>; unmatched: number } => {
    const found = exceptions.map((identifier) => candidates(identifier, lookup));
    return {
      ids: new Set(found.flat().map(({ id }) => id.toLowerCase())),
      unmatched: found.filter((users) => users.length === 0).length,
    };
  };

  const sourceText = ({ include, exclude }: Selection, unmatched: number): string => {
    if (exclude.length === 0) return namesOf(include);
    const missing = unmatched === 0 ? '' : ` (${unmatched} of its entries match nobody)`;
    return `${namesOf(include)}, except ${namesOf(exclude)}${missing}`;
  };

  const resolve = async (
    selection: Selection,
    session: RevocationSession,
    signal: AbortSignal,
  ): Promise<PlanSummary> => {
    const { directory, operator, connection, pacer } = session;
    const callsBefore = directory.calls;
    const tell = (phase: PlanProgress['phase'], done: number, total: number): void =>
      onProgress({ phase, done, total, calls: directory.calls - callsBefore });

    const wanted = read(selection.include);
    const exceptions = read(selection.exclude);
    if (wanted.length === 0) throw failure('nothing-selected', 'The selection names nobody.');
    tell('reading', wanted.length, wanted.length);

    let told = 0;
    const lookup = await lookUp([...wanted, ...exceptions], directory, signal, (done, total) => {
      if (done < total && done - told < total / PROGRESS_STEPS) return;
      told = done;
      tell('resolving', done, total);
    });

    tell('reviewing', 0, wanted.length);
    const { ids: excluded, unmatched } = usersOf(exceptions, lookup);
    const rows = decideRows(wanted, lookup, operator.userId, excluded);
    const counts = countRows(rows);
    const hash = await hashRows(rows);
    if (signal.aborted) throw failure('cancelled', 'Reading the users was cancelled.');
    tell('reviewing', wanted.length, wanted.length);

    const summary: PlanSummary = {
      planId: shortId(random),
      hash,
      connectionId: connection.id,
      createdAt: new Date(clock.now()).toISOString(),
      sourceText: sourceText(selection, unmatched),
      ...counts,
      callsUsed: directory.calls - callsBefore,
      estimatedSeconds: Math.ceil((counts.revoke * 60) / pacer.pacePerMinute),
      confirmationText: confirmationText(counts.revoke, connection.organization.name),
    };
    kept.set(summary.planId, {
      summary,
      rows,
      operatorId: operator.userId,
      organizationId: connection.organization.id,
    });
    const [oldest] = kept.keys();
    if (kept.size > MAX_PLANS && oldest !== undefined) kept.delete(oldest);
    return summary;
  };

  return {
    resolve: async (selection, session) => {
      resolving?.abort();
      const mine = new AbortController();
      resolving = mine;
      try {
        return await resolve(selection, session, mine.signal);
      } finally {
        if (resolving === mine) resolving = null;
      }
    },
    cancelResolving: () => resolving?.abort(),
    find: (planId) => {
      const plan = kept.get(planId);
      if (!plan) throw failure('no-such-item', 'This plan is no longer kept. Review the selection again.');
      return plan;
    },
  };
}
