import { secondsOf, timeoutEffects } from '../../../shared/timeout-effects.ts';
import { afterChange, bundleDifferences, type BundleDifference } from '../../../shared/timeout-groups.ts';
import type { IdleTimeout, TimeoutChange, TimeoutUnit } from '../../../shared/timeout.ts';

// What a change of the idle timeout alters, and what that means for the people of the org: decided here, worded in
// messages/timeout.ts.

interface Altered<Field extends string, Value> {
  readonly field: Field;
  /** Null where Genesys Cloud has not given it. */
  readonly from: Value | null;
  readonly to: Value;
}

export type TimeoutDifference =
  | Altered<'enabled' | 'groupsEnabled', boolean>
  | Altered<'seconds', number>
  | Altered<'unit', TimeoutUnit>
  | (BundleDifference & { readonly field: 'bundle' });

/** What a change would alter, field by field; empty when nothing would. */
export function timeoutDifferences(
  current: IdleTimeout,
  change: TimeoutChange,
): readonly TimeoutDifference[] {
  const { enabled, seconds, unit, groups } = change;
  const found: TimeoutDifference[] = [];
  if (current.enabled !== enabled) found.push({ field: 'enabled', from: current.enabled, to: enabled });
  if (seconds !== null && current.seconds !== seconds)
    found.push({ field: 'seconds', from: current.seconds, to: seconds });
  if (unit !== null && current.unit !== unit) found.push({ field: 'unit', from: current.unit, to: unit });
  if (!groups) return found;
  if ((current.groupsEnabled ?? false) !== groups.enabled)
    found.push({ field: 'groupsEnabled', from: current.groupsEnabled, to: groups.enabled });
  const bundles = bundleDifferences(current.groupBundles, groups.bundles);
  return [...found, ...bundles.map((one) => ({ ...one, field: 'bundle' as const }))];
}

export type TimeoutConsequence =
  | {
      readonly kind:
        | 'tokens-never-idle'
        | 'refresh-tokens-again'
        | 'no-refresh-tokens'
        | 'mobile-apps'
        | 'groups-keep-theirs'
        | 'groups-turned-off'
        | 'groups-taken-out'
        | 'this-app-too';
    }
  | { readonly kind: 'signed-out' | 'may-end-at-once' | 'groups-shorter'; readonly seconds: number };

/** What a change means for the people of the org, in the order of how much it hurts. */
export function timeoutConsequences(
  current: IdleTimeout,
  change: TimeoutChange,
): readonly TimeoutConsequence[] {
  if (!change.enabled) return [{ kind: 'tokens-never-idle' }, { kind: 'refresh-tokens-again' }];
  const seconds = change.seconds ?? current.seconds;
  const turnedOn = current.enabled !== true;
  const everybody = turnedOn || (change.seconds !== null && change.seconds !== current.seconds);
  return [
    ...(everybody && seconds !== null ? forEverybody(current, seconds, turnedOn) : []),
    ...forGroups(current, change),
    { kind: 'this-app-too' },
  ];
}

function forEverybody(
  current: IdleTimeout,
  seconds: number,
  turnedOn: boolean,
): readonly TimeoutConsequence[] {
  const shorter = turnedOn || current.seconds === null || seconds < current.seconds;
  return [
    { kind: 'signed-out', seconds },
    ...(shorter ? [{ kind: 'may-end-at-once', seconds } as const] : []),
    ...(turnedOn ? [{ kind: 'no-refresh-tokens' } as const, { kind: 'mobile-apps' } as const] : []),
  ];
}

function forGroups(current: IdleTimeout, change: TimeoutChange): readonly TimeoutConsequence[] {
  const { groups } = change;
  if (!groups)
    return current.groupsEnabled && current.groupBundles.length > 0 ? [{ kind: 'groups-keep-theirs' }] : [];
  if (!groups.enabled) return current.groupsEnabled ? [{ kind: 'groups-turned-off' }] : [];
  const before = current.groupsEnabled ? current.groupBundles : [];
  const left = new Set(groups.bundles.flatMap(({ groupIds }) => groupIds));
  const takenOut = before.some(({ groupIds }) => groupIds.some((id) => !left.has(id)));
  const shorter = shorterForGroups(current, change);
  return [
    ...(shorter.length > 0 ? [{ kind: 'groups-shorter', seconds: Math.min(...shorter) } as const] : []),
    ...(takenOut ? [{ kind: 'groups-taken-out' } as const] : []),
  ];
}

/** The new times of the groups whose members will be signed out sooner than now, seconds. */
const shorterForGroups = (current: IdleTimeout, change: TimeoutChange): readonly number[] =>
  timeoutEffects(current, afterChange(current, change)).flatMap(({ groupId, from, to }) => {
    const [before, after] = [secondsOf(from), secondsOf(to)];
    return groupId !== null && before !== null && after !== null && after < before ? [after] : [];
  });

/** What saving does, for the button that does it. */
export interface TimeoutSaving {
  /** For everybody; null when that stays as it is, but for how it is shown. */
  readonly everybody:
    | { readonly kind: 'off' }
    | { readonly kind: 'set' | 'on'; readonly seconds: number }
    | null;
  readonly groups: boolean;
}

/** What saving would do to the org, for the name of the button. */
export function timeoutSaving(current: IdleTimeout, change: TimeoutChange): TimeoutSaving {
  const seconds = change.seconds ?? current.seconds;
  const groups = change.groups !== undefined;
  if (!change.enabled) return { everybody: current.enabled === false ? null : { kind: 'off' }, groups };
  const altered = seconds !== null && (!current.enabled || seconds !== current.seconds);
  return { everybody: altered ? { kind: current.enabled === true ? 'set' : 'on', seconds } : null, groups };
}
