import type {
  ListingDifference,
  PlanProgress,
  PlanSource,
  ProtectedEntry,
  Selection,
} from '../../../shared/plan.ts';
import { choiceText, sourceNames } from '../../../shared/choice.ts';
import { type Clock, nowIso } from '../../clock.ts';
import { AppFailure, failure } from '../../failure.ts';
import type { Identifier } from '../lists/identify.ts';
import type { Lists } from '../lists/lists.ts';
import { ownerOf } from '../owner.ts';
import type { RevocationSession } from '../ports.ts';
import { shortId } from '../../short-id.ts';
import { keepBackByActivity } from './activity.ts';
import { candidates as usersMeant, decideRows, type DecisionRules, type Lookup } from './decide.ts';
import { describeRows, type ReviewedPlan } from './kept-plans.ts';
import { lookUp } from './lookup.ts';
import { readProtection } from './protect.ts';
import { NO_REVIEW, reviewedRows, type Review } from './review.ts';
import type { SavedPlans } from './saved.ts';
import type { LookupContext } from './directory-cache.ts';
import { nameOf, readSource, wantedOf, type ReadSource } from './sources.ts';

/** Progress is told at most about this many times per plan. */
const PROGRESS_STEPS = 100;

/** What plans are made with. */
export interface PlanDeps {
  readonly lists: Lists;
  readonly saved: SavedPlans;
  /** Whom no run of that connection touches. A plan fails while this does. */
  readonly protectedEntries: (connectionId: string) => Promise<readonly ProtectedEntry[]>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onProgress: (progress: PlanProgress) => void;
}

type Role = 'include' | 'exclude';

/** Throws what a source of the selection failed with, with its place. */
const placed =
  (role: Role, index: number) =>
  (error: unknown): never => {
    if (!(error instanceof AppFailure) || error.error.code === 'cancelled') throw error;
    throw new AppFailure({ ...error.error, source: { role, index } }, { cause: error });
  };

/** Tells how far a plan is: for each part of the work seldom enough, whatever its size. */
export function createTelling(onProgress: PlanDeps['onProgress'], calls: () => number) {
  let told = 0;
  return {
    begin: () => {
      told = 0;
    },
    tell: (phase: PlanProgress['phase'], done: number, total: number, source?: string): void => {
      if (done > 0 && done < total && done - told < total / PROGRESS_STEPS) return;
      told = done;
      onProgress({ phase, done, total, calls: calls(), ...(source !== undefined && { source }) });
    },
  };
}

/** What is read for one plan, from which place, and what it came to. */
export interface Resolving {
  readonly deps: PlanDeps;
  readonly session: RevocationSession;
  readonly known: LookupContext['known'];
  readonly signal: AbortSignal;
  readonly progress: ReturnType<typeof createTelling>;
  /** Sets of which Genesys Cloud counts another number than it shows, by name. */
  readonly differences: Map<string, ListingDifference>;
}

const readingOf = (
  { session: { directory }, known, signal, progress, differences }: Resolving,
  source: string,
): LookupContext => ({
  directory,
  known,
  signal,
  onPage: (done, total) => progress.tell('reading', done, total, source),
  onDifference: (difference) => differences.set(difference.what, difference),
});

/** What no longer exists is said before a call is spent. @throws AppFailure `no-such-item`, `nothing-selected` */
export function refuseWhatIsGone({ include, exclude }: Selection, { lists, saved }: PlanDeps): void {
  for (const [role, sources] of Object.entries({ include, exclude }) as [Role, Selection[Role]][])
    for (const [index, source] of sources.entries()) {
      try {
        nameOf(source, { lists, saved });
      } catch (error) {
        placed(role, index)(error);
      }
    }
  if (include.length === 0) throw failure('nothing-selected', 'The selection names nobody.');
}

