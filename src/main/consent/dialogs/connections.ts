import type { Connection, SignInRequest } from '../../../shared/connection.ts';
import type { Hosts } from '../../genesys/hosts.ts';
import type { ConsentDialog } from '../consent.ts';
import { named, organizationOf, whereLine } from './where.ts';

type Custom = Extract<SignInRequest, { method: 'client-credentials' | 'access-token' | 'pkce' }>;

const SENT = {
  'client-credentials': 'the client id and secret',
  'access-token': 'the access token',
  pkce: 'what you type in the browser',
} as const;

/** Before anything is sent to hosts that are not Genesys Cloud's own. */
export function customHostDialog(request: Custom, { apiBase, loginBase }: Hosts): ConsentDialog {
  const secret =
    request.method === 'client-credentials'
      ? request.clientSecret
      : request.method === 'access-token'
        ? request.token
        : null;
  const hosts = request.method === 'access-token' ? [apiBase] : [loginBase, apiBase];
  return {
    message: `Send ${SENT[request.method]} to a host that is not Genesys Cloud’s own?`,
    detail: [
      ...(request.method === 'access-token' ? [] : [`Login: ${named(loginBase, 300)}`]),
      `API: ${named(apiBase, 300)}`,
      ...(secret?.from === 'clipboard' ? ['The secret is taken from the clipboard, as it is now.'] : []),
      'Whoever runs these hosts can act with what they get. Go on only when you know them.',
    ],
    button: `Send to ${named(new URL(hosts[0] ?? apiBase).host, 60)}`,
  };
}

/** Before a second login page, while the first has not come back. */
export const anotherPageDialog = (open: string, next: string): ConsentDialog => ({
  message: 'Open another login page in the browser?',
  detail: [
    `The page of ${named(open)} has not come back yet. It may still be open in the browser.`,
    `The new one is at ${named(next)}.`,
  ],
  button: 'Open another page',
});

/** Before a connection and its secret are deleted. */
export const removeConnectionDialog = (connection: Connection, revokeToken: boolean): ConsentDialog => ({
  message: `Remove the connection “${named(connection.label)}”?`,
  detail: [
    whereLine(connection),
    'Its secret in the keychain, its protected users and its history of idle timeouts are deleted from this computer. Reports of past runs are kept.',
    revokeToken
      ? 'Its token is revoked at Genesys Cloud first. If that fails, the connection stays.'
      : 'Its token stays valid at Genesys Cloud until it expires or is revoked.',
    'This cannot be undone.',
  ],
  button: revokeToken ? 'Revoke token and remove' : 'Remove connection',
});

/** Before a kept token is forgotten: there is no other way back in with it. */
export const signOutDialog = (connection: Connection): ConsentDialog => ({
  message: `Sign out of ${organizationOf(connection)} and forget the token?`,
  detail: [
    whereLine(connection),
    'The token is deleted from the keychain of this computer, and stays valid at Genesys Cloud until it expires or is revoked.',
  ],
  button: 'Sign out',
});

/** Before the token in use is ended. */
export const revokeOwnTokenDialog = (connection: Connection, who: string): ConsentDialog => ({
  message: `Revoke the token with which you are signed in to ${organizationOf(connection)}?`,
  detail: [
    whereLine(connection),
    `It belongs to ${named(who)}. Genesys Cloud stops accepting it at once, wherever it is used, and you are signed out here.`,
    'This cannot be undone.',
  ],
  button: 'Revoke this token',
});
