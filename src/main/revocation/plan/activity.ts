import type { KeepBackRules, PlanRow } from '../../../shared/plan.ts';
import type { Directory, UserActivity } from '../ports.ts';
import { LISTED_IDS } from '../../api-limits.ts';
import { forEachAtOnce, inBatches } from './lookup.ts';
import { fitsToken } from './sources.ts';

/** Why the rules keep a user back; null when they do not. What the API did not tell keeps a user back too. */
function reason(activity: UserActivity | undefined, rules: KeepBackRules): PlanRow['decision'] | null {
  if (!activity) return { kind: 'kept-back', reason: 'not-found', note: 'Gone during the review' };
  const { lastTokenIssued: issued, onCall } = activity;
  const { noToken } = rules;
  if (noToken?.kind === 'never' && issued === null)
    return { kind: 'kept-back', reason: 'no-token', note: 'Never had a token' };
  if (noToken?.kind === 'since' && !fitsToken(issued, noToken)) {
    const note = issued === null ? 'Never had a token' : `Last token ${issued.slice(0, 10)}`;
    return { kind: 'kept-back', reason: 'no-token', note };
  }
  if (!rules.onCall || onCall === false) return null;
  return { kind: 'kept-back', reason: 'on-call', note: onCall === null ? 'Genesys Cloud did not say' : null };
}

/**
 * Asks what the users to revoke do now, 100 a call, and keeps back those whom the rules spare.
 * @throws what the directory throws; AppFailure `cancelled` when aborted.
 */
export async function keepBackByActivity(
  rows: readonly PlanRow[],
  rules: KeepBackRules | undefined,
  directory: Directory,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<readonly PlanRow[]> {
  if (!rules || (rules.noToken === null && !rules.onCall)) return rows;
  const going = rows.flatMap(({ decision, userId }) =>
    decision.kind === 'revoke' && userId !== null ? [userId.toLowerCase()] : [],
  );
  const known = new Map<string, UserActivity>();
  let done = 0;
  const about = [
    ...(rules.noToken ? (['last-token'] as const) : []),
    ...(rules.onCall ? (['on-call'] as const) : []),
  ];
  await forEachAtOnce(inBatches(going, LISTED_IDS), signal, async (ids, stop) => {
    for (const activity of await directory.activityOf(ids, about, stop))
      known.set(activity.id.toLowerCase(), activity);
    done += ids.length;
    onProgress(done, going.length);
  });
  return rows.map((row) => {
    if (row.decision.kind !== 'revoke') return row;
    const decision = reason(known.get(row.userId?.toLowerCase() ?? ''), rules);
    return decision ? { ...row, decision } : row;
  });
}
