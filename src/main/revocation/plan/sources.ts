import { assertNever } from '../../../shared/result.ts';
import { sourceName, type NamedSource } from '../../../shared/choice.ts';
import type { TargetSource, TokenRule } from '../../../shared/plan.ts';
import { parseApiTime } from '../../api-time.ts';
import { failure, withMore } from '../../failure.ts';
import { mapListing, steadyItems, type Listing } from '../../listing.ts';
import type { Identifier } from '../lists/identify.ts';
import type { Lists } from '../lists/lists.ts';
import type { ListedUser } from '../ports.ts';
import type { SavedPlans } from './saved.ts';
import type { Wanted } from './decide.ts';
import { heeding, memoize, remember, type LookupContext } from './directory-cache.ts';

/** A source that was read. */
export interface ReadSource {
  readonly name: string;
  readonly named: NamedSource;
  readonly identifiers: Iterable<Identifier>;
  /**
   * Whether each entry is a row, as the lines of a list are: somebody compares them. A set from the directory only adds
   * who is not there yet.
   */
  readonly rows: 'each' | 'new';
  /** Of a saved plan: whom the operator kept back in its review. They are still kept back, and still told. */
  readonly keptBack?: readonly Identifier[];
}

interface Kept {
  readonly lists: Lists;
  readonly saved: SavedPlans;
}

/** How a source is shown. @throws AppFailure `no-such-item` for a list or plan that is no longer open. */
function named(source: TargetSource, { lists, saved }: Kept): NamedSource {
  if (source.kind === 'list') return { kind: 'list', name: lists.nameOf(source.listId) };
  if (source.kind === 'plan') return { kind: 'plan', name: saved.find(source.savedPlanId).preview.name };
  return source;
}

/** Name for people. @throws AppFailure `no-such-item` for a list or plan that is no longer open. */
export const nameOf = (source: TargetSource, kept: Kept): string => sourceName(named(source, kept));

/** A moment in local time, ms; without a time of day the first one of the day. @throws AppFailure `invalid-input` */
export function momentOf({ day, time = '00:00' }: { readonly day: string; readonly time?: string }): number {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  const moment = new Date(Number(year), Number(month) - 1, Number(date), Number(hour), Number(minute));
  if (Number.isNaN(moment.getTime()) || moment.getDate() !== Number(date))
    throw failure('invalid-input', `“${day} ${time}” is not a moment.`);
  return moment.getTime();
}

/** Whether the newest token of a user fits the rule. @param issued ISO 8601, null for none. */
export function fitsToken(issued: string | null, rule: TokenRule): boolean {
  if (issued === null) return rule.kind === 'never';
  const time = parseApiTime(issued);
  if (Number.isNaN(time)) throw failure('unexpected-answer', `“${issued}” is no time of a token.`);
  if (rule.kind === 'never') return false;
  const start = momentOf(rule);
  return rule.kind === 'since' ? time >= start : time < start;
}

async function ofState(state: 'active' | 'inactive', reading: LookupContext): Promise<readonly ListedUser[]> {
  const { directory, known, signal, onPage } = reading;
  const users = await memoize(known.listed, state, () => directory.usersOfState(state, signal, onPage));
  return steadyItems(heeding(reading, sourceName({ kind: 'state', state }), users));
}

async function listed(reading: LookupContext, inactive: boolean): Promise<readonly ListedUser[]> {
  const active = await ofState('active', reading);
  return inactive ? [...active, ...(await ofState('inactive', reading))] : active;
}

/** `expand` is best effort: where nobody at all has a token, the answer did not tell, and nobody can be chosen by it. */
async function byToken(
  rule: TokenRule,
  inactive: boolean,
  reading: LookupContext,
): Promise<readonly ListedUser[]> {
  const users = await listed(reading, inactive);
  if (users.length > 0 && users.every(({ lastTokenIssued }) => lastTokenIssued === null))
    throw failure('unexpected-answer', 'Genesys Cloud did not say when tokens were last issued.');
  return users.filter(({ lastTokenIssued }) => fitsToken(lastTokenIssued, rule));
}

