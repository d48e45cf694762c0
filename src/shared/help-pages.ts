/** A page of the help: a runbook of docs/runbooks, by the name of its file. */
export interface HelpPage {
  readonly id: string;
  readonly title: string;
  /** Other words by which people look for it in the palette. */
  readonly also: string;
}

/**
 * The runbooks in the order of docs/runbooks/README.md. Their texts are loaded with the dialog; a test
 * compares this list with the files.
 */
export const HELP_PAGES = [
  { id: 'leaked-token', title: 'A token leaked', also: 'leak stolen posted public incident' },
  { id: 'compromised-user', title: 'A user is compromised', also: 'phishing stolen laptop hacked account' },
  { id: 'leavers', title: 'Leavers', also: 'offboarding list termination hr workbook' },
  {
    id: 'sso-session',
    title: 'Somebody with an SSO session that renews itself',
    also: 'single sign-on comes back signs in again entra okta',
  },
  {
    id: 'client-secret-leaked',
    title: 'An integration’s client secret leaked',
    also: 'oauth client credentials rotate',
  },
  {
    id: 'identity-provider-changes',
    title: 'The identity provider changes',
    also: 'sso migration idp everyone sign out',
  },
  { id: 'wrong-list', title: 'Wrong list, stop', also: 'mistake cancel undo stop run' },
] as const satisfies readonly HelpPage[];

export type HelpPageId = (typeof HELP_PAGES)[number]['id'];