async function readAll(
  resolving: Resolving,
  sources: Selection[Role],
  role: Role,
): Promise<readonly ReadSource[]> {
  const { lists, saved } = resolving.deps;
  const all: ReadSource[] = [];
  for (const [index, source] of sources.entries()) {
    resolving.progress.begin();
    const read = (): Promise<ReadSource> =>
      readSource(source, { lists, saved }, readingOf(resolving, nameOf(source, { lists, saved })));
    all.push(await read().catch(placed(role, index)));
  }
  return all;
}

/** Every identifier looked up, once; addresses that the search counts and does not show are said. */
async function lookUpAll(
  { session: { directory }, known, signal, progress, differences }: Resolving,
  identifiers: Iterable<Identifier>,
): Promise<Lookup> {
  progress.begin();
  const lookup = await lookUp(identifiers, directory, known, signal, (done, total) =>
    progress.tell('resolving', done, total),
  );
  const { counted, shown } = known.addresses;
  const what = 'Users with these addresses';
  if (counted !== shown && [...identifiers].some(({ kind }) => kind === 'email'))
    differences.set(what, { what, counted, shown });
  return lookup;
}

/** Everyone to look up, gone through as often as need be. */
const allOf = (include: readonly ReadSource[], exclude: readonly ReadSource[]): Iterable<Identifier> => ({
  *[Symbol.iterator]() {
    for (const { identifier } of wantedOf(include)) yield identifier;
    for (const { identifiers } of exclude) yield* identifiers;
  },
});

/** Sources read, users looked up, one decision a row. */
export async function resolvePlan(resolving: Resolving, selection: Selection): Promise<ReviewedPlan> {
  const { deps, session, signal, progress, differences } = resolving;
  const { directory, operator, connection } = session;
  const callsBefore = directory.calls;
  const include = await readAll(resolving, selection.include, 'include');
  const exclude = await readAll(resolving, selection.exclude, 'exclude');
  if (wantedOf(include).next().done) throw failure('nothing-selected', 'The selection names nobody.');

  let protectedEntries: readonly ProtectedEntry[] = [];
  const protection = await readProtection(
    async () => (protectedEntries = await deps.protectedEntries(connection.id)),
    readingOf(resolving, 'Protected users'),
  );
  const lookup = await lookUpAll(resolving, allOf(include, exclude));

  const { excluded, unmatched } = usersOf(exclude, lookup);
  const rules: DecisionRules = {
    operatorId: operator.userId,
    includeOperator: selection.includeYourself === true,
    excluded,
    whyProtected: (user) => protection.why(user),
  };
  const decided = decideRows(wantedOf(include), lookup, rules);
  progress.begin();
  const { keepBack } = selection;
  const found = await keepBackByActivity(decided.rows, keepBack, directory, signal, (done, total) =>
    progress.tell('reviewing', done, total),
  );
  const review: Review = {
    ...NO_REVIEW,
    keptBack: new Set(include.flatMap(({ keptBack = [] }) => keptBack.map(({ key }) => key))),
  };
  const rows = reviewedRows(found, review);
  const about = await describeRows(rows, session);
  if (signal.aborted) throw failure('cancelled', 'Reading the users was cancelled.');
  progress.tell('reviewing', rows.length, rows.length);

  return {
    summary: {
      planId: shortId(deps.random),
      connectionId: connection.id,
      createdAt: nowIso(deps.clock),
      sourceText: sourceText(include, exclude, unmatched),
      ...about,
      callsUsed: directory.calls - callsBefore,
      sources: [...countSources('include', include, lookup), ...countSources('exclude', exclude, lookup)],
      protectedMissing: protection.missing,
      differences: [...differences.values()],
    },
    rows,
    owner: ownerOf(session),
    basis: { found, review, candidates: decided.candidates, rules, keepBack },
    organizationName: connection.organization.name,
    protectedEntries,
    parent: parentOf(selection, deps.lists),
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
    users: countUsers(identifiers, lookup),
  }));

function countUsers(identifiers: Iterable<Identifier>, lookup: Lookup): number {
  const ids = new Set<string>();
  for (const identifier of identifiers)
    for (const { id, state } of usersMeant(identifier, lookup)) if (state !== 'deleted') ids.add(id);
  return ids.size;
}
