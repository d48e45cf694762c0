import { createHash } from 'node:crypto';
import type { Answer } from '../http/answers.ts';
import { clientById, type OAuthClient } from '../tokens/clients.ts';
import type { Token } from '../tokens/store.ts';
import type { World } from '../world.ts';
import { loginRateLimited, oauthError } from './errors.ts';

/** 43 to 128 characters of the unreserved set (RFC 7636, 4.1). */
const VERIFIER = /^[A-Za-z0-9\-._~]{43,128}$/;

const answer = (world: World, token: Token): Answer => ({
  status: 200,
  headers: { 'cache-control': 'no-store' },
  body: { access_token: token.value, token_type: 'bearer', expires_in: world.settings.tokenSeconds },
});

const invalidClient = (): Answer => ({
  ...oauthError(401, 'invalid_client', 'client authentication failed'),
  headers: { 'www-authenticate': 'Basic' },
});

/** @returns the client whose id and secret are in the Basic header, or undefined. */
const basicClient = (world: World, header: string | undefined): OAuthClient | undefined => {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const [id, ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const client = clientById(world.clients, id ?? '');
  return client?.secret !== null && client?.secret === rest.join(':') ? client : undefined;
};

const clientCredentials = (world: World, authorization: string | undefined, now: number): Answer => {
  const client = basicClient(world, authorization);
  if (!client) return invalidClient();
  if (client.grant !== 'CLIENT-CREDENTIALS')
    return oauthError(400, 'unauthorized_client', 'the client is not of this grant');
  return answer(world, world.tokens.issue(client, null, now));
};

const authorizationCode = (world: World, form: URLSearchParams, now: number): Answer => {
  const client = clientById(world.clients, form.get('client_id') ?? '');
  if (client?.grant !== 'CODE') return invalidClient();
  const verifier = form.get('code_verifier') ?? '';
  if (!VERIFIER.test(verifier))
    return oauthError(400, 'invalid_request', 'code_verifier must be 43 to 128 unreserved characters');
  const grant = world.codes.redeem(form.get('code') ?? '', now);
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  if (
    grant?.clientId !== client.id ||
    grant.redirectUri !== form.get('redirect_uri') ||
    grant.codeChallenge !== challenge
  )
    return oauthError(400, 'invalid_grant', 'the code is unknown, used, expired or not for this request');
  // No refresh token: a public client gets none as far as is known, and nobody does while idle timeout is on.
  return answer(world, world.tokens.issue(client, grant.user, now));
};

/** `POST /oauth/token`. */
export const tokenEndpoint = (
  world: World,
  request: {
    readonly body: string;
    readonly contentType: string | undefined;
    readonly authorization: string | undefined;
  },
  now: number,
): Answer => {
  const decision = world.loginWindow?.take(now);
  if (decision && !decision.ok) return loginRateLimited(decision.retryAfter);
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.contentType ?? ''))
    return oauthError(400, 'invalid_request', 'the body must be a form');
  const form = new URLSearchParams(request.body);
  switch (form.get('grant_type')) {
    case 'client_credentials':
      return clientCredentials(world, request.authorization, now);
    case 'authorization_code':
      return authorizationCode(world, form, now);
    case null:
      return oauthError(400, 'invalid_request', 'grant_type is missing');
    default:
      return oauthError(400, 'unsupported_grant_type', 'the grant type is not supported');
  }
};
