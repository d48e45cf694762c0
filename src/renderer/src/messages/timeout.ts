import type { BundleProblem } from '../../../shared/timeout-groups.ts';
import type { IdleTimeout, TimeoutGroupBundle } from '../../../shared/timeout.ts';
import type { DurationProblem } from '../domain/duration-input.ts';
import type { TimeoutConsequence, TimeoutDifference, TimeoutSaving } from '../domain/timeout-change.ts';
import { counted, formatDuration } from './format.ts';

interface DifferenceLabel {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** The name of a group; what else is known of it. */
type GroupName = (groupId: string) => string;

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

/** What a change would alter in one field. */
export function differenceLabel(difference: TimeoutDifference, nameOf: GroupName): DifferenceLabel {
  switch (difference.field) {
    case 'enabled':
      return { name: 'Idle timeout', from: onOff(difference.from), to: onOff(difference.to) };
    case 'seconds':
      return { name: 'Time', from: time(difference.from), to: time(difference.to) };
    case 'unit': {
      const from = difference.from?.toLowerCase() ?? 'not given';
      return { name: 'Shown in', from, to: difference.to.toLowerCase() };
    }
    case 'groupsEnabled':
      return { name: 'Group timeouts', from: onOff(difference.from), to: onOff(difference.to) };
    case 'bundle': {
      const { priority, from, to } = difference;
      return { name: `Priority ${priority}`, from: bundleLabel(from, nameOf), to: bundleLabel(to, nameOf) };
    }
  }
}

/** What a change means for the people of the org, in a sentence. */
export function consequenceText(consequence: TimeoutConsequence): string {
  switch (consequence.kind) {
    case 'tokens-never-idle':
      return 'Tokens no longer end because they are idle; they live until they expire or are revoked.';
    case 'refresh-tokens-again':
      return 'Apps that use the authorization code grant can get refresh tokens again.';
    case 'signed-out':
      return `Whoever makes no request for ${formatDuration(consequence.seconds)} is signed out, set to Offline and taken off queue. Requests count, not keyboard and mouse.`;
    case 'may-end-at-once':
      return `Sessions that have been idle for longer than ${formatDuration(consequence.seconds)} may end at once.`;
    case 'no-refresh-tokens':
      return 'Apps that use the authorization code grant no longer get refresh tokens; their users have to sign in again.';
    case 'mobile-apps':
      return 'Genesys advises against an idle timeout where people use the mobile apps.';
    case 'groups-keep-theirs':
      return 'Groups with a timeout of their own keep it.';
    case 'groups-turned-off':
      return 'Members of every group get the timeout for everybody.';
    case 'groups-shorter':
      return `Members of the groups that change may be signed out after as little as ${formatDuration(consequence.seconds)}; sessions idle for longer may end at once.`;
    case 'groups-taken-out':
      return 'Groups that are taken out get the timeout for everybody.';
    case 'this-app-too':
      return 'This app is affected too: leave it idle for longer and you have to sign in again.';
  }
}

/** The button that saves a change says what it does. */
export function saveLabel({ everybody, groups }: TimeoutSaving): string {
  if (everybody?.kind === 'off') return 'Turn idle timeout off';
  if (!everybody) return groups ? 'Save group timeouts' : 'Save idle timeout';
  const verb = everybody.kind === 'set' ? 'Set idle timeout to' : 'Turn on idle timeout at';
  return `${verb} ${formatDuration(everybody.seconds)}${groups ? ' and save group timeouts' : ''}`;
}

export const DURATION_PROBLEM_MESSAGES: Readonly<Record<DurationProblem, string>> = {
  empty: 'Enter a time, for example “45 min” or “1 h 30 min”.',
  'not-understood': 'This is not a time. Write “45 min”.',
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
