import { appliedTimeout, byPriority, type TimeoutRules } from './timeout-groups.ts';

/** What somebody's idle timeout is: seconds, never, or not told by the API. */
export type EffectiveTime =
  | { readonly kind: 'after'; readonly seconds: number }
  | { readonly kind: 'never' }
  | { readonly kind: 'not-told' };

/** What a change means for the members of a group, or (null) for everybody who is in none of those groups. */
export interface TimeoutEffect {
  readonly groupId: string | null;
  readonly from: EffectiveTime;
  readonly to: EffectiveTime;
}

/** Members of no other group of these rules are meant: who is in several gets what the first of them has. */
function timeOf(rules: TimeoutRules, groupId: string | null): EffectiveTime {
  const applied = appliedTimeout(rules, groupId === null ? [] : [groupId]);
  if (applied.kind === 'off') return { kind: 'never' };
  const seconds = applied.kind === 'bundle' ? applied.bundle.timeoutSeconds : applied.seconds;
  return seconds === null ? { kind: 'not-told' } : { kind: 'after', seconds };
}

/** Seconds by which times can be compared; never is longest, and what is not told is null. */
export const secondsOf = (time: EffectiveTime): number | null =>
  time.kind === 'after' ? time.seconds : time.kind === 'never' ? Infinity : null;

/** Whether two times are the same. */
export const isSameTime = (a: EffectiveTime, b: EffectiveTime): boolean =>
  a.kind === b.kind && secondsOf(a) === secondsOf(b);

/**
 * Whom a change concerns, in effective values: every group that has a timeout of its own before or after, in the order of
 * the priorities after it, and then everybody else.
 */
export function timeoutEffects(before: TimeoutRules, after: TimeoutRules): readonly TimeoutEffect[] {
  const bundles = byPriority([...after.groupBundles, ...before.groupBundles]);
  const groups = bundles.flatMap(({ groupIds }) => groupIds);
  return [...new Set(groups), null].map((groupId) => ({
    groupId,
    from: timeOf(before, groupId),
    to: timeOf(after, groupId),
  }));
}
