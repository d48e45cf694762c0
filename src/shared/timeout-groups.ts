import {
  TIMEOUT_MAX_SECONDS,
  TIMEOUT_MIN_SECONDS,
  type IdleTimeout,
  type TimeoutChange,
  type TimeoutGroupBundle,
} from './timeout.ts';

/** Priorities go from 1, which wins, to 5 (model InactivityTimeoutGroupBundle): so there are at most five bundles. */
export const MAX_PRIORITY = 5;

/** The rules of a value, whether the org has it or somebody is about to save it. */
export interface TimeoutRules {
  readonly enabled: boolean | null;
  readonly seconds: number | null;
  readonly groupsEnabled: boolean | null;
  readonly groupBundles: readonly TimeoutGroupBundle[];
}

export type AppliedTimeout =
  /** Nobody idles out. That this holds for groups too is likely, not documented. */
  | { readonly kind: 'off' }
  | {
      readonly kind: 'everybody';
      readonly seconds: number | null;
      /** Why no group's timeout applies. */
      readonly because: 'in-no-bundle' | 'groups-off';
    }
  | {
      readonly kind: 'bundle';
      readonly bundle: TimeoutGroupBundle;
      /** The user's groups that are in the bundle. */
      readonly via: readonly string[];
      /** Bundles that would apply if this one did not, in the order of their priority. */
      readonly beaten: readonly TimeoutGroupBundle[];
    };

/** What an org has after a change; a part that the change leaves out stays as it is. */
export const afterChange = (current: IdleTimeout, change: TimeoutChange): TimeoutRules => ({
  enabled: change.enabled,
  seconds: change.seconds ?? current.seconds,
  groupsEnabled: change.groups?.enabled ?? current.groupsEnabled,
  groupBundles: change.groups?.bundles ?? current.groupBundles,
});

/** Of a user's groups, the first one counts. */
export const byPriority = (bundles: readonly TimeoutGroupBundle[]): readonly TimeoutGroupBundle[] =>
  bundles.toSorted((a, b) => a.priority - b.priority);

/** Which timeout applies to a user who is in these groups, and why. */
export function appliedTimeout(rules: TimeoutRules, groupIds: Iterable<string>): AppliedTimeout {
  if (!rules.enabled) return { kind: 'off' };
  const own = new Set(groupIds);
  const [bundle, ...beaten] = byPriority(rules.groupBundles).filter((rule) =>
    rule.groupIds.some((id) => own.has(id)),
  );
  if (!rules.groupsEnabled || !bundle) {
    const because = bundle ? 'groups-off' : 'in-no-bundle';
    return { kind: 'everybody', seconds: rules.seconds, because };
  }
  return { kind: 'bundle', bundle, via: bundle.groupIds.filter((id) => own.has(id)), beaten };
}

/** A group that stands in more than one bundle: `wins` counts, the others do not. */
export interface RepeatedGroup {
  readonly groupId: string;
  readonly wins: number;
  readonly loses: readonly number[];
}

/** Groups whose later timeouts never apply, for telling the person. */
export function repeatedGroups(bundles: readonly TimeoutGroupBundle[]): readonly RepeatedGroup[] {
  const priorities = new Map<string, number[]>();
  for (const { priority, groupIds } of byPriority(bundles)) {
    for (const id of new Set(groupIds)) priorities.set(id, [...(priorities.get(id) ?? []), priority]);
  }
  return [...priorities].flatMap(([groupId, [wins, ...loses]]) =>
    wins === undefined || loses.length === 0 ? [] : [{ groupId, wins, loses }],
  );
}

/** Two bundles with people in common: those have the timeout of `wins`. */
export interface SharedMembers {
  readonly wins: number;
  readonly loses: number;
  /** How many people are in both. */
  readonly people: number;
}

/** @param membersOf ids of the users in each group; a group without an entry counts as empty. */
export function sharedMembers(
  bundles: readonly TimeoutGroupBundle[],
  membersOf: ReadonlyMap<string, readonly string[]>,
): readonly SharedMembers[] {
  const people = byPriority(bundles).map(({ priority, groupIds }) => ({
    priority,
    ids: new Set(groupIds.flatMap((id) => membersOf.get(id) ?? [])),
  }));
  return people.flatMap((winner, at) =>
    people.slice(at + 1).flatMap((loser) => {
      const shared = [...loser.ids].filter((id) => winner.ids.has(id)).length;
      return shared === 0 ? [] : [{ wins: winner.priority, loses: loser.priority, people: shared }];
    }),
  );
}

