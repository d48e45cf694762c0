import type { UserState } from '../../../shared/directory.ts';
import type { KeptBackReason } from '../../../shared/plan.ts';
import { findRegion } from '../../../shared/regions.ts';
import type { OutcomeKind, PauseReason, RunAbout, RunState, RunSummary } from '../../../shared/run.ts';
import { regionName } from './connection.ts';

interface Explained {
  readonly label: string;
  readonly explanation: string;
}

/** Why a row of a plan is left alone. */
export const KEPT_BACK_LABELS: Readonly<Record<KeptBackReason, Explained>> = {
  yourself: {
    label: 'Yourself',
    explanation: 'Revoking your own tokens would end this session and the run with it.',
  },
  protected: { label: 'Protected', explanation: 'On the list of protected users in Settings.' },
  excluded: { label: 'Excluded', explanation: 'In the exceptions that you chose.' },
  'by-you': { label: 'By you', explanation: 'Kept back by you in this review.' },
  duplicate: { label: 'Duplicate', explanation: 'The same user stands further up in the list.' },
  'not-found': {
    label: 'Not found',
    explanation: 'No user in this organization has this id or email address.',
  },
  ambiguous: { label: 'Ambiguous', explanation: 'More than one user has this email address.' },
  deleted: { label: 'Deleted', explanation: 'The user is deleted and can hold no token.' },
  unreadable: { label: 'Not readable', explanation: 'Neither a user id nor an email address.' },
  'no-user-named': { label: 'No user named', explanation: 'The row names no user.' },
  'no-token': { label: 'No token since', explanation: 'Had no token issued in the time you asked for.' },
  'on-call': { label: 'On a call', explanation: 'On a call while the users were looked up.' },
};

/** What became of a user in a run. */
export const OUTCOME_LABELS: Readonly<Record<OutcomeKind, Explained>> = {
  revoked: { label: 'Revoked', explanation: 'All tokens of the user have ended.' },
  'would-revoke': {
    label: 'Would be revoked',
    explanation: 'Dry run: everything was done but the revocation.',
  },
  'not-found': {
    label: 'Not found',
    explanation:
      'Genesys Cloud found nothing to revoke: it no longer knows this user, or no token of theirs.',
  },
  forbidden: { label: 'Not allowed', explanation: 'You may not revoke the tokens of this user.' },
  failed: { label: 'Failed', explanation: 'Genesys Cloud did not confirm it, even after several attempts.' },
  'kept-back': { label: 'Kept back', explanation: 'Left alone for a reason found in the review.' },
  'not-attempted': { label: 'Not attempted', explanation: 'The run ended before it came to this user.' },
};

/** Why a run is paused, and what makes it go on. */
export const PAUSE_LABELS: Readonly<Record<PauseReason, Explained>> = {
  'by-you': { label: 'Paused by you', explanation: 'It goes on when you continue it.' },
  offline: { label: 'Offline', explanation: 'It goes on by itself when Genesys Cloud can be reached again.' },
  portal: {
    label: 'Something else answers',
    explanation:
      'Not Genesys Cloud, but something on the way to it answered: the sign-in page of this network, or a filter. Open any page in your browser and sign in to the network. Nobody’s attempt is used up; the run goes on by itself.',
  },
  'not-trusted': {
    label: 'The certificate is not trusted',
    explanation:
      'What answers in the place of Genesys Cloud cannot show a certificate that this computer trusts, so nothing was sent to it. On a guest network sign in to the network first; where your company inspects traffic, its certificate has to be installed. Nobody’s attempt is used up; the run goes on by itself when it is trusted.',
  },
  'proxy-sign-in': {
    label: 'The proxy wants a password',
    explanation:
      'Nothing reaches Genesys Cloud until it has one: give it above. Nobody’s attempt is used up; the run goes on by itself.',
  },
  'rate-limited': {
    label: 'Waiting for the rate limit',
    explanation: 'It goes on by itself when Genesys Cloud allows it.',
  },
  'server-failing': {
    label: 'Genesys Cloud is failing',
    explanation:
      'One call after the other failed at the server, or was answered in words that are not its own. It is tried again from time to time, and the run goes on by itself when the server answers.',
  },
  'nothing-allowed': {
    label: 'Nothing allowed so far',
    explanation:
      'Every user up to now was refused. Check that your role holds “OAuth > Token > Delete” in their divisions. Continue to try the others all the same, or cancel.',
  },
  'sign-in-needed': {
    label: 'Sign-in needed',
    explanation: 'Your own token has ended, or is about to. Sign in again; it goes on by itself then.',
  },
  'ip-not-allowed': {
    label: 'Network address not allowed',
    explanation:
      'The organization takes requests from certain network addresses only, and this computer’s is not one of them. Your sign-in is kept. Connect through the company network or VPN, then continue.',
  },
  'journal-not-writable': {
    label: 'Disk not writable',
    explanation:
      'No call goes out while the record of the run cannot be written. It is tried again from time to time, and the run goes on by itself when the record can be written; nothing is lost.',
  },
  asleep: {
    label: 'The computer was asleep',
    explanation: 'It goes on by itself as soon as the computer is awake and your sign-in was looked at.',
  },
};

/** What makes a run go on that waits for its operator, while somebody else is signed in. */
export const signInAs = (operator: string, now: string): string => {
  const whose = operator === now ? `another account’s of the name ${operator}` : `${operator}’s`;
  const as = operator === now ? 'with that account' : `as ${operator}`;
  return `The token of this run has ended, or is about to. You are signed in as ${now}, and the run is ${whose}: sign in ${as}, and it goes on by itself.`;
};

/** State of a run in one or two words. */
export const RUN_STATE_LABELS: Readonly<Record<RunState['kind'], string>> = {
  planned: 'Planned',
  running: 'Running',
  paused: 'Paused',
  interrupted: 'Interrupted',
  cancelled: 'Cancelled',
  finished: 'Finished',
};

/** The state in words, with the reason of a pause: "Paused: Offline". */
export const stateText = (state: RunState): string =>
  state.kind === 'paused' && state.reason !== 'by-you'
    ? `${RUN_STATE_LABELS.paused}: ${PAUSE_LABELS[state.reason].label}`
    : RUN_STATE_LABELS[state.kind];

/** What a run is called: by its reason, where one was given. */
export const runTitle = ({ reason, dryRun }: Pick<RunSummary, 'reason' | 'dryRun'>): string =>
  reason || (dryRun ? 'Dry run' : 'Revocation');

export const USER_STATE_LABELS: Readonly<Record<UserState, string>> = {
  active: 'Active',
  inactive: 'Inactive',
  deleted: 'Deleted',
};

/** Where a run calls, by the region of its journal: "Frankfurt", the host of a custom one. */
function runPlace(region: string): string {
  if (region === '') return 'region not known';
  if (region === 'demo') return regionName({ kind: 'demo' });
  return findRegion(region) || !URL.canParse(region)
    ? regionName({ kind: 'genesys', id: region })
    : new URL(region).host;
}

/** Org and connection of a run in a few words: "Acme, by “Acme production” (Frankfurt)". */
export const runOwner = ({ organization, connectionLabel, region }: RunAbout): string =>
  `${organization.name}, by “${connectionLabel}” (${runPlace(region)})`;
