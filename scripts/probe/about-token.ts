// The way to the API, and what a token is told of itself.
import { connect } from 'node:tls';
import { z } from 'zod';
import { plainWord } from './caller.ts';
import { fieldsOf, finding, said } from './finding.ts';
import type { Question } from './question.ts';

const TLS_LIMIT_MS = 10_000;

/** Which protocol the API's host agrees to; null where it is not spoken to over TLS. */
function protocolOf(apiBase: string): Promise<string | null> {
  const { protocol, hostname, port } = new URL(apiBase);
  if (protocol !== 'https:') return Promise.resolve(null);
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname,
      port: Number(port || 443),
      servername: hostname,
      ALPNProtocols: ['h2', 'http/1.1'],
      timeout: TLS_LIMIT_MS,
    });
    const end = (answer: string | null): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('secureConnect', () => end(plainWord(socket.alpnProtocol || 'http/1.1')));
    socket.on('timeout', () => end(null)).on('error', () => end(null));
  });
}

export const TOKEN_QUESTIONS: readonly Question[] = [
  async ({ apiBase }) => {
    const protocol = await protocolOf(apiBase);
    const means = protocol === 'http/1.1' ? ': six connections at most, so slow answers cost pace' : '';
    return finding(
      'http-version',
      'HTTP/2, so that slow answers do not queue',
      `${protocol ?? 'not over TLS'}${means}`,
      protocol === null ? null : protocol === 'h2',
    );
  },

  async (context) => {
    const answer = await context.call('GET', '/api/v2/tokens/me', { query: { preserveIdleTTL: 'true' } });
    const names = [...answer.headers.keys()].filter((name) => /rate|limit|correlation|retry/i.test(name));
    const date = Date.parse(answer.headers.get('date') ?? '');
    const skew = Number.isFinite(date) ? Math.round((context.now() - date) / 1000) : null;
    return [
      finding('token-info', 'GET tokens/me answers 200', said(answer), answer.status === 200),
      finding(
        'token-fields',
        'TokenInfo says organization and OAuthClient',
        fieldsOf(answer.body).join(' '),
        ['organization', 'OAuthClient'].every((field) => fieldsOf(answer.body).includes(field)),
      ),
      finding(
        'correlation',
        'answers carry inin-correlation-id',
        names.map(plainWord).join(' ') || 'none',
        names.includes('inin-correlation-id'),
      ),
      finding(
        'calls-left',
        'the API does not tell how many calls are left',
        names
          .filter((name) => /rate|limit/i.test(name))
          .map(plainWord)
          .join(' ') || 'no such header',
        !names.some((name) => /rate|limit/i.test(name)),
      ),
      finding(
        'clock',
        'this computer’s clock is right within 5 s',
        skew === null ? 'no date header' : `${skew} s apart`,
        skew === null ? null : Math.abs(skew) <= 5,
      ),
    ];
  },

  async ({ call }) => {
    const alive = await call('HEAD', '/api/v2/tokens/me');
    const dead = await call('HEAD', '/api/v2/tokens/me', { token: 'not-a-token' });
    const refused = await call('GET', '/api/v2/tokens/me', { token: 'not-a-token' });
    return [
      finding(
        'verify-alive',
        'HEAD tokens/me answers 2xx to a live token',
        said(alive),
        alive.status >= 200 && alive.status < 300,
      ),
      finding('verify-dead', 'HEAD tokens/me answers 401 to a dead token', said(dead), dead.status === 401),
      finding(
        'error-body',
        'a 401 carries the API’s error code',
        said(refused),
        refused.status === 401 && refused.code !== null,
      ),
    ];
  },

  async ({ call, holder }) => {
    const answer = await call('GET', '/api/v2/users/me', { query: { expand: 'authorization' } });
    if (holder === 'client')
      return finding(
        'users-me',
        'users/me refuses a client with not.a.user',
        said(answer),
        answer.status === 400 && answer.code === 'not.a.user',
      );
    const { authorization } = z.looseObject({ authorization: z.unknown() }).parse(answer.body ?? {});
    return finding(
      'users-me',
      'users/me tells a user’s permissions',
      fieldsOf(authorization).join(' ') || 'no authorization',
      fieldsOf(authorization).includes('permissions'),
    );
  },

  async ({ call }) => {
    const answer = await call('GET', '/api/v2/authorization/divisionspermitted/paged/me', {
      query: { permission: 'oauth:token:delete', pageSize: 1, pageNumber: 1 },
    });
    return finding(
      'permissions',
      'divisionspermitted/paged/me answers this kind of token',
      answer.status === 200 ? `200 ${fieldsOf(answer.body).join(' ')}` : said(answer),
      answer.status === 200,
    );
  },
];
