import type { IdleTimeout, TimeoutChange } from '../../../shared/timeout.ts';
import { formatDuration } from './format.ts';

interface Difference {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

const onOff = (value: boolean | null): string => (value === null ? 'not given' : value ? 'on' : 'off');
const time = (seconds: number | null): string => (seconds === null ? 'not given' : formatDuration(seconds));

/** The setting in a few words: "On, 30 minutes", "Off". */
export function timeoutInWords({ enabled, seconds }: Pick<IdleTimeout, 'enabled' | 'seconds'>): string {
  if (enabled === null) return 'Not set';
  if (!enabled) return 'Off';
  return seconds === null ? 'On' : `On, ${formatDuration(seconds)}`;
}

/** What a change would alter, field by field; empty when nothing would. */
export function differences(current: IdleTimeout, change: TimeoutChange): readonly Difference[] {
  const found: Difference[] = [];
  if (current.enabled !== change.enabled) {
    found.push({ name: 'Idle timeout', from: onOff(current.enabled), to: onOff(change.enabled) });
  }
  if (current.seconds !== change.seconds) {
    found.push({ name: 'Time', from: time(current.seconds), to: time(change.seconds) });
  }
  return found;
}

/** What a change means for the people of the org, in the order of how much it hurts. */
export function consequences(current: IdleTimeout, change: TimeoutChange): readonly string[] {
  if (!change.enabled) {
    return [
      'Tokens no longer end because they are idle; they live until they expire or are revoked.',
      'Apps that use the authorization code grant can get refresh tokens again.',
    ];
  }
  const after = formatDuration(change.seconds);
  const turnedOn = current.enabled !== true;
  const shorter = !turnedOn && current.seconds !== null && change.seconds < current.seconds;
  return [
    `Whoever makes no request for ${after} is signed out, set to Offline and taken off queue. Requests count, not keyboard and mouse.`,
    ...(shorter ? [`Sessions that have been idle for longer than ${after} may end at once.`] : []),
    ...(turnedOn
      ? [
          'Apps that use the authorization code grant no longer get refresh tokens; their users have to sign in again.',
          'Genesys advises against an idle timeout where people use the mobile apps.',
        ]
      : []),
    'This app is affected too: leave it idle for longer and you have to sign in again.',
    ...(current.groupsEnabled && current.groupBundles.length > 0
      ? ['Groups with a timeout of their own keep it.']
      : []),
  ];
}

/** The button that saves a change says what it does. */
export const saveLabel = (current: IdleTimeout, change: TimeoutChange): string => {
  if (!change.enabled) return 'Turn idle timeout off';
  const verb = current.enabled === true ? 'Set idle timeout to' : 'Turn on idle timeout at';
  return `${verb} ${formatDuration(change.seconds)}`;
};
