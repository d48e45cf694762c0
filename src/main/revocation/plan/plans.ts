import type {
  ListingDifference,
  PlanProgress,
  PlanSource,
  PlanSummary,
  ProtectedEntry,
  Selection,
} from '../../../shared/plan.ts';
import { choiceText, sourceNames } from '../../../shared/choice.ts';
import type { Clock } from '../../clock.ts';
import { AppFailure, failure } from '../../failure.ts';
import type { Lists } from '../lists/lists.ts';
import { ownerOf } from '../owner.ts';
import type { RevocationSession } from '../ports.ts';
import { shortId } from '../../short-id.ts';
import { keepBackByActivity } from './activity.ts';
import { candidates as usersMeant, decideRows, type DecisionRules, type Lookup } from './decide.ts';
import { createKeptPlans, describeRows, type KeptPlans } from './kept-plans.ts';
import { lookUp } from './lookup.ts';
import { readProtection } from './protect.ts';
import { NO_REVIEW, reviewedRows, type Review } from './review.ts';
import type { SavedPlans } from './saved.ts';
import { createSitting, type Reading } from './sitting.ts';
import { nameOf, readSource, type ReadSource } from './sources.ts';

/** Progress is told at most about this many times per plan. */
const PROGRESS_STEPS = 100;

export interface Plans extends Omit<KeptPlans, 'keep'> {
  /**
   * Resolves a selection into rows with one decision each. One at a time: a new one cancels the one before.
   * @throws AppFailure `nothing-selected`, `no-such-item`, `cancelled`, and what the directory throws.
   */
  resolve(selection: Selection, session: RevocationSession): Promise<PlanSummary>;
  cancelResolving(): void;
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
  const kept = createKeptPlans(random);
  const sitting = createSitting();
  let resolving: AbortController | null = null;

  const resolve = async (
    selection: Selection,
    session: RevocationSession,
    signal: AbortSignal,
  ): Promise<PlanSummary> => {
    const { directory, operator, connection } = session;
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

    const differences = new Map<string, ListingDifference>();
    const known = sitting.of(session, selection.readAgain === true);
    const reading = (source: string): Reading => ({
      directory,
      known,
      signal,
      onPage: (done, total) => tell('reading', done, total, source),
      onDifference: (difference) => differences.set(difference.what, difference),
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
    const wanted = include.flatMap(({ identifiers, keptBack = [], rows }) =>
      [...identifiers, ...keptBack].map((identifier) => ({ identifier, rows })),
    );
    const review: Review = {
      ...NO_REVIEW,
      keptBack: new Set(include.flatMap(({ keptBack = [] }) => keptBack.map(({ key }) => key))),
    };
    if (wanted.length === 0) throw failure('nothing-selected', 'The selection names nobody.');
    let entries: readonly ProtectedEntry[] = [];
    const protection = await readProtection(
      async () => (entries = await protectedEntries(connection.id)),
      reading('Protected users'),
    );

    told = 0;
    const identifiers = [
      ...wanted.map(({ identifier }) => identifier),
      ...exclude.flatMap((source) => source.identifiers),
    ];
    const lookup = await lookUp(identifiers, directory, known, signal, (done, total) => {
      tell('resolving', done, total);
    });

    const { counted, shown } = known.addresses;
    const what = 'Users with these addresses';
    if (counted !== shown && identifiers.some(({ kind }) => kind === 'email'))
      differences.set(what, { what, counted, shown });

    const { excluded, unmatched } = usersOf(exclude, lookup);
    const rules: DecisionRules = {
      operatorId: operator.userId,
      includeOperator: selection.includeYourself === true,
      excluded,
      whyProtected: (user) => protection.why(user),
    };
    const decided = decideRows(wanted, lookup, rules);
    told = 0;
    const found = await keepBackByActivity(
      decided.rows,
      selection.keepBack,
      directory,
      signal,
      (done, total) => {
        tell('reviewing', done, total);
      },
    );
    const rows = reviewedRows(found, review);
    const about = await describeRows(rows, session);
    if (signal.aborted) throw failure('cancelled', 'Reading the users was cancelled.');
    tell('reviewing', rows.length, rows.length);

    const summary: PlanSummary = {
      planId: shortId(random),
      connectionId: connection.id,
      createdAt: new Date(clock.now()).toISOString(),
      sourceText: sourceText(include, exclude, unmatched),
      ...about,
      callsUsed: directory.calls - callsBefore,
      sources: [...countSources('include', include, lookup), ...countSources('exclude', exclude, lookup)],
      protectedMissing: protection.missing,
      differences: [...differences.values()],
    };
    kept.keep({
      summary,
      rows,
      owner: ownerOf(session),
      basis: {
        found,
        review,
        candidates: decided.candidates,
        rules,
        keepBack: selection.keepBack,
      },
      organizationName: connection.organization.name,
      protectedEntries: entries,
      parent: parentOf(selection, lists),
    });
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
    find: (planId) => kept.find(planId),
    decide: (...decision) => kept.decide(...decision),
    candidates: (planId, row) => kept.candidates(planId, row),
  };
}

/** The run that a plan takes up again: one that is made of such a list alone. */
function parentOf({ include: [only, ...others] }: Selection, lists: Lists): string | null {
  return only?.kind === 'list' && others.length === 0 ? lists.parentOf(only.listId) : null;
}

/** Everyone the exceptions can mean, so that an ambiguous one spares each of them. */
function usersOf(exceptions: readonly ReadSource[], lookup: Lookup) {
  const excluded = new Set<string>();
  let unmatched = 0;
  for (const { identifiers } of exceptions) {
    for (const identifier of identifiers) {
      const users = usersMeant(identifier, lookup);
      if (users.length === 0) unmatched += 1;
      for (const { id } of users) excluded.add(id.toLowerCase());
    }
  }
  return { excluded, unmatched };
}

function sourceText(
  include: readonly ReadSource[],
  exclude: readonly ReadSource[],
  unmatched: number,
): string {
  const names = sourceNames([...include, ...exclude].map(({ named }) => named));
  const text = choiceText(names.slice(0, include.length), names.slice(include.length));
  if (unmatched === 0) return text;
  const entries =
    unmatched === 1 ? '1 entry of the exceptions matches' : `${unmatched} entries of the exceptions match`;
  return `${text} (${entries} nobody)`;
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
        usersMeant(identifier, lookup).flatMap(({ id, state }) => (state === 'deleted' ? [] : [id])),
      ),
    ).size,
  }));
