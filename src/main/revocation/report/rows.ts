import type { PlanRow } from '../../../shared/plan.ts';
import type { OutcomeRow } from '../../../shared/run.ts';
import type { Settlement } from '../journal/replay.ts';

/** Stands for a user for whom a call was begun whose answer is not in the journal. */
const NO_ANSWER = 'No answer was recorded: the tokens may have been revoked or not.';
/** Stands for a user whose outcome the readable part of a damaged journal does not hold. */
const NOT_READABLE = 'The record of the run is damaged: what became of this user is not certain.';

const KEPT_BACK_WORDS = {
  yourself: 'This is you',
  protected: 'On the protected list',
  excluded: 'Excluded by the selection',
  'by-you': 'Kept back by the operator in the review',
  duplicate: 'Listed more than once',
  'not-found': 'No such user',
  ambiguous: 'Several users have this address',
  deleted: 'The user is deleted',
  unreadable: 'Neither a user id nor an email address',
  'no-user-named': 'The row names no user',
  'no-token': 'No token issued in that time',
  'on-call': 'On a call during the review',
} as const;

/**
 * From when on a token of a revoked user means that they have signed in again, ISO 8601. The API tells when tokens were
 * issued by its own clock, so the time of the revocation is the API's too: this computer's may be wrong by minutes. It is
 * when the call was sent, not when its answer came: a token that was issued in between may live.
 */
export const revokedSince = ({ sentAt, at }: Pick<OutcomeRow, 'sentAt' | 'at'>): string | null =>
  sentAt ?? at;

/**
 * A row of the report: one outcome per row of the plan.
 * @param settled undefined while there is no outcome. @param begun whether a call was begun for it.
 * @param readable whether the journal can be read to its end: if not, nobody is known to be untouched.
 */
export function outcomeRow(
  row: PlanRow,
  settled: Settlement | undefined,
  begun: boolean,
  readable = true,
): OutcomeRow {
  const { index, userId, name, email, input, decision, line, details } = row;
  const why = readable ? (begun ? NO_ANSWER : null) : NOT_READABLE;
  let outcome: OutcomeRow['outcome'] = settled?.outcome ?? (why === null ? 'not-attempted' : 'failed');
  let note = settled ? settled.note : why;
  if (decision.kind === 'revoke') note ??= decision.note ?? null;
  if (decision.kind === 'kept-back') {
    const words = KEPT_BACK_WORDS[decision.reason];
    outcome = 'kept-back';
    note = decision.note === null ? words : `${words}: ${decision.note}`;
  }
  return {
    index,
    userId,
    name,
    email,
    input,
    outcome,
    note,
    attempts: settled?.attempts ?? 0,
    status: settled?.status ?? null,
    at: settled?.at ?? null,
    correlationId: settled?.correlationId ?? null,
    ...(settled?.sentAt !== undefined && { sentAt: settled.sentAt }),
    ...(line !== undefined && { line }),
    ...(details && { details }),
  };
}
