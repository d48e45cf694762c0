import { secondsOf, timeoutEffects } from '../../../shared/timeout-effects.ts';
import { afterChange, bundleDifferences, type BundleProblem } from '../../../shared/timeout-groups.ts';
import type { IdleTimeout, TimeoutChange, TimeoutGroupBundle } from '../../../shared/timeout.ts';
import type { DurationProblem } from '../domain/duration-input.ts';
import { counted, formatDuration } from './format.ts';

interface Difference {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** The name of a group; what else is known of it. */
export type GroupName = (groupId: string) => string;

const onOff = (value: boolean | null): string => (value === null ? 'not given' : value ? 'on' : 'off');
const time = (seconds: number | null): string => (seconds === null ? 'not given' : formatDuration(seconds));

/** The setting in a few words: "On, 30 minutes", "Off". */
export function timeoutLabel({
  enabled,
  seconds,
}: {
  readonly enabled: boolean | null;
  readonly seconds: number | null;
}): string {
  if (enabled === null) return 'Not set';
  if (!enabled) return 'Off';
  return seconds === null ? 'On' : `On, ${formatDuration(seconds)}`;
}

/** The group timeouts in a few words: "2 group timeouts", "no group timeouts", "2 group timeouts, off". */
export function groupTimeoutsLabel({
  groupsEnabled,
  groupBundles,
}: Pick<IdleTimeout, 'groupsEnabled' | 'groupBundles'>): string {
  if (groupBundles.length === 0) return 'no group timeouts';
  return `${counted(groupBundles.length, 'group timeout')}${groupsEnabled ? '' : ', off'}`;
}

const bundleLabel = (bundle: TimeoutGroupBundle | null, nameOf: GroupName): string =>
  bundle ? `${time(bundle.timeoutSeconds)} for ${bundle.groupIds.map(nameOf).join(', ')}` : 'none';

/** What a change would alter, field by field; empty when nothing would. */
export function differences(
  current: IdleTimeout,
  change: TimeoutChange,
  nameOf: GroupName = (id) => id,
): readonly Difference[] {
  const found: Difference[] = [];
  if (current.enabled !== change.enabled) {
    found.push({ name: 'Idle timeout', from: onOff(current.enabled), to: onOff(change.enabled) });
  }
  if (change.seconds !== null && current.seconds !== change.seconds) {
    found.push({ name: 'Time', from: time(current.seconds), to: time(change.seconds) });
  }
  if (change.unit !== null && current.unit !== change.unit) {
    const from = current.unit?.toLowerCase() ?? 'not given';
    found.push({ name: 'Shown in', from, to: change.unit.toLowerCase() });
  }
  return change.groups ? [...found, ...groupDifferences(current, change.groups, nameOf)] : found;
}

function groupDifferences(
  current: IdleTimeout,
  groups: NonNullable<TimeoutChange['groups']>,
  nameOf: GroupName,
): readonly Difference[] {
  const toggled = (current.groupsEnabled ?? false) !== groups.enabled;
  return [
    ...(toggled
      ? [{ name: 'Group timeouts', from: onOff(current.groupsEnabled), to: onOff(groups.enabled) }]
      : []),
    ...bundleDifferences(current.groupBundles, groups.bundles).map(({ priority, from, to }) => ({
      name: `Priority ${priority}`,
      from: bundleLabel(from, nameOf),
      to: bundleLabel(to, nameOf),
    })),
  ];
}

/** What a change means for the people of the org, in the order of how much it hurts. */
export function consequences(current: IdleTimeout, change: TimeoutChange): readonly string[] {
  if (!change.enabled) {
    return [
      'Tokens no longer end because they are idle; they live until they expire or are revoked.',
      'Apps that use the authorization code grant can get refresh tokens again.',
    ];
  }
  const seconds = change.seconds ?? current.seconds;
  const turnedOn = current.enabled !== true;
  const everybody = turnedOn || (change.seconds !== null && change.seconds !== current.seconds);
  return [
    ...(everybody && seconds !== null ? forEverybody(current, seconds, turnedOn) : []),
    ...forGroups(current, change),
    'This app is affected too: leave it idle for longer and you have to sign in again.',
  ];
}

function forEverybody(current: IdleTimeout, seconds: number, turnedOn: boolean): readonly string[] {
  const after = formatDuration(seconds);
  const shorter = turnedOn || current.seconds === null || seconds < current.seconds;
  return [
    `Whoever makes no request for ${after} is signed out, set to Offline and taken off queue. Requests count, not keyboard and mouse.`,
    ...(shorter ? [`Sessions that have been idle for longer than ${after} may end at once.`] : []),
    ...(turnedOn
      ? [
          'Apps that use the authorization code grant no longer get refresh tokens; their users have to sign in again.',
          'Genesys advises against an idle timeout where people use the mobile apps.',
        ]
      : []),
  ];
}

/** The new times of the groups whose members will be signed out sooner than now, seconds. */
const shorterForGroups = (current: IdleTimeout, change: TimeoutChange): readonly number[] =>
  timeoutEffects(current, afterChange(current, change)).flatMap(({ groupId, from, to }) => {
    const [before, after] = [secondsOf(from), secondsOf(to)];
    return groupId !== null && before !== null && after !== null && after < before ? [after] : [];
  });

function forGroups(current: IdleTimeout, change: TimeoutChange): readonly string[] {
  const { groups } = change;
  if (!groups) {
    return current.groupsEnabled && current.groupBundles.length > 0
      ? ['Groups with a timeout of their own keep it.']
      : [];
  }
  if (!groups.enabled) {
    return current.groupsEnabled ? ['Members of every group get the timeout for everybody.'] : [];
  }
  const before = current.groupsEnabled ? current.groupBundles : [];
  const left = new Set(groups.bundles.flatMap(({ groupIds }) => groupIds));
  const shortest = Math.min(...shorterForGroups(current, change));
  return [
    ...(Number.isFinite(shortest)
      ? [
          `Members of the groups that change may be signed out after as little as ${formatDuration(shortest)}; sessions idle for longer may end at once.`,
        ]
      : []),
    ...(before.some(({ groupIds }) => groupIds.some((id) => !left.has(id)))
      ? ['Groups that are taken out get the timeout for everybody.']
      : []),
  ];
}

/** The button that saves a change says what it does. */
export const saveLabel = (current: IdleTimeout, change: TimeoutChange): string => {
  const seconds = change.seconds ?? current.seconds;
  const groups = change.groups ? 'group timeouts' : '';
  if (change.enabled !== current.enabled && !change.enabled) return 'Turn idle timeout off';
  if (change.enabled && seconds !== null && (!current.enabled || seconds !== current.seconds)) {
    const verb = current.enabled === true ? 'Set idle timeout to' : 'Turn on idle timeout at';
    return `${verb} ${formatDuration(seconds)}${groups && ` and save ${groups}`}`;
  }
  return groups ? `Save ${groups}` : 'Save idle timeout';
};

export const DURATION_PROBLEM_MESSAGES: Readonly<Record<DurationProblem, string>> = {
  empty: 'Enter a time, for example “45 min” or “1 h 30 min”.',
  'not-understood': 'This is not a time. Write “45”, “45 min”, “1h30” or “2 hours”.',
  'not-whole-minutes': 'Use whole minutes.',
  'too-short': 'The shortest idle timeout is 5 minutes.',
  'too-long': 'The longest idle timeout is 8 hours.',
};

export const BUNDLE_PROBLEM_MESSAGES: Readonly<Record<BundleProblem, string>> = {
  'too-many': 'There can be five group timeouts at most. Remove one.',
  'same-priority': 'Two group timeouts have the same priority. Move one of them to give each its own.',
  'priority-out-of-range': 'Priorities go from 1 to 5. Move the group timeouts to number them anew.',
  'time-out-of-range': 'A time is not between 5 minutes and 8 hours.',
  'without-groups': 'Each group timeout needs at least one group.',
};
