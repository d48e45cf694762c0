import { isSameTime, type EffectiveTime, type TimeoutEffect } from '../../../shared/timeout-effects.ts';
import { counted, formatDuration, formatNumber } from './format.ts';

/** Who and what: "Night shift (210 people)", "keeps 2 hours" or "2 hours → 15 minutes". */
interface EffectLabel {
  readonly key: string;
  readonly who: string;
  /** Null where nothing changes for them. */
  readonly from: string | null;
  readonly to: string;
}

const timeLabel = (time: EffectiveTime): string => {
  switch (time.kind) {
    case 'after':
      return formatDuration(time.seconds);
    case 'never':
      return 'never';
    case 'not-told':
      return 'not told';
  }
};

/** What is known of a group: its name, and how many are in it. */
interface GroupLabel {
  readonly name: string;
  readonly people: number | null;
}

/** @param activeUsers of the whole organization; null where that is not known (yet). */
export function effectLabel(
  { groupId, from, to }: TimeoutEffect,
  groupOf: (groupId: string) => GroupLabel,
  others: { readonly groups: boolean; readonly activeUsers: number | null },
): EffectLabel {
  const changes = !isSameTime(from, to);
  const times = { from: changes ? timeLabel(from) : null, to: timeLabel(to) };
  if (groupId === null) {
    const { activeUsers } = others;
    const users = activeUsers === null ? '' : `${formatNumber(activeUsers)} active users`;
    const all = users && ` (${users})`;
    const rest = users && ` (of ${users})`;
    return { key: 'others', who: others.groups ? `Everyone else${rest}` : `Everybody${all}`, ...times };
  }
  const { name, people } = groupOf(groupId);
  return {
    key: groupId,
    who: people === null ? name : `${name} (${counted(people, 'person', 'people')})`,
    ...times,
  };
}
