import type { AppError, ErrorCode } from '../../../shared/result.ts';
import { API_ERRORS, FORBIDDEN_MESSAGES } from './errors/api.ts';
import { message, type ErrorMessage } from './errors/error-message.ts';
import { WORK_ERRORS } from './errors/work.ts';

/** Signing in, and the keychain. */
const SIGN_IN_ERRORS = {
  'wrong-credentials': message(
    'These credentials were not accepted',
    'The client id, the secret or the token is wrong, has been revoked, or belongs to another region.',
    'Check them and the region, then try again. Nothing was stored.',
  ),
  'login-rate-limited': message(
    'Too many sign-in attempts',
    'The login server of this region accepts no more attempts for the moment.',
    'Wait a few minutes before you try again.',
  ),
  'consent-denied': message(
    'Signing in was declined in the browser',
    'No access was given, and nothing was stored.',
    'Start again and choose “Allow” if you want this app to have access.',
  ),
  'sign-in-timed-out': message(
    'Signing in took too long',
    'The browser did not come back within two minutes. Nothing was stored.',
    'Start again.',
  ),
  'sign-in-not-ours': message(
    'The browser brought back an answer to another sign-in',
    'It was not used, and nothing was stored. An old tab, or another program on this computer, may have sent it.',
    'Close old sign-in tabs of the browser and start again.',
  ),
  'browser-not-opened': message(
    'The browser did not open',
    'Signing in needs the system’s default browser. Nothing was stored.',
    'Set a default browser in the system’s settings, or sign in with client credentials or a token.',
  ),
  'other-hosts': message(
    'The hosts are not those of before',
    'A secret and a run belong to the hosts that they were made for. Nothing was sent.',
    'Sign in anew with the hosts you mean. If you did not change them, somebody may have changed a file of this app.',
  ),
  'other-organization': message(
    'This token belongs to another organization',
    'It was not used, so that nothing happens in the wrong organization.',
    'Add it as a new connection, or sign in with a token of this organization.',
  ),
  'demo-failed': message(
    'The demo organization did not start',
    'The rest of the app works; you can sign in to a real organization.',
    'Try again. If it fails again, the cause is under Details.',
  ),
  'keychain-missing': message(
    'This computer has no keychain that the app can use',
    'Secrets cannot be kept after the app closes.',
    'Choose “This session only”, or install a keychain service (on Linux: GNOME Keyring or KWallet).',
  ),
  'keychain-no-bus': message(
    'There is no desktop session in which a keychain could run',
    'Secrets cannot be stored or read; this program was started outside a session (over SSH, for example).',
    'Start the app from the desktop, or choose “This session only”.',
  ),
  'keychain-no-service': message(
    'No keychain service runs on this desktop',
    'Secrets cannot be stored or read.',
    'Install and start GNOME Keyring or KWallet, or choose “This session only”.',
  ),
  'keychain-dismissed': message(
    'The keychain’s prompt was closed without an answer',
    'The keychain kept nothing.',
    'Try again and answer the prompt, or choose “This session only”.',
  ),
  'keychain-unreachable': message(
    'The keychain does not answer',
    'Secrets cannot be stored or read at the moment.',
    'Choose “This session only”, or log in to the desktop again so that the keychain service starts.',
  ),
  'keychain-locked': message(
    'The keychain is locked',
    'Secrets cannot be stored or read until it is unlocked.',
    'Unlock it and try again, or choose “This session only”.',
  ),
  'keychain-too-large': message(
    'The keychain cannot hold a secret of this size',
    'Nothing was stored.',
    'Check that you pasted only the secret, or choose “This session only”.',
  ),
  'keychain-damaged': message(
    'What the keychain holds for this connection cannot be used',
    'The item is missing or was changed by another program.',
    'Remove the connection and sign in again.',
  ),
  'keychain-timed-out': message(
    'The keychain did not answer in time',
    'A prompt of the system may be waiting behind another window.',
    'Answer the prompt and try again, or choose “This session only”.',
  ),
};

/** One entry for each kind of expected failure; the type keeps it complete. */
export const ERROR_MESSAGES: Readonly<Record<ErrorCode, ErrorMessage>> = {
  ...API_ERRORS,
  ...SIGN_IN_ERRORS,
  ...WORK_ERRORS,
};

/** What is told of an error, by the API's own code where that tells more. */
export const errorMessage = ({ code, details }: AppError): ErrorMessage =>
  (code === 'forbidden' ? FORBIDDEN_MESSAGES[details?.apiCode ?? ''] : undefined) ?? ERROR_MESSAGES[code];

/** An error in one line: what happened, and the cause as it was answered. */
export const errorText = (error: AppError): string => `${errorMessage(error).title}. ${error.message}`;
