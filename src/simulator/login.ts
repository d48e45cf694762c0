import type { IncomingMessage } from 'node:http';
import { deliver, receive } from './deliver.ts';
import { ApiFailure, type Answer } from './http/answers.ts';
import { readBody } from './http/body.ts';
import type { Reply } from './http/listener.ts';
import { parsePattern, type Pattern } from './http/patterns.ts';
import { authorizeDecision, authorizePage } from './oauth/authorize.ts';
import { loginRateLimited, oauthError } from './oauth/errors.ts';
import { tokenEndpoint } from './oauth/token.ts';
import type { World } from './world.ts';

interface LoginCall {
  readonly world: World;
  readonly request: IncomingMessage;
  readonly search: string;
  readonly body: string;
  readonly now: number;
}

const HANDLERS: Readonly<Record<string, (call: LoginCall) => Answer>> = {
  'POST /oauth/token': ({ world, request, body, now }) =>
    tokenEndpoint(
      world,
      {
        body,
        contentType: request.headers['content-type'],
        authorization: request.headers.authorization,
      },
      now,
    ),
  'GET /oauth/authorize': ({ world, search }) => authorizePage(world, new URLSearchParams(search)),
  'POST /oauth/authorize': ({ world, body, now }) => authorizeDecision(world, new URLSearchParams(body), now),
};

export const loginPatterns: readonly Pattern[] = Object.keys(HANDLERS).flatMap(
  (text) => parsePattern(text) ?? [],
);

/** What a `status` fault says in OAuth's words. */
const faultAnswer = (status: number, retryAfter: number | undefined): Answer => {
  if (status === 400) return loginRateLimited(retryAfter ?? 60);
  return oauthError(
    status,
    status < 500 ? 'invalid_request' : 'server_error',
    `simulated failure, status ${status}`,
  );
};

/** Answers one call of the login host. @param at ms since 1970 */
export const answerLogin = async (world: World, request: IncomingMessage, at: number): Promise<Reply> => {
  const call = receive(world, request, at);
  const { method, path, search, draw } = call;
  const handler = HANDLERS[`${method} ${path}`];

  const carryOut = async (): Promise<Answer> => {
    if (draw.main?.kind === 'reset') return { status: 0 };
    try {
      const body = await readBody(request);
      if (draw.main?.kind === 'status') return faultAnswer(draw.main.status, draw.main.retryAfter);
      if (!handler) return oauthError(404, 'invalid_request', 'no such page');
      return handler({ world, request, search, body, now: at });
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      return oauthError(error.failure.status, 'invalid_request', error.message);
    }
  };

  const answer = await carryOut();
  const route = handler ? `${method} ${path}` : 'unmatched';
  return deliver(world, call, route, answer);
};
