import type {
  PlanProgress,
  PlanRow,
  PlanSource,
  PlanSummary,
  ProtectedEntry,
  Selection,
} from '../../../shared/plan.ts';
import type { Clock } from '../../clock.ts';
import { AppFailure, failure } from '../../failure.ts';
import type { Lists } from '../lists/lists.ts';
import { ownerOf, type RunOwner } from '../owner.ts';
import type { RevocationSession } from '../ports.ts';
import { shortId } from '../short-id.ts';
import { keepBackByActivity } from './activity.ts';
import { hashRows } from './canonical.ts';
import { confirmationText } from './confirmation.ts';
import { candidates, decideRows, type Lookup } from './decide.ts';
import { lookUp } from './lookup.ts';
import { readProtection } from './protect.ts';
import type { SavedPlans } from './saved.ts';
import { createSitting, type Reading } from './sitting.ts';
import { nameOf, readSource, type ReadSource } from './sources.ts';
import { countRows } from './summary.ts';

/** Plans kept in memory: the one reviewed, and one to go back to. A plan of 100,000 rows takes about 40 MB. */
const MAX_PLANS = 2;

/** Progress is told at most about this many times per plan. */
const PROGRESS_STEPS = 100;

export interface Plan {
  readonly summary: PlanSummary;
  readonly rows: readonly PlanRow[];
  /** Under whom it was made: it is run by nobody else, and nowhere else. */
  readonly owner: RunOwner;
  readonly organizationName: string;
  /** Whom the list protected when the plan was made. */
  readonly protectedEntries: readonly ProtectedEntry[];
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
  readonly saved: SavedPlans;
  /** Whom no run of that connection touches. A plan fails while this does. */
  readonly protectedEntries: (connectionId: string) => Promise<readonly ProtectedEntry[]>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onProgress: (progress: PlanProgress) => void;
}

type Role = 'include' | 'exclude';
const ROLES: readonly Role[] = ['include', 'exclude'];

/** Throws what a source of the selection failed with, with its place. */
const placed =
  (role: Role, index: number) =>
  (error: unknown): never => {
    if (!(error instanceof AppFailure) || error.error.code === 'cancelled') throw error;
    throw new AppFailure({ ...error.error, source: { role, index } }, { cause: error });
  };

