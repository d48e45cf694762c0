import type { AppError, ErrorCode } from '../../../shared/result.ts';

export interface ErrorWords {
  /** What happened. */
  readonly title: string;
  /** What it means for the work. */
  readonly meaning: string;
  /** What to do now. */
  readonly action: string;
}

const words = (title: string, meaning: string, action: string): ErrorWords => ({ title, meaning, action });

const NOTHING_CHANGED = 'Nothing was changed.';

/** One entry for each kind of expected failure. */
export const ERROR_WORDS: Readonly<Record<ErrorCode, ErrorWords>> = {
  offline: words(
    'Genesys Cloud cannot be reached',
    'This computer seems to be offline, or a proxy or firewall is in the way. What you have entered is kept.',
    'Check the network or VPN, then try again.',
  ),
  'timed-out': words(
    'Genesys Cloud did not answer in time',
    'The request may or may not have taken effect.',
    'Try again. If it keeps happening, check the Genesys Cloud status page for your region.',
  ),
  'proxy-sign-in': words(
    'The proxy wants a user name and password',
    'Nothing was sent to Genesys Cloud: the proxy of this network lets nobody pass without them.',
    'Give them where the window asks for them, then try again.',
  ),
  'not-trusted': words(
    'The certificate is not trusted',
    'What answers in the place of Genesys Cloud cannot show a certificate that this computer trusts. Nothing was sent to it.',
    'On a guest network sign in to the network first. Where your company inspects traffic, ask for its certificate to be installed on this computer.',
  ),
  portal: words(
    'Something else answers in the place of Genesys Cloud',
    'It answered with a web page or a redirect, as the sign-in page of a guest network or a filter does. The request may or may not have reached Genesys Cloud.',
    'Open any page in your browser, sign in to the network if it asks, then try again.',
  ),
  'signed-out': words(
    'This token is no longer valid',
    'It has expired, idled out or been revoked. What you were doing is kept.',
    'Sign in again to go on.',
  ),
  forbidden: words(
    'You are not allowed to do this',
    `The account or client you signed in with lacks a permission. ${NOTHING_CHANGED}`,
    'Ask a Genesys Cloud administrator for the permission named under Details, or sign in with another account.',
  ),
  'ip-not-allowed': words(
    'Your network address is not on the org’s allowlist',
    'The organization only accepts requests from certain addresses, and this is not one of them.',
    'Connect through the company network or VPN, or have your address added to the IP allowlist.',
  ),
  'not-found': words(
    'Genesys Cloud does not know this item',
    'It may have been deleted, or it belongs to another organization.',
    'Refresh the view and check the id.',
  ),
  'bad-request': words(
    'Genesys Cloud refused the request',
    `A value was not accepted. ${NOTHING_CHANGED}`,
    'Check the values. The server’s own words are under Details.',
  ),
  conflict: words(
    'Somebody else changed this at the same time',
    'Your change was not saved.',
    'Refresh, look at the new values, and try again.',
  ),
  'rate-limited': words(
    'Too many requests to Genesys Cloud',
    'The rate limit of this token is used up for the moment. Other tools may be using the same limit.',
    'Wait a minute and try again. A lower share of the rate limit in Settings leaves more room for others.',
  ),
  'server-failed': words(
    'Genesys Cloud had a problem',
    'The fault is on the server’s side and usually passes. The request may or may not have taken effect.',
    'Try again in a moment. If it stays, give the details below to Genesys support.',
  ),
  'unexpected-answer': words(
    'The answer was not what Genesys Cloud normally sends',
    'A proxy, a login page of the network, or a change on the server may be the cause.',
    'Check that the region or host is right. If it is, give the details below to Genesys support.',
  ),
  'wrong-credentials': words(
    'These credentials were not accepted',
    'The client id, the secret or the token is wrong, has been revoked, or belongs to another region.',
    'Check them and the region, then try again. Nothing was stored.',
  ),
  'login-rate-limited': words(
    'Too many sign-in attempts',
    'The login server of this region accepts no more attempts for the moment.',
    'Wait a few minutes before you try again.',
  ),
  'consent-denied': words(
    'Signing in was declined in the browser',
    'No access was given, and nothing was stored.',
    'Start again and choose “Allow” if you want this app to have access.',
  ),
  'sign-in-timed-out': words(
    'Signing in took too long',
    'The browser did not come back within two minutes. Nothing was stored.',
    'Start again.',
  ),
  'sign-in-not-ours': words(
    'The browser brought back an answer to another sign-in',
    'It was not used, and nothing was stored. An old tab, or another program on this computer, may have sent it.',
    'Close old sign-in tabs of the browser and start again.',
  ),
  'browser-not-opened': words(
    'The browser did not open',
    'Signing in needs the system’s default browser. Nothing was stored.',
    'Set a default browser in the system’s settings, or sign in with client credentials or a token.',
  ),
  'plan-over': words(
    'This plan was already run',
    `A plan is run once. ${NOTHING_CHANGED}`,
    'Review those who are left, or choose anew.',
  ),
  'dialog-open': words('Another question is open', NOTHING_CHANGED, 'Answer the dialog that is open first.'),
  'dialogs-declined': words(
    'Three dialogs were declined or closed within a minute',
    `${NOTHING_CHANGED} Until that minute is over, nothing is asked, so that nobody is worn down by dialogs.`,
    'Wait a minute. If you did not press anything yourself, close Tokendesk and report it.',
  ),
  'changed-meanwhile': words(
    'Something changed meanwhile',
    `What you were asked about is no longer what it was. ${NOTHING_CHANGED}`,
    'Look at it again, then try once more.',
  ),
  'other-hosts': words(
    'The hosts are not those of before',
    'A secret and a run belong to the hosts that they were made for. Nothing was sent.',
    'Sign in anew with the hosts you mean. If you did not change them, somebody may have changed a file of this app.',
  ),
  'other-organization': words(
    'This token belongs to another organization',
    'It was not used, so that nothing happens in the wrong organization.',
    'Add it as a new connection, or sign in with a token of this organization.',
  ),
  'demo-failed': words(
    'The demo organization did not start',
    'The rest of the app works; you can sign in to a real organization.',
    'Try again. If it fails again, the cause is under Details.',
  ),
  'keychain-missing': words(
    'This computer has no keychain that the app can use',
    'Secrets cannot be kept after the app closes.',
    'Choose “This session only”, or install a keychain service (on Linux: GNOME Keyring or KWallet).',
  ),
  'keychain-no-bus': words(
    'There is no desktop session in which a keychain could run',
    'Secrets cannot be stored or read; this program was started outside a session (over SSH, for example).',
    'Start the app from the desktop, or choose “This session only”.',
  ),
  'keychain-no-service': words(
    'No keychain service runs on this desktop',
    'Secrets cannot be stored or read.',
    'Install and start GNOME Keyring or KWallet, or choose “This session only”.',
  ),
  'keychain-dismissed': words(
    'The keychain’s prompt was closed without an answer',
    'The keychain kept nothing.',
    'Try again and answer the prompt, or choose “This session only”.',
  ),
  'keychain-unreachable': words(
    'The keychain does not answer',
    'Secrets cannot be stored or read at the moment.',
    'Choose “This session only”, or log in to the desktop again so that the keychain service starts.',
  ),
  'keychain-locked': words(
    'The keychain is locked',
    'Secrets cannot be stored or read until it is unlocked.',
    'Unlock it and try again, or choose “This session only”.',
  ),
  'keychain-too-large': words(
    'The keychain cannot hold a secret of this size',
    'Nothing was stored.',
    'Check that you pasted only the secret, or choose “This session only”.',
  ),
  'keychain-damaged': words(
    'What the keychain holds for this connection cannot be used',
    'The item is missing or was changed by another program.',
    'Remove the connection and sign in again.',
  ),
  'keychain-timed-out': words(
    'The keychain did not answer in time',
    'A prompt of the system may be waiting behind another window.',
    'Answer the prompt and try again, or choose “This session only”.',
  ),
  'file-unreadable': words(
    'The file cannot be read',
    'It may be open elsewhere, moved, or in a format that this app does not know. Nothing was taken from it.',
    'Save it as CSV or plain text and open it again.',
  ),
  'file-too-large': words(
    'The file is too large',
    'Nothing was taken from it.',
    'Split it, or keep only the column with ids or email addresses.',
  ),
  'file-not-writable': words(
    'The file cannot be written',
    'The folder may be read-only or the disk full. Nothing was lost here.',
    'Choose another folder, or free some space.',
  ),
  'journal-damaged': words(
    'The record of this run is damaged',
    'What is still certain is shown. The run cannot be resumed, because some outcomes are unknown.',
    'Export what is there, then start a new run with the remaining users. Revoking twice does no harm.',
  ),
  'nothing-selected': words(
    'Nobody is selected',
    'An empty list revokes nobody.',
    'Add user ids or email addresses.',
  ),
  'confirmation-needed': words(
    'The confirmation does not match',
    NOTHING_CHANGED,
    'Type the words exactly as they are shown.',
  ),
  'too-many-users': words(
    'Genesys Cloud cannot list all of these users',
    'Nobody was chosen by it: a part of them would look like all.',
    'Choose fewer, for instance one division, without inactive users, or take a list from another system.',
  ),
  'directory-changed': words(
    'The directory changed while it was read',
    'Nobody was chosen, so that nobody is missed unseen.',
    'Try again when no import or synchronization is going on.',
  ),
  'plan-damaged': words(
    'This is not a plan as it was saved',
    'It was changed since, is incomplete, or is another kind of file. Nothing was taken from it.',
    'Use the plan as Tokendesk saved it, or choose the users again.',
  ),
  'protected-unreadable': words(
    'The list of protected users cannot be read',
    'Nobody can be reviewed or revoked meanwhile, so that no protected user slips through.',
    'Restore the file, or begin a new list in Settings.',
  ),
  'run-active': words(
    'A run is already going on',
    'Only one run at a time can use the rate limit, and its connection and its record are needed until it ends.',
    'Wait until it ends, or cancel it first.',
  ),
  'no-such-item': words(
    'This item is no longer here',
    'It was removed in the meantime.',
    'Go back and refresh.',
  ),
  cancelled: words(
    'Cancelled',
    'It was stopped before it was complete.',
    'Start it again when you are ready.',
  ),
  'invalid-input': words(
    'Something in the form is not right',
    NOTHING_CHANGED,
    'Check the values. The cause is under Details.',
  ),
  internal: words(
    'The app made a mistake',
    'What you were doing may be incomplete.',
    'Try again. If it fails again, restart the app. The details below help to find the cause.',
  ),
};

