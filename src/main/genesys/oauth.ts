import * as oauth from 'oauth4webapi';
import type { Secret } from '../secrets/secret.ts';
import { askForToken, serverOf, type GrantedToken, type LoginHost } from './login-host.ts';

export interface ClientCredentials extends LoginHost {
  readonly clientSecret: Secret;
}

/**
 * A new token for an OAuth client, from its region's login host. One attempt.
 * @throws as `askForToken`
 */
export async function requestClientCredentials(
  credentials: ClientCredentials,
  signal: AbortSignal,
): Promise<GrantedToken> {
  const server = serverOf(credentials);
  const client = { client_id: credentials.clientId };
  return askForToken(credentials, signal, async (options) => {
    const authentication = basicAuthentication(credentials.clientSecret);
    const parameters = new URLSearchParams();
    const response = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      authentication,
      parameters,
      options,
    );
    return oauth.processClientCredentialsResponse(server, client, response);
  });
}

/**
 * Basic authentication as Genesys' own SDKs send it: id and secret as they are. oauth4webapi's would write each "-" of
 * the client's id as "%2D", which the standard asks for and which nobody is known to have tried on Genesys Cloud.
 */
const basicAuthentication =
  (clientSecret: Secret): oauth.ClientAuth =>
  (_server, client, _body, headers) => {
    const pair = Buffer.from(`${client.client_id}:${clientSecret.reveal()}`).toString('base64');
    headers.set('authorization', `Basic ${pair}`);
  };
