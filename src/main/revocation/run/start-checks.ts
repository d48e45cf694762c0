import { isConfirmed } from '../../../shared/confirmation.ts';
import type { RunStartRequest } from '../../../shared/run.ts';
import { failure } from '../../failure.ts';
import { JOURNAL_VERSION, type HeaderBody } from '../journal/records.ts';
import { isOwner, ownerFieldsOf } from '../owner.ts';
import type { Plan } from '../plan/kept-plans.ts';
import type { RevocationSession } from '../ports.ts';

/** Longest reason and ticket, characters. */
const MAX_WORDS = 2_000;

/** The first record of a run. */
export const headerOf = (
  plan: Plan,
  request: RunStartRequest,
  session: RevocationSession,
  runId: string,
  appVersion: string,
): HeaderBody => ({
  type: 'header',
  v: JOURNAL_VERSION,
  ...ownerFieldsOf(session, {
    ...{ runId, appVersion, reason: request.reason.trim(), ticket: request.ticket.trim() },
  }),
  planHash: plan.summary.hash,
  users: plan.summary.revoke,
  keptBack: plan.summary.total - plan.summary.revoke,
  dryRun: request.dryRun,
  choice: plan.summary.sourceText,
  parent: plan.parent,
});

/**
 * Whether a plan may be run by who is signed in now, and was confirmed.
 * @throws AppFailure `nothing-selected`, `other-organization`, `invalid-input`, `confirmation-needed`.
 */
export const checkRequest = (plan: Plan, request: RunStartRequest, session: RevocationSession): void => {
  const { summary, owner } = plan;
  if (summary.revoke === 0) throw failure('nothing-selected', 'The plan revokes nobody.');
  // Who "yourself" is was decided with the plan.
  if (!isOwner(session, owner))
    throw failure('other-organization', 'The plan was made with another sign-in. Review it again.');
  if (request.reason.length > MAX_WORDS || request.ticket.length > MAX_WORDS)
    throw failure('invalid-input', 'Reason and ticket may have 2,000 characters each.');
  const { confirmationText } = summary;
  if (!request.dryRun && confirmationText !== '' && !isConfirmed(request.confirmation, confirmationText))
    throw failure('confirmation-needed', 'What was typed is not what the plan asks for.');
};