/** What is wrong with bundles as the API's model has its limits; empty when they can be saved. */
export type BundleProblem =
  | 'too-many'
  | 'same-priority'
  | 'priority-out-of-range'
  | 'time-out-of-range'
  | 'without-groups';

/** Each problem once, however many bundles have it. */
export function bundleProblems(bundles: readonly TimeoutGroupBundle[]): readonly BundleProblem[] {
  const problems = new Set<BundleProblem>();
  if (bundles.length > MAX_PRIORITY) problems.add('too-many');
  if (new Set(bundles.map(({ priority }) => priority)).size < bundles.length) problems.add('same-priority');
  for (const { priority, timeoutSeconds, groupIds } of bundles) {
    if (!Number.isInteger(priority) || priority < 1 || priority > MAX_PRIORITY)
      problems.add('priority-out-of-range');
    if (!isLegalTimeout(timeoutSeconds)) problems.add('time-out-of-range');
    if (groupIds.length === 0) problems.add('without-groups');
  }
  return [...problems];
}

/** Whole seconds within the API's limits. */
export const isLegalTimeout = (seconds: number): boolean =>
  Number.isInteger(seconds) && seconds >= TIMEOUT_MIN_SECONDS && seconds <= TIMEOUT_MAX_SECONDS;

/**
 * Moves a bundle to another place in the order of priorities. The bundles between move up or down by one; the
 * priorities in use stay the same, unless two bundles had the same.
 */
export function moveBundle(
  bundles: readonly TimeoutGroupBundle[],
  from: number,
  to: number,
): readonly TimeoutGroupBundle[] {
  const ordered = byPriority(bundles);
  const moved = ordered[from];
  if (!moved || to < 0 || to >= ordered.length) return ordered;
  const slots = ordered.map(({ priority }) => priority);
  const distinct = new Set(slots).size === slots.length;
  const rest = ordered.toSpliced(from, 1).toSpliced(to, 0, moved);
  return rest.map((bundle, at) => ({ ...bundle, priority: distinct ? (slots[at] ?? at + 1) : at + 1 }));
}

/** Adds a bundle after all others; where the last priority is taken, the others close up their gaps. */
export function addBundle(
  bundles: readonly TimeoutGroupBundle[],
  added: Omit<TimeoutGroupBundle, 'priority'>,
): readonly TimeoutGroupBundle[] {
  const ordered = byPriority(bundles);
  const last = ordered.at(-1)?.priority ?? 0;
  if (ordered.length >= MAX_PRIORITY) return ordered;
  if (last < MAX_PRIORITY) return [...ordered, { ...added, priority: last + 1 }];
  return [...ordered, { ...added, priority: 0 }].map((bundle, at) => ({ ...bundle, priority: at + 1 }));
}

/** What stands at one priority before and after a change; null is "no bundle". */
export interface BundleDifference {
  readonly priority: number;
  readonly from: TimeoutGroupBundle | null;
  readonly to: TimeoutGroupBundle | null;
}

/** Every priority at which a change alters something, in order. The order of groups in a bundle means nothing. */
export function bundleDifferences(
  before: readonly TimeoutGroupBundle[],
  after: readonly TimeoutGroupBundle[],
): readonly BundleDifference[] {
  const priorities = new Set([...before, ...after].map(({ priority }) => priority));
  return [...priorities]
    .sort((a, b) => a - b)
    .flatMap((priority) => {
      const from = before.filter((bundle) => bundle.priority === priority);
      const to = after.filter((bundle) => bundle.priority === priority);
      // More than one at a priority is no legal value, but one that an org might have: each pair is compared.
      return Array.from({ length: Math.max(from.length, to.length) }, (_, at) => ({
        priority,
        from: from[at] ?? null,
        to: to[at] ?? null,
      })).filter((pair) => !isSameBundle(pair.from, pair.to));
    });
}

function isSameBundle(a: TimeoutGroupBundle | null, b: TimeoutGroupBundle | null): boolean {
  if (!a || !b) return a === b;
  return comparable(a) === comparable(b);
}

const comparable = ({ timeoutSeconds, unit, groupIds, other = {} }: TimeoutGroupBundle): string =>
  JSON.stringify([timeoutSeconds, unit, [...new Set(groupIds)].sort(), Object.entries(other).sort()]);
