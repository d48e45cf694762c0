import type {
  DecidedPlan,
  KeepBackRules,
  PlanRow,
  PlanSummary,
  ProtectedEntry,
  ReviewDecision,
} from '../../../shared/plan.ts';
import { failure } from '../../failure.ts';
import type { RunOwner } from '../owner.ts';
import type { DirectoryUser, RevocationSession } from '../ports.ts';
import { shortId } from '../../short-id.ts';
import { keepBackByActivity } from './activity.ts';
import { hashRows } from './plan-file.ts';
import { confirmationText } from './confirmation.ts';
import { decisionAbout, userFields, type DecisionRules } from './decide.ts';
import { changesOf, decideAbout, reviewedRows, type Review } from './review.ts';
import { countRows } from './summary.ts';

/** Plans kept in memory: the one reviewed, and one to go back to. A plan of 100,000 rows takes about 40 MB. */
const MAX_PLANS = 2;

/** Longest that asking about one chosen user may take, ms. */
const CHOICE_LIMIT_MS = 60_000;

export interface Plan {
  readonly summary: PlanSummary;
  readonly rows: readonly PlanRow[];
  /** Under whom it was made: it is run by nobody else, and nowhere else. */
  readonly owner: RunOwner;
  readonly organizationName: string;
  /** Whom the list protected when the plan was made. */
  readonly protectedEntries: readonly ProtectedEntry[];
  /** The run whose users it takes up again. */
  readonly parent: string | null;
}

interface Basis {
  /** The rows as the look-up decided. */
  readonly found: readonly PlanRow[];
  readonly review: Review;
  /** Whom the ambiguous rows can mean, by their index. */
  readonly candidates: ReadonlyMap<number, readonly DirectoryUser[]>;
  readonly rules: DecisionRules;
  readonly keepBack: KeepBackRules | undefined;
}

/** A plan with what its rows come from: needed to decide about them once more. */
export interface ReviewedPlan extends Plan {
  readonly basis: Basis;
}

export interface KeptPlans {
  keep(plan: ReviewedPlan): void;
  /** @throws AppFailure `no-such-item`. */
  find(planId: string): ReviewedPlan;
  /**
   * Applies a decision of the operator. The plan it was made about gives way to a new one.
   * @param protectedNow the protected list, where the decision adds to it.
   * @throws AppFailure `no-such-item`, `invalid-input`, and for a choice what the directory throws.
   */
  decide(
    planId: string,
    decision: ReviewDecision,
    session: RevocationSession,
    protectedNow?: readonly ProtectedEntry[],
  ): Promise<DecidedPlan>;
  /** Whom an ambiguous row can mean. @throws AppFailure `no-such-item`. */
  candidates(planId: string, row: number): readonly DirectoryUser[];
}

/** The last plans, and what is decided about them. @param random 0 to 1, for ids. */
export function createKeptPlans(random: () => number): KeptPlans {
  const kept = new Map<string, ReviewedPlan>();

  const keep = (plan: ReviewedPlan): void => {
    kept.set(plan.summary.planId, plan);
    const [oldest] = kept.keys();
    if (kept.size > MAX_PLANS && oldest !== undefined) kept.delete(oldest);
  };

  const find = (planId: string): ReviewedPlan => {
    const plan = kept.get(planId);
    if (!plan) throw failure('no-such-item', 'This plan is no longer kept. Review the selection again.');
    return plan;
  };

  const candidates = (planId: string, row: number): readonly DirectoryUser[] => {
    const found = find(planId).basis.candidates.get(row);
    if (!found) throw failure('no-such-item', 'This row has nobody to choose from.');
    return found;
  };

  /** An ambiguous row with the user who was chosen; the rules that hold for everybody hold for them too. */
  const chosenRow = async (
    { planId }: PlanSummary,
    index: number,
    userId: string,
    { directory }: RevocationSession,
  ): Promise<PlanRow> => {
    const { found, rules, keepBack } = find(planId).basis;
    const users = candidates(planId, index);
    const user = users.find(({ id }) => isSame(id, userId));
    const row = found[index];
    if (!user || !row) throw failure('invalid-input', 'This user is not among those whom the row can mean.');
    const decided = decisionAbout(user, rules);
    const note = `Chosen by you among ${users.length} users`;
    const chosen: PlanRow = {
      ...row,
      ...userFields(user),
      decision: decided.kind === 'revoke' ? { kind: 'revoke', note } : decided,
    };
    const signal = AbortSignal.timeout(CHOICE_LIMIT_MS);
    const [kept = chosen] = await keepBackByActivity([chosen], keepBack, directory, signal, () => undefined);
    return kept;
  };

  const decide: KeptPlans['decide'] = async (planId, decision, session, protectedNow) => {
    const plan = find(planId);
    const { basis, rows: before, summary } = plan;
    let review = basis.review;
    if (decision.kind === 'choose') {
      const chosen = new Map(review.chosen);
      if (decision.userId === null) chosen.delete(decision.row);
      else chosen.set(decision.row, await chosenRow(summary, decision.row, decision.userId, session));
      review = { ...review, chosen };
    } else review = decideAbout(before, review, decision);
    const rows = reviewedRows(basis.found, review);
    const about = await describeRows(rows, session);
    // Somebody else may have decided about the same plan meanwhile, or reviewed anew.
    find(planId);
    const decided: ReviewedPlan = {
      ...plan,
      summary: { ...summary, ...about, planId: shortId(random) },
      rows,
      protectedEntries: protectedNow ?? plan.protectedEntries,
      basis: { ...basis, review },
    };
    kept.delete(planId);
    keep(decided);
    return { plan: decided.summary, ...changesOf(before, rows) };
  };

  return { keep, find, decide, candidates };
}

/** What follows from the rows: their hash, their counts, and what has to be typed. */
export async function describeRows(
  rows: readonly PlanRow[],
  { connection, operator, pacer }: RevocationSession,
) {
  const counts = countRows(rows);
  return {
    ...counts,
    hash: await hashRows(rows),
    estimatedSeconds: Math.ceil((counts.revoke * 60) / pacer.pacePerMinute),
    confirmationText: confirmationText(counts.revoke, connection.organization.name),
    revokesYourself: rows.some(
      ({ decision, userId }) => decision.kind === 'revoke' && isSame(userId, operator.userId),
    ),
  };
}

const isSame = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && a.toLowerCase() === b.toLowerCase();