/** Keeps the last plans. */
export function createPlans({ lists, saved, protectedEntries, clock, random, onProgress }: Deps): Plans {
  const kept = new Map<string, Plan>();
  const sitting = createSitting();
  let resolving: AbortController | null = null;

  const resolve = async (
    selection: Selection,
    session: RevocationSession,
    signal: AbortSignal,
  ): Promise<PlanSummary> => {
    const { directory, operator, connection, pacer } = session;
    const callsBefore = directory.calls;
    let told = 0;
    const tell = (phase: PlanProgress['phase'], done: number, total: number, source?: string): void => {
      if (done > 0 && done < total && done - told < total / PROGRESS_STEPS) return;
      told = done;
      const calls = directory.calls - callsBefore;
      onProgress({ phase, done, total, calls, ...(source !== undefined && { source }) });
    };
    // What no longer exists is said before a call is spent.
    for (const role of ROLES)
      for (const [index, source] of selection[role].entries()) {
        try {
          nameOf(source, { lists, saved });
        } catch (error) {
          placed(role, index)(error);
        }
      }
    if (selection.include.length === 0) throw failure('nothing-selected', 'The selection names nobody.');

    const known = sitting.of(session, selection.readAgain === true);
    const reading = (source: string): Reading => ({
      directory,
      known,
      signal,
      onPage: (done, total) => tell('reading', done, total, source),
    });
    const readAll = async (role: Role): Promise<readonly ReadSource[]> => {
      const all: ReadSource[] = [];
      for (const [index, source] of selection[role].entries()) {
        told = 0;
        const read = (): Promise<ReadSource> =>
          readSource(source, { lists, saved }, reading(nameOf(source, { lists, saved })));
        all.push(await read().catch(placed(role, index)));
      }
      return all;
    };

    const include = await readAll('include');
    const exclude = await readAll('exclude');
    const wanted = include.flatMap(({ identifiers, rows }) =>
      identifiers.map((identifier) => ({ identifier, rows })),
    );
    if (wanted.length === 0) throw failure('nothing-selected', 'The selection names nobody.');
    let entries: readonly ProtectedEntry[] = [];
    const protection = await readProtection(
      async () => (entries = await protectedEntries(connection.id)),
      reading('Protected users'),
    );

    told = 0;
    const identifiers = [...include, ...exclude].flatMap((source) => source.identifiers);
    const lookup = await lookUp(identifiers, directory, known, signal, (done, total) => {
      tell('resolving', done, total);
    });

    const { excluded, unmatched } = usersOf(exclude, lookup);
    const decided = decideRows(wanted, lookup, {
      operatorId: operator.userId,
      includeOperator: selection.includeYourself === true,
      excluded,
      whyProtected: (user) => protection.why(user),
    });
    told = 0;
    const rows = await keepBackByActivity(decided, selection.keepBack, directory, signal, (done, total) => {
      tell('reviewing', done, total);
    });
    const counts = countRows(rows);
    const hash = await hashRows(rows);
    if (signal.aborted) throw failure('cancelled', 'Reading the users was cancelled.');
    tell('reviewing', rows.length, rows.length);

    const summary: PlanSummary = {
      planId: shortId(random),
      hash,
      connectionId: connection.id,
      createdAt: new Date(clock.now()).toISOString(),
      sourceText: sourceText(include, exclude, unmatched),
      ...counts,
      callsUsed: directory.calls - callsBefore,
      estimatedSeconds: Math.ceil((counts.revoke * 60) / pacer.pacePerMinute),
      confirmationText: confirmationText(counts.revoke, connection.organization.name),
      sources: [...countSources('include', include, lookup), ...countSources('exclude', exclude, lookup)],
      protectedMissing: protection.missing,
      revokesYourself: rows.some(
        ({ decision, userId }) => decision.kind === 'revoke' && isSame(userId, operator.userId),
      ),
    };
    kept.set(summary.planId, {
      summary,
      rows,
      owner: ownerOf(session),
      organizationName: connection.organization.name,
      protectedEntries: entries,
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

const isSame = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && a.toLowerCase() === b.toLowerCase();

/** Everyone the exceptions can mean, so that an ambiguous one spares each of them. */
function usersOf(exceptions: readonly ReadSource[], lookup: Lookup) {
  const excluded = new Set<string>();
  let unmatched = 0;
  for (const { identifiers } of exceptions) {
    for (const identifier of identifiers) {
      const users = candidates(identifier, lookup);
      if (users.length === 0) unmatched += 1;
      for (const { id } of users) excluded.add(id.toLowerCase());
    }
  }
  return { excluded, unmatched };
}

const names = (sources: readonly ReadSource[]): string => sources.map(({ name }) => name).join(' and ');

function sourceText(
  include: readonly ReadSource[],
  exclude: readonly ReadSource[],
  unmatched: number,
): string {
  if (exclude.length === 0) return names(include);
  const missing = unmatched === 0 ? '' : ` (${unmatched} of its entries match nobody)`;
  return `${names(include)}, except ${names(exclude)}${missing}`;
}

/** Different users, without the deleted, of each source. */
const countSources = (
  role: PlanSource['role'],
  sources: readonly ReadSource[],
  lookup: Lookup,
): readonly PlanSource[] =>
  sources.map(({ name, identifiers }) => ({
    role,
    name,
    users: new Set(
      identifiers.flatMap((identifier) =>
        candidates(identifier, lookup).flatMap(({ id, state }) => (state === 'deleted' ? [] : [id])),
      ),
    ).size,
  }));
