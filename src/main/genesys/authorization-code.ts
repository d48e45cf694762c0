import * as oauth from 'oauth4webapi';
import { cleanText, MAX_MESSAGE } from '../../shared/clean-text.ts';
import { type AppFailure, failure } from '../failure.ts';
import { askForToken, serverOf, type GrantedToken, type LoginHost } from './login-host.ts';

/** What the person chose beyond the client: parameters of the login page (official SDK's README). */
export interface LoginWishes {
  /** Ignore a session that the browser still has. */
  readonly promptLogin: boolean;
  /** Straight to single sign-on; the API wants both or neither. */
  readonly sso: { readonly organization: string; readonly provider: string } | null;
}

/** One sign-in by authorization code with PKCE, from the address to open to the token. */
export interface CodeRequest {
  /** For the system browser. Holds the challenge, never the verifier. */
  readonly authorizeUrl: string;
  /**
   * Whether what came to the redirect answers this request: by its state. The login host can leave the state out when it
   * refuses; what says so can only end this sign-in, never complete it.
   */
  isAnswer(callback: URLSearchParams): boolean;
  /**
   * Checks what came back to the redirect: `state` and `error`.
   * @throws AppFailure `consent-denied`, `sign-in-not-ours`, `wrong-credentials`, `bad-request` or `server-failed`
   */
  check(callback: URLSearchParams): CheckedCallback;
  /** @throws as `askForToken` */
  exchange(callback: CheckedCallback, signal: AbortSignal): Promise<GrantedToken>;
}

/** Only `check` makes one. */
interface CheckedCallback {
  readonly parameters: URLSearchParams;
}

/** Begins a sign-in with a state and a verifier of its own. @param redirectUri `http://localhost:<port>` */
export async function beginCodeRequest(
  host: LoginHost,
  redirectUri: string,
  wishes: LoginWishes,
): Promise<CodeRequest> {
  const server = serverOf(host);
  const client = { client_id: host.clientId };
  const state = oauth.generateRandomState();
  const verifier = oauth.generateRandomCodeVerifier();
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: host.clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(wishes.promptLogin && { prompt: 'login' }),
    ...(wishes.sso && { org: wishes.sso.organization, provider: wishes.sso.provider }),
  }).toString();

  return {
    authorizeUrl: url.href,

    isAnswer(callback) {
      const states = callback.getAll('state');
      return states.length === 0 ? isRefusal(callback) : states.length === 1 && states[0] === state;
    },

    check(callback) {
      if (!callback.has('state') && isRefusal(callback)) throw refusalOf(callback);
      try {
        return { parameters: oauth.validateAuthResponse(server, client, callback, state) };
      } catch (error) {
        if (error instanceof oauth.AuthorizationResponseError) throw refusalOf(error.cause);
        // A foreign or missing state, or a parameter twice: this is not the answer to our question.
        throw failure('sign-in-not-ours', 'What the browser brought back does not belong to this sign-in.');
      }
    },

    exchange: ({ parameters }, signal) =>
      askForToken(host, signal, async (options) => {
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          oauth.None(),
          parameters,
          redirectUri,
          verifier,
          options,
        );
        return oauth.processAuthorizationCodeResponse(server, client, response);
      }),
  };
}

const isRefusal = (callback: URLSearchParams): boolean => callback.has('error') && !callback.has('code');

/** RFC 6749, 4.1.2.1: what the login host says by way of the redirect. */
function refusalOf(callback: URLSearchParams): AppFailure {
  const error = callback.get('error') ?? '';
  const message = cleanText(callback.get('error_description') ?? error, MAX_MESSAGE);
  const details = { method: 'GET', path: '/oauth/authorize', apiCode: cleanText(error) };
  switch (error) {
    case 'access_denied':
      return failure('consent-denied', message, undefined, { details });
    case 'unauthorized_client':
      return failure('wrong-credentials', message, undefined, { details });
    case 'server_error':
    case 'temporarily_unavailable':
      return failure('server-failed', message, undefined, { details });
    default:
      return failure('bad-request', message, undefined, { details });
  }
}