/** What the vendor's description tells apart within "forbidden", by the API's own code: each is mended elsewhere. */
const FORBIDDEN_WORDS: Readonly<Record<string, ErrorWords>> = {
  'app.not.authorized.for.scope': words(
    'This OAuth client lacks a scope',
    `The organization enforces OAuth scopes, and the client you signed in with does not have the one for this request. ${NOTHING_CHANGED}`,
    'Add the scope named under Details to the OAuth client in Genesys Cloud Admin and authorize it again, then sign in again.',
  ),
  'authz.policy.denied': words(
    'An access policy of the organization denies this',
    `Your role may hold the permission, but a policy does not let you use it here. ${NOTHING_CHANGED}`,
    'Ask a Genesys Cloud administrator to look at the access control policies, or sign in with another account.',
  ),
  'missing.division.permission': words(
    'You are not allowed to do this in that division',
    `Your role holds the permission for other divisions. ${NOTHING_CHANGED}`,
    'Ask a Genesys Cloud administrator to grant your role for the division, or sign in with another account.',
  ),
  'missing.any.division.permissions': words(
    'You are not allowed to do this in any division',
    `Your role does not hold the permission for any division that this is about. ${NOTHING_CHANGED}`,
    'Ask a Genesys Cloud administrator to grant your role for the division, or sign in with another account.',
  ),
  'not.authorized': words(
    'Genesys Cloud does not authorize this',
    `The account or client you signed in with may not make this request. ${NOTHING_CHANGED}`,
    'Look at the server’s own words under Details, or sign in with another account.',
  ),
};

/** The words for an error, by the API's own code where that tells more. */
export const errorWords = ({ code, details }: AppError): ErrorWords =>
  (code === 'forbidden' ? FORBIDDEN_WORDS[details?.apiCode ?? ''] : undefined) ?? ERROR_WORDS[code];
