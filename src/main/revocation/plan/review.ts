import type { DecidedPlan, PlanDecision, PlanRow, ReviewDecision, RowRange } from '../../../shared/plan.ts';
import { failure } from '../../failure.ts';

/** What the operator decided in the review. Ids are lower case. */
export interface Review {
  /** Users kept back. */
  readonly keptBack: ReadonlySet<string>;
  /** Users who were put on the protected list in this review. */
  readonly protected: ReadonlySet<string>;
  /** Ambiguous rows, by index, as they are with the user who was chosen. */
  readonly chosen: ReadonlyMap<number, PlanRow>;
}

export const NO_REVIEW: Review = { keptBack: new Set(), protected: new Set(), chosen: new Map() };

const BY_YOU: PlanDecision = { kind: 'kept-back', reason: 'by-you', note: null };
const PROTECTED: PlanDecision = { kind: 'kept-back', reason: 'protected', note: 'By name' };

/** The user whom a row stands for, lower case; null when it stands for nobody. */
export const userOf = ({ userId }: PlanRow): string | null => userId?.toLowerCase() ?? null;

const isDuplicate = ({ decision }: PlanRow): boolean =>
  decision.kind === 'kept-back' && decision.reason === 'duplicate';

/** Whoever was chosen for a row and stands in another one too goes with the other one. */
function withoutTwice(found: readonly PlanRow[], chosen: Review['chosen']): Review['chosen'] {
  if (chosen.size === 0) return chosen;
  const wanted = new Set([...chosen.values()].map(userOf));
  const rowOfUser = new Map<string | null, number>();
  for (const row of found) {
    const user = userOf(row);
    if (user !== null && wanted.has(user) && !isDuplicate(row) && !rowOfUser.has(user))
      rowOfUser.set(user, row.index);
  }
  const single = new Map<number, PlanRow>();
  for (const [index, row] of [...chosen].sort(([a], [b]) => a - b)) {
    const earlier = rowOfUser.get(userOf(row));
    if (earlier === undefined) {
      rowOfUser.set(userOf(row), index);
      single.set(index, row);
    } else {
      const note = `Same as row ${earlier + 1}`;
      single.set(index, { ...row, decision: { kind: 'kept-back', reason: 'duplicate', note } });
    }
  }
  return single;
}

/**
 * The rows of a plan after the review. Only rows that would go are changed: what the look-up keeps back stays kept back.
 * @param found as the look-up decided. @returns rows that nothing was decided about as the same objects.
 */
export function reviewedRows(found: readonly PlanRow[], review: Review): readonly PlanRow[] {
  const chosen = withoutTwice(found, review.chosen);
  return found.map((original) => {
    const row = chosen.get(original.index) ?? original;
    const user = userOf(row);
    if (row.decision.kind !== 'revoke' || user === null) return row;
    if (review.protected.has(user)) return { ...row, decision: PROTECTED };
    return review.keptBack.has(user) ? { ...row, decision: BY_YOU } : row;
  });
}

/**
 * The rows of those ranges.
 * @throws AppFailure `invalid-input` for ranges that overlap, are not in order, or name rows that are not there.
 */
export function rowsIn(rows: readonly PlanRow[], ranges: readonly RowRange[]): readonly PlanRow[] {
  let end = 0;
  return ranges.flatMap(([from, count]) => {
    if (from < end || from + count > rows.length)
      throw failure('invalid-input', 'The plan has no such rows.');
    end = from + count;
    return rows.slice(from, end);
  });
}

const users = (rows: readonly PlanRow[]): ReadonlySet<string> =>
  new Set(rows.map(userOf).filter((user) => user !== null));

/** Takes a decision about rows up. @param now the rows as the review has them. */
export function decideAbout(
  now: readonly PlanRow[],
  review: Review,
  decision: Exclude<ReviewDecision, { kind: 'choose' }>,
): Review {
  const rows = rowsIn(now, decision.rows);
  const meant = users(rows);
  switch (decision.kind) {
    case 'keep-back':
      return { ...review, keptBack: new Set([...review.keptBack, ...meant]) };
    case 'only': {
      const going = users(
        now.filter(
          ({ decision: { kind }, userId }) =>
            kind === 'revoke' || review.keptBack.has(userId?.toLowerCase() ?? ''),
        ),
      );
      return { ...review, keptBack: new Set([...going].filter((user) => !meant.has(user))) };
    }
    case 'as-found': {
      const chosen = new Map(review.chosen);
      for (const { index } of rows) chosen.delete(index);
      return {
        ...review,
        chosen,
        keptBack: new Set([...review.keptBack].filter((user) => !meant.has(user))),
      };
    }
    case 'protect':
      return { ...review, protected: new Set([...review.protected, ...meant]) };
  }
}

/** Most rows in one answer (contract: Page). */
const MAX_ROWS = 10_000;

/** What a decision changed, for a window that has the rows as they were. */
export function changesOf(
  before: readonly PlanRow[],
  after: readonly PlanRow[],
): Pick<DecidedPlan, 'keptBack' | 'rows'> {
  const keptBack: number[] = [];
  const rows: PlanRow[] = [];
  for (const [index, row] of after.entries()) {
    const former = before[index];
    if (row.decision === former?.decision && row.userId === former.userId) continue;
    if (row.decision === BY_YOU && row.userId === former?.userId) keptBack.push(index);
    else rows.push(row);
  }
  return { keptBack, rows: rows.length > MAX_ROWS ? null : rows };
}
