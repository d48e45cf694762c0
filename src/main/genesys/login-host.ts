import * as oauth from 'oauth4webapi';
import { cleanText, MAX_MESSAGE } from '../../shared/clean-text.ts';
import type { ErrorDetails } from '../../shared/result.ts';
import { AppFailure, failure } from '../failure.ts';
import { createSecret, isSendable, parseWithoutSecrets, type Secret } from '../secrets/secret.ts';
import { isWebPage, NETWORK_SIGN_IN } from './answer.ts';
import { readBody } from './body.ts';
import { REQUEST_TIMEOUT_MS, startDeadline } from './deadline.ts';
import { unexpectedAnswer } from './errors.ts';
import type { Hosts } from './hosts.ts';
import { errorOfNetwork, networkFailureOf } from './network-failure.ts';

export interface GrantedToken {
  readonly token: Secret;
  /** Null when the login host does not say. */
  readonly expiresInSeconds: number | null;
}

export interface LoginHost {
  readonly hosts: Hosts;
  readonly clientId: string;
  readonly fetch: typeof globalThis.fetch;
  /** ms */
  readonly timeoutMs?: number;
}

const TOKEN_PATH = '/oauth/token';
const PLACE = { method: 'POST', path: TOKEN_PATH };
/** A token answer is under 1 kB. */
const MAX_BODY_BYTES = 65_536;

/** The region's login host as oauth4webapi wants it: it has no discovery document. */
export const serverOf = ({ hosts }: LoginHost): oauth.AuthorizationServer => ({
  issuer: hosts.loginBase,
  authorization_endpoint: `${hosts.loginBase}/oauth/authorize`,
  token_endpoint: `${hosts.loginBase}${TOKEN_PATH}`,
});

/**
 * One request for a token, with a time limit, a bounded answer, and failures in the app's own words.
 * @throws AppFailure `wrong-credentials`, `login-rate-limited`, `offline`, `timed-out`, `portal`, `server-failed` or
 * `unexpected-answer`; the signal's reason when aborted.
 */
export async function askForToken(
  host: LoginHost,
  signal: AbortSignal,
  ask: (options: oauth.TokenEndpointRequestOptions) => Promise<oauth.TokenEndpointResponse>,
): Promise<GrantedToken> {
  signal.throwIfAborted();
  const { hosts, timeoutMs = REQUEST_TIMEOUT_MS } = host;
  const deadline = startDeadline(signal, timeoutMs);
  try {
    const answer = await ask({
      signal: deadline.signal,
      // Plain http is for loopback only: hosts.ts has refused every other such address.
      // oxlint-disable-next-line typescript/no-deprecated -- marked so to stand out, not to go away
      [oauth.allowInsecureRequests]: hosts.allowLoopbackHttp,
      [oauth.customFetch]: boundedFetch(host.fetch),
    });
    const token = createSecret(answer.access_token);
    if (!isSendable(token)) throw unexpectedAnswer(PLACE, 'The login host gave a token that cannot be sent.');
    return { token, expiresInSeconds: answer.expires_in ?? null };
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
      throw portal('The login host tried to redirect, which was not followed.', response.status);
    }
    const read = await readBody(response, MAX_BODY_BYTES);
    if (read.kind !== 'text')
      throw unexpectedAnswer(PLACE, 'The login host gave no readable answer.', response.status);
    if (response.status === NETWORK_SIGN_IN)
      throw portal('This network wants a sign-in of its own.', response.status);
    if (response.status >= 500) throw serverFailed(response.status);
    // A proxy has challenges too, and says in a page whose credentials it means.
    if (response.status !== 429 && isWebPage(response))
      throw portal('A page came in the place of the login host’s answer.', response.status);
    const text = response.ok ? neededOf(read.text) : withoutSent(read.text, sentSecrets(body, headers));
    // A gateway's own; the login host says why.
    if (response.status === 429 && text === '')
      throw tooManyLogins('The login host answered with status 429.');
    // With status 204 not even an empty text may be one.
    return new Response(text || null, { status: response.status, headers: response.headers });
  };

/** JSON is masked in what it says, not in how it is written; nothing else is read of an error. */
function withoutSent(text: string, secrets: readonly string[]): string {
  const json = parseWithoutSecrets(text, secrets);
  return json ? JSON.stringify(json.value) : '';
}

/**
 * Of a token answer what is needed (RFC 6749, 5.1). The rest may be null where it should be missing, as in
 * `"refresh_token": null`, a life that is no number, or a kind of token that is not asked for.
 */
function neededOf(text: string): string {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return text;
  }
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return text;
  const needed = ['access_token', 'token_type', 'expires_in'];
  const isUsable = ([name, value]: [string, unknown]): boolean =>
    needed.includes(name) && value !== null && (name !== 'expires_in' || isLife(value));
  return JSON.stringify(Object.fromEntries(Object.entries(answer).filter(isUsable)));
}

const isLife = (value: unknown): boolean =>
  (typeof value === 'number' || typeof value === 'string') && Number.parseFloat(String(value)) >= 0;

/** What a request for a token holds that an error may quote. */
const sentSecrets = (body: URLSearchParams, headers: Readonly<Record<string, string>>): readonly string[] => {
  const basic = headers['authorization']?.replace(/^Basic /, '') ?? '';
  const [, ...clientSecret] = Buffer.from(basic, 'base64').toString().split(':');
  return [
    basic,
    clientSecret.join(':'),
    ...['client_secret', 'code', 'code_verifier', 'refresh_token'].flatMap((name) => body.getAll(name)),
  ];
};

const tooManyLogins = (message: string, details: ErrorDetails = { ...PLACE, status: 429 }): AppFailure =>
  failure('login-rate-limited', message, undefined, { details });

/** Somebody else answers in the login host's place. */
const portal = (message: string, status: number): AppFailure =>
  unexpectedAnswer(PLACE, message, status, null, 'portal');

const serverFailed = (status: number): AppFailure =>
  failure('server-failed', `The login host answered with status ${status}.`, undefined, {
    details: { ...PLACE, status },
  });

function failureOf(error: unknown): AppFailure {
  if (error instanceof AppFailure) return error;
  if (error instanceof oauth.ResponseBodyError) return refusal(error);
  if (error instanceof oauth.WWWAuthenticateChallengeError) return wrongCredentials(error.status);
  // oauth4webapi's own words for an answer it cannot read; they quote nothing of it.
  if (error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError)
    return unexpectedAnswer(PLACE, error.message);
  return errorOfNetwork(PLACE, networkFailureOf(error));
}

function refusal({ error: code, error_description: told, status }: oauth.ResponseBodyError): AppFailure {
  const error = cleanText(code);
  const description = told === undefined ? undefined : cleanText(told, MAX_MESSAGE);
  const details = { ...PLACE, status, apiCode: error };
  // Too many logins come as 400 "invalid_request" with these words, not as 429.
  if (status === 429 || description?.toLowerCase().startsWith('rate limit exceeded')) {
    return tooManyLogins(description ?? error, details);
  }
  if (
    status === 401 ||
    ['invalid_client', 'unauthorized_client', 'invalid_grant', 'access_denied'].includes(error)
  ) {
    return wrongCredentials(status, error, description);
  }
  return failure('bad-request', description ?? error, undefined, { details });
}

const wrongCredentials = (status: number, apiCode?: string, description?: string): AppFailure =>
  failure(
    'wrong-credentials',
    description ?? 'The login host did not accept the client id and secret.',
    undefined,
    { details: { ...PLACE, status, ...(apiCode !== undefined && { apiCode }) } },
  );
