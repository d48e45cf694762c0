import { NOTHING_CHANGED, message } from './error-message.ts';

/** Files, main's own dialogs, and the work itself. */
export const WORK_ERRORS = {
  'plan-over': message(
    'This plan was already run',
    `A plan is run once. ${NOTHING_CHANGED}`,
    'Review those who are left, or choose anew.',
  ),
  'dialog-open': message(
    'Another question is open',
    NOTHING_CHANGED,
    'Answer the dialog that is open first.',
  ),
  'dialogs-declined': message(
    'Three dialogs were declined or closed within a minute',
    `${NOTHING_CHANGED} Until that minute is over, nothing is asked, so that nobody is worn down by dialogs.`,
    'Wait a minute. If you did not press anything yourself, close Tokendesk and report it.',
  ),
  'changed-meanwhile': message(
    'Something changed meanwhile',
    `What you were asked about is no longer what it was. ${NOTHING_CHANGED}`,
    'Look at it again, then try once more.',
  ),
  'file-unreadable': message(
    'The file cannot be read',
    'It may be open elsewhere, moved, or in a format that this app does not know. Nothing was taken from it.',
    'Save it as CSV or plain text and open it again.',
  ),
  'file-too-large': message(
    'The file is too large',
    'Nothing was taken from it.',
    'Split it, or keep only the column with ids or email addresses.',
  ),
  'file-not-writable': message(
    'The file cannot be written',
    'The folder may be read-only or the disk full. Nothing was lost here.',
    'Choose another folder, or free some space.',
  ),
  'journal-damaged': message(
    'The record of this run is damaged',
    'What is still certain is shown. The run cannot be resumed, because some outcomes are unknown.',
    'Export what is there, then start a new run with the remaining users. Revoking twice does no harm.',
  ),
  'nothing-selected': message(
    'Nobody is selected',
    'An empty list revokes nobody.',
    'Add user ids or email addresses.',
  ),
  'confirmation-needed': message(
    'The confirmation does not match',
    NOTHING_CHANGED,
    'Type the words exactly as they are shown.',
  ),
  'too-many-users': message(
    'Genesys Cloud cannot list all of these users',
    'Nobody was chosen by it: a part of them would look like all.',
    'Choose fewer, for instance one division, without inactive users, or take a list from another system.',
  ),
  'directory-changed': message(
    'The directory changed while it was read',
    'Nobody was chosen, so that nobody is missed unseen.',
    'Try again when no import or synchronization is going on.',
  ),
  'plan-damaged': message(
    'This is not a plan as it was saved',
    'It was changed since, is incomplete, or is another kind of file. Nothing was taken from it.',
    'Use the plan as Tokendesk saved it, or choose the users again.',
  ),
  'protected-unreadable': message(
    'The list of protected users cannot be read',
    'Nobody can be reviewed or revoked meanwhile, so that no protected user slips through.',
    'Restore the file, or begin a new list in Settings.',
  ),
  'run-active': message(
    'A run is already going on',
    'Only one run at a time can use the rate limit, and its connection and its record are needed until it ends.',
    'Wait until it ends, or cancel it first.',
  ),
  'no-such-item': message(
    'This item is no longer here',
    'It was removed in the meantime.',
    'Go back and refresh.',
  ),
  cancelled: message(
    'Cancelled',
    'It was stopped before it was complete.',
    'Start it again when you are ready.',
  ),
  'invalid-input': message(
    'Something in the form is not right',
    NOTHING_CHANGED,
    'Check the values. The cause is under Details.',
  ),
  internal: message(
    'The app made a mistake',
    'What you were doing may be incomplete.',
    'Try again. If it fails again, restart the app. The details below help to find the cause.',
  ),
};
