import type { RunSummary } from '../../../shared/run.ts';
import type { Plan } from '../../revocation/plan/kept-plans.ts';
import type { RevocationSession } from '../../revocation/ports.ts';
import type { Resumable } from '../../revocation/run/resumable.ts';
import type { ConsentDialog } from '../consent.ts';
import { counted, named, number, organizationOf, userLines, when, whereLine } from './where.ts';

const EFFECT =
  'They are signed out of every app as soon as it calls Genesys Cloud. Live calls may drop. This cannot be undone.';
const YOURSELF = 'Your own tokens are among them and end last.';

/** The first users whom a plan revokes. */
function firstOf(plan: Plan, most: number) {
  const first = [];
  for (const { decision, userId, name, email } of plan.rows) {
    if (first.length === most) break;
    if (decision.kind === 'revoke' && userId !== null) first.push({ userId, name, email });
  }
  return first;
}

/** From this age on a plan may not be what Genesys Cloud would say now, ms: a meeting lies between. */
const OLD_MS = 30 * 60_000;

/**
 * Before a real run, from the plan that main has.
 * @param most names that are told. @param now ms since the epoch.
 */
export function startRunDialog(
  plan: Plan,
  { connection }: RevocationSession,
  most: number,
  now: number,
): ConsentDialog {
  const { revoke, revokesYourself, createdAt } = plan.summary;
  const isOld = now - Date.parse(createdAt) >= OLD_MS;
  return {
    message: `Revoke all tokens of ${counted(revoke, 'user')} in ${organizationOf(connection)}?`,
    detail: [
      whereLine(connection),
      ...userLines(firstOf(plan, most), revoke),
      ...(isOld
        ? [`Looked up ${when(createdAt)}: what has changed in Genesys Cloud since then is not in the plan.`]
        : []),
      ...(revokesYourself ? [YOURSELF] : []),
      EFFECT,
    ],
    button: `Revoke the tokens of ${counted(revoke, 'user')}`,
  };
}

/** Before a run from disk, or another connection's, goes on: whom it revokes is what the directory says now. */
export function resumeDialog(found: Resumable, { connection }: RevocationSession): ConsentDialog {
  const { header, users, first, keepBack, includesOperator, otherConnection } = found;
  return {
    message: `Go on revoking all tokens of ${counted(users, 'user')} in ${organizationOf(connection)}?`,
    detail: [
      whereLine(connection),
      `Run of ${when(header.at)}, begun by ${named(header.operator.name)}: ${named(header.reason) || 'no reason given'}`,
      ...(otherConnection ? [`Another connection began it: “${named(header.connectionLabel)}”.`] : []),
      ...userLines(first, users),
      ...(keepBack.size > 0
        ? [
            `${number(keepBack.size)} more ${keepBack.size === 1 ? 'is' : 'are'} protected by now and kept back.`,
          ]
        : []),
      ...(includesOperator ? [YOURSELF] : []),
      EFFECT,
    ],
    button: `Revoke the tokens of ${counted(users, 'user')}`,
  };
}

const runLine = ({ organization, createdAt, operator, users, reason }: RunSummary): string =>
  `Run of ${when(createdAt)} by ${named(operator)} in ${named(organization.name)}, ${counted(users, 'user')}: ${named(reason) || 'no reason given'}`;

/** Before an interrupted run is ended for good. */
export const closeRunDialog = (run: RunSummary): ConsentDialog => {
  const { counts, unanswered } = run;
  return {
    message: 'End this run for good?',
    detail: [
      runLine(run),
      `The tokens of ${counted(counts['not-attempted'], 'user')} will not be revoked by it${unanswered > 0 ? `, and the answer for ${number(unanswered)} stays unknown` : ''}.`,
      'Its record is kept.',
    ],
    button: 'End the run',
  };
};

/** Before the record of a run is deleted. */
export const deleteRunDialog = (run: RunSummary): ConsentDialog => ({
  message: 'Delete the record of this run?',
  detail: [
    runLine(run),
    `It says that ${counted(run.counts.revoked, 'user')} ${run.counts.revoked === 1 ? 'was' : 'were'} revoked, and is the only evidence of it on this computer.`,
    'This cannot be undone.',
  ],
  button: 'Delete the record',
});

/** Before the window closes, and the program with it, while a run goes on, or users are kept out. */
export const closeWindowDialog = (running: boolean): ConsentDialog => ({
  message: running ? 'A revocation is running.' : 'Users are being kept out.',
  detail: [
    running
      ? 'If you quit now, it stops after the users in flight. The next start offers to resume with exactly who is left.'
      : 'If you quit now, nobody looks who signs in again. The next start offers to go on with it.',
  ],
  button: 'Stop and quit',
  cancel: 'Keep running',
});