/** Ids of the users of a search, group or role. */
async function setOf(
  source: Extract<TargetSource, { kind: 'search' | 'group' | 'role' }>,
  { directory, known, signal, onPage }: LookupContext,
): Promise<Listing<string>> {
  switch (source.kind) {
    case 'search': {
      const { field } = source;
      const text = source.text.trim();
      // An empty search finds everybody: that is a choice of its own.
      if (text === '') throw failure('nothing-selected', 'The search is empty.');
      return memoize(known.sets, JSON.stringify(['search', field, text.toLowerCase()]), async () =>
        remember(known, await directory.searchUsers(field, text, signal, onPage)),
      );
    }
    case 'group':
      return memoize(known.sets, JSON.stringify(['group', source.id]), async () =>
        remember(known, await directory.groupMembers(source.id, signal, onPage)),
      );
    case 'role':
      return memoize(known.sets, JSON.stringify(['role', source.id]), async () => {
        const ids = await directory.roleMembers(source.id, signal, onPage);
        return mapListing(ids, (id) => id.toLowerCase());
      });
  }
}

/** Ids of a source that lives in the directory. */
async function idsOf(
  source: Exclude<TargetSource, { kind: 'list' | 'plan' }>,
  reading: LookupContext,
): Promise<readonly string[]> {
  const { known } = reading;
  const remembered = (users: readonly ListedUser[]): readonly string[] =>
    remember(known, { kind: 'whole', items: users }).items;
  switch (source.kind) {
    case 'user':
      return [source.id];
    case 'search':
    case 'group':
    case 'role':
      return steadyItems(heeding(reading, sourceName(source), await setOf(source, reading)));
    case 'state':
      return remembered(await ofState(source.state, reading));
    case 'division': {
      const users = await listed(reading, source.inactive);
      return remembered(users.filter(({ divisionId }) => divisionId === source.id));
    }
    case 'token':
      return remembered(await byToken(source.rule, source.inactive, reading));
    case 'everyone':
      return remembered(await listed(reading, source.inactive));
    default:
      return assertNever(source);
  }
}

/**
 * Reads a source whole, or not at all.
 * @throws AppFailure with the source as its `subject`.
 */
export async function readSource(
  source: TargetSource,
  kept: Kept,
  reading: LookupContext,
): Promise<ReadSource> {
  const about = { name: nameOf(source, kept), named: named(source, kept) };
  try {
    if (source.kind === 'list')
      return {
        ...about,
        identifiers: await kept.lists.identifiers(source.listId, source.column, source.details),
        rows: 'each',
      };
    const byId = (id: string): Identifier => {
      const key = id.toLowerCase();
      return { kind: 'id', key, input: reading.known.byId.get(key)?.email ?? id };
    };
    if (source.kind === 'plan') {
      const { userIds, keptBack } = kept.saved.find(source.savedPlanId);
      return { ...about, identifiers: userIds.map(byId), keptBack: keptBack.map(byId), rows: 'new' };
    }
    const ids = await idsOf(source, reading);
    // Of these nothing is known yet, and a row says what it was chosen by.
    const chosenById = source.kind === 'user' || source.kind === 'role';
    return { ...about, identifiers: chosenById ? ids.map(byId) : oneByOne(ids, byId), rows: 'new' };
  } catch (error) {
    if (reading.signal.aborted) throw failure('cancelled', 'Reading the users was cancelled.', error);
    throw withMore(error, { subject: about.name });
  }
}

/** Each made when it is its turn, as often as they are gone through: 100,000 at once would be a tenth of what the plan takes. */
const oneByOne = <T, U>(items: readonly T[], to: (item: T) => U): Iterable<U> => ({
  *[Symbol.iterator]() {
    for (const item of items) yield to(item);
  },
});

/** One after the other. */
export function* wantedOf(include: readonly ReadSource[]): Generator<Wanted> {
  for (const { identifiers, keptBack = [], rows } of include) {
    for (const identifier of identifiers) yield { identifier, rows };
    for (const identifier of keptBack) yield { identifier, rows };
  }
}
