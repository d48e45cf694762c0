import type { IncomingMessage } from 'node:http';
import { deliver, receive, type Received } from './deliver.ts';
import { publishExchange } from './exchanges.ts';
import type { Fault } from './faults.ts';
import {
  ApiFailure,
  badRequest,
  errorAnswer,
  missingPermission,
  notFound,
  unauthorized,
  type Answer,
} from './http/answers.ts';
import { parseJson, readBody } from './http/body.ts';
import type { Reply } from './http/listener.ts';
import { findRoute, type Match } from './http/router.ts';
import { tooManyRequests } from './limits.ts';
import { routes } from './routes/routes.ts';
import { checkScopes } from './scopes.ts';
import type { Token } from './tokens/store.ts';
import type { World } from './world.ts';

const CODES: Readonly<Record<number, string>> = {
  400: 'bad.request',
  401: 'bad.credentials',
  403: 'not.authorized',
  404: 'not.found',
  408: 'client.timeout',
  409: 'request.conflict',
  413: 'request.entity.too.large',
  415: 'unsupported.media.type',
  429: 'too.many.requests',
  500: 'internal.server.error',
  503: 'service.unavailable',
  504: 'request.timeout',
};

/** @returns the failure that a `status` fault stands for. */
const faultFailure = (fault: Extract<Fault, { kind: 'status' }>): ApiFailure =>
  new ApiFailure({
    status: fault.status,
    code: fault.code ?? CODES[fault.status] ?? 'internal.server.error',
    message: `Simulated failure with status ${fault.status}.`,
    headers: fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) },
  });

const bearerOf = (authorization: string | undefined): string | undefined =>
  /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];

const authenticate = (world: World, authorization: string | undefined, now: number): Token => {
  const value = bearerOf(authorization);
  if (value === undefined)
    throw unauthorized(
      'authentication.required',
      'No authentication bearer token specified in authorization header.',
    );
  const token = world.tokens.find(value, now);
  if (!token) throw unauthorized('bad.credentials', 'Invalid login credentials.');
  if (!world.settings.ipAllowed)
    throw unauthorized('ip.not.authorized', 'The address that the request came from is not allowed.');
  return token;
};

interface Incoming extends Received {
  readonly world: World;
  readonly match: Match;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readBody(): Promise<string>;
}

const matched = (match: Match): Extract<Match, { kind: 'route' }> => {
  switch (match.kind) {
    case 'route':
      return match;
    case 'other-method':
      throw new ApiFailure({
        status: 405,
        code: 'method.not.allowed',
        message: 'The method is not allowed here.',
        headers: { allow: match.allow.join(', ') },
      });
    case 'unknown':
      throw notFound('No such resource.');
  }
};

/** @throws {ApiFailure} 400 for an answer that is larger than the switch allows. */
const heldToSize = (answer: Answer, { settings: { responseBytesMax } }: World): Answer => {
  if (responseBytesMax !== null && JSON.stringify(answer.body ?? null).length > responseBytesMax)
    throw badRequest('The answer would be too large: ask for less at once.', 'response.entity.too.large');
  return answer;
};

/** In the order in which a gateway decides: does it exist, who calls, how often, may they, and only then the work. */
const carryOut = (incoming: Incoming, text: string): Answer => {
  const { world, at: now, correlationId, path } = incoming;
  const query = new URLSearchParams(incoming.search);
  const { route, params } = matched(incoming.match);
  const token = authenticate(world, incoming.authorization, now);
  const decision = token.window.take(now);
  if (!decision.ok) {
    const { retryAfter } = decision;
    world.ledger.rateLimited({ at: now, route: route.pattern.text, retryAfter });
    throw tooManyRequests(token, retryAfter, world.settings);
  }
  const looksOnly = route.pattern.text === 'GET /api/v2/tokens/me' && query.get('preserveIdleTTL') === 'true';
  if (!looksOnly) token.lastActivityAt = now;
  if (route.anyOf.length > 0 && !route.anyOf.some((permission) => token.permissions.includes(permission)))
    throw missingPermission(route.anyOf);
  if (world.settings.enforceScopes) checkScopes(route.pattern.text, token);
  const body = parseJson(text, incoming.contentType);
  return heldToSize(route.handle({ world, token, params, query, body, now, correlationId, path }), world);
};

/** @returns the answer, errors included. Every one has an `inin-correlation-id`. */
const answerCall = async (incoming: Incoming): Promise<Answer> => {
  const { world, draw } = incoming;
  try {
    const text = await incoming.readBody();
    if (draw.main?.kind === 'status') throw faultFailure(draw.main);
    if (draw.expireToken) {
      const value = bearerOf(incoming.authorization);
      const token = value === undefined ? undefined : world.tokens.find(value, incoming.at);
      if (token) world.tokens.end(token);
    }
    return carryOut(incoming, text);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return errorAnswer(error.failure, world.random.uuid());
  }
};

const NOT_CARRIED_OUT: Answer = { status: 0 };

/** Answers one call of the API host. @param at ms since 1970 */
export const answerApi = async (world: World, request: IncomingMessage, at: number): Promise<Reply> => {
  const call = receive(world, request, at);
  const { draw } = call;
  const match = findRoute(routes, call.method, call.segments);
  let text: string | null = null;
  const incoming: Incoming = {
    ...call,
    world,
    match,
    authorization: request.headers.authorization,
    contentType: request.headers['content-type'],
    readBody: async () => (text = await readBody(request)),
  };
  const answer = draw.main?.kind === 'reset' ? NOT_CARRIED_OUT : await answerCall(incoming);
  const route = match.kind === 'route' ? match.route.pattern.text : 'unmatched';
  if (draw.main?.kind === 'status' && answer.status === 429)
    world.ledger.rateLimited({ at, route, retryAfter: draw.main.retryAfter ?? 0 });
  const reply = deliver(world, call, route, answer);
  publishExchange(request, text, reply, world.settings, draw.main?.kind);
  return reply;
};
