import * as oauth from 'oauth4webapi';
import { AppFailure } from '../failure.ts';
import { createSecret, type Secret } from '../secrets/secret.ts';
import { readBody } from './body.ts';
import { startDeadline } from './deadline.ts';
import { errorOfNetwork, networkFailureOf, unexpectedAnswer } from './errors.ts';
import type { Hosts } from './hosts.ts';

export interface GrantedToken {
  readonly token: Secret;
  /** Null when the login host does not say. */
  readonly expiresInSeconds: number | null;
}

export interface ClientCredentials {
  readonly hosts: Hosts;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly fetch: typeof globalThis.fetch;
  /** ms */
  readonly timeoutMs?: number;
}

const TOKEN_PATH = '/oauth/token';
const PLACE = { method: 'POST', path: TOKEN_PATH };
/** A token answer is under 1 kB. */
const MAX_BODY_BYTES = 65_536;
const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * A new token for an OAuth client, from its region's login host. One attempt.
 * @throws AppFailure `wrong-credentials`, `login-rate-limited`, `offline`, `timed-out`, `server-failed` or
 * `unexpected-answer`; the signal's reason when aborted.
 */
export async function requestClientCredentials(
  credentials: ClientCredentials,
  signal: AbortSignal,
): Promise<GrantedToken> {
  signal.throwIfAborted();
  const { hosts, clientId, clientSecret, timeoutMs = DEFAULT_TIMEOUT_MS } = credentials;
  const server = { issuer: hosts.loginBase, token_endpoint: `${hosts.loginBase}${TOKEN_PATH}` };
  const client = { client_id: clientId };
  const deadline = startDeadline(signal, timeoutMs);
  try {
    const response = await oauth.clientCredentialsGrantRequest(
      server,
      client,
      basicAuthentication(clientSecret),
      new URLSearchParams(),
      {
        signal: deadline.signal,
        // Plain http is for loopback only: hosts.ts has refused every other such address.
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out, not to go away
        [oauth.allowInsecureRequests]: hosts.allowLoopbackHttp,
        [oauth.customFetch]: boundedFetch(credentials.fetch),
      },
    );
    const answer = await oauth.processClientCredentialsResponse(server, client, response);
    return { token: createSecret(answer.access_token), expiresInSeconds: answer.expires_in ?? null };
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.timedOut) {
      const message = `The login host did not answer within ${timeoutMs / 1000} seconds.`;
      throw errorOfNetwork(PLACE, { kind: 'timed-out', message });
    }
    throw failureOf(error);
  } finally {
    deadline.end();
  }
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

/** Reads the whole answer here, with a limit; oauth4webapi would read without one. Redirects are not followed. */
const boundedFetch =
  (fetch: typeof globalThis.fetch) =>
  async (url: string, options: oauth.CustomFetchOptions<'POST', URLSearchParams>): Promise<Response> => {
    const { body, headers, method, signal } = options;
    const response = await fetch(url, {
      method,
      headers,
      body: body.toString(),
      redirect: 'manual',
      credentials: 'omit',
      ...(signal && { signal }),
    });
    if (response.status < 200 || (response.status >= 300 && response.status < 400)) {
      await response.body?.cancel();
      throw unexpectedAnswer(
        PLACE,
        'The login host tried to redirect, which was not followed.',
        response.status,
      );
    }
    const read = await readBody(response, MAX_BODY_BYTES);
    if (read.kind !== 'text')
      throw unexpectedAnswer(PLACE, 'The login host gave no readable answer.', response.status);
    if (response.status >= 500) throw serverFailed(response.status);
    return new Response(read.text, { status: response.status, headers: response.headers });
  };

const serverFailed = (status: number): AppFailure =>
  new AppFailure({
    code: 'server-failed',
    message: `The login host answered with status ${status}.`,
    details: { ...PLACE, status },
  });

function failureOf(error: unknown): AppFailure {
  if (error instanceof AppFailure) return error;
  if (error instanceof oauth.ResponseBodyError) return refusal(error);
  if (error instanceof oauth.WWWAuthenticateChallengeError) return wrongCredentials(error.status);
  // oauth4webapi's own words for an answer it cannot read; they quote nothing of it.
  if (error instanceof oauth.OperationProcessingError) return unexpectedAnswer(PLACE, error.message);
  return errorOfNetwork(PLACE, networkFailureOf(error));
}

function refusal({ error, error_description: description, status }: oauth.ResponseBodyError): AppFailure {
  const details = { ...PLACE, status, apiCode: error };
  // Too many logins come as 400 "invalid_request" with these words, not as 429.
  if (status === 429 || description?.toLowerCase().startsWith('rate limit exceeded')) {
    return new AppFailure({ code: 'login-rate-limited', message: description ?? error, details });
  }
  if (
    status === 401 ||
    ['invalid_client', 'unauthorized_client', 'invalid_grant', 'access_denied'].includes(error)
  ) {
    return wrongCredentials(status, error, description);
  }
  return new AppFailure({ code: 'bad-request', message: description ?? error, details });
}

const wrongCredentials = (status: number, apiCode?: string, description?: string): AppFailure =>
  new AppFailure({
    code: 'wrong-credentials',
    message: description ?? 'The login host did not accept the client id and secret.',
    details: { ...PLACE, status, ...(apiCode !== undefined && { apiCode }) },
  });
