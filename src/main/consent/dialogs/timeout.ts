import type { Connection } from '../../../shared/connection.ts';
import type { IdleTimeout, TimeoutChange, TimeoutGroupBundle } from '../../../shared/timeout.ts';
import { byPriority } from '../../../shared/timeout-groups.ts';
import type { ConsentDialog } from '../consent.ts';
import { counted, organizationOf, whereLine } from './where.ts';

/** Seconds in the largest unit that holds them whole. */
function duration(seconds: number | null): string {
  if (seconds === null) return 'a time that is not given';
  if (seconds % 3600 === 0) return counted(seconds / 3600, 'hour');
  return seconds % 60 === 0 ? counted(seconds / 60, 'minute') : counted(seconds, 'second');
}

const setting = (enabled: boolean | null, seconds: number | null): string =>
  enabled === true ? `on, ${duration(seconds)}` : enabled === false ? 'off' : 'not set';

const groups = (enabled: boolean, bundles: readonly TimeoutGroupBundle[]): string => {
  if (bundles.length === 0) return 'none';
  const each = byPriority(bundles).map(
    ({ timeoutSeconds, groupIds }) => `${duration(timeoutSeconds)} for ${counted(groupIds.length, 'group')}`,
  );
  return `${enabled ? '' : 'off: '}${each.join(', ')}`;
};

/** Before the idle timeout of an org is changed, from the value that main has just read. */
export function timeoutDialog(
  connection: Connection,
  current: IdleTimeout,
  change: TimeoutChange,
  restores: boolean,
): ConsentDialog {
  const after = setting(change.enabled, change.seconds ?? current.seconds);
  const now = groups(current.groupsEnabled === true, current.groupBundles);
  return {
    message: `${restores ? 'Restore an earlier' : 'Change the'} idle timeout of ${organizationOf(connection)}?`,
    detail: [
      whereLine(connection),
      `For everybody: ${setting(current.enabled, current.seconds)} → ${after}`,
      change.groups
        ? `For groups: ${now} → ${groups(change.groups.enabled, change.groups.bundles)}`
        : `For groups: ${now}, as before`,
      change.enabled
        ? 'Sessions that have been idle for longer may end at once.'
        : 'Tokens no longer end because they are idle.',
    ],
    button: change.enabled ? 'Save the idle timeout' : 'Turn the idle timeout off',
  };
}
