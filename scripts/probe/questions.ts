// What only a real org can answer, asked by reading alone.
import { connect } from 'node:tls';
import { z } from 'zod';
import { LISTED_IDS, SEARCH_VALUES } from '../../src/main/api-limits.ts';
import { DEFAULT_LIMIT_PER_MINUTE } from '../../src/main/genesys/pacing.ts';
import { TIMEOUT_MAX_SECONDS, TIMEOUT_MIN_SECONDS } from '../../src/shared/timeout.ts';
import { plainWord, type Caller } from './caller.ts';
import { fieldsOf, finding, said, type Finding } from './finding.ts';

export interface Context extends Caller {
  readonly apiBase: string;
  /** What `GET /users/me` said. */
  readonly holder: 'user' | 'client';
  readonly now: () => number;
}

type Question = (context: Context) => Promise<Finding | readonly Finding[]>;

const USERS = '/api/v2/users';
const SEARCH = '/api/v2/users/search';
const STATE = { type: 'EXACT', fields: ['state'], values: ['active', 'inactive', 'deleted'] };
const TLS_LIMIT_MS = 10_000;

const listing = z.looseObject({
  total: z.number().nullish(),
  pageCount: z.number().nullish(),
  pageSize: z.number().nullish(),
  entities: z.array(
    z.looseObject({ id: z.string(), email: z.string().nullish(), memberCount: z.number().nullish() }),
  ),
});
const found = z.looseObject({
  total: z.number(),
  results: z.array(z.looseObject({ id: z.string() })).nullish(),
});

/** An address that nobody has: RFC 2606. */
const nobody = (index: number): string => `nobody-${index}@example.invalid`;
const madeUpIds = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);

const searchFor = (values: readonly string[], pageSize = 1) => ({
  pageSize,
  pageNumber: 1,
  query: [{ type: 'EXACT', fields: ['email'], values }, STATE],
});

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

export const QUESTIONS: readonly Question[] = [
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

  async ({ call }) => {
    const answer = await call('GET', '/api/v2/organizations/limits/namespaces/platform.api');
    const limits = z
      .looseObject({ entities: z.array(z.looseObject({ key: z.string(), value: z.number().nullish() })) })
      .safeParse(answer.body);
    if (answer.status !== 200 || !limits.success)
      return finding('rate-limit', 'the org’s limits can be read', said(answer), false);
    const rates = limits.data.entities.filter(({ key }) => key.endsWith('rate.per.minute'));
    const token = rates.find(({ key }) => key === 'token.rate.per.minute')?.value ?? null;
    return finding(
      'rate-limit',
      `token.rate.per.minute is ${DEFAULT_LIMIT_PER_MINUTE}`,
      rates.map(({ key, value }) => `${plainWord(key)}=${value ?? '?'}`).join(' ') || 'no rates',
      token === null ? null : token === DEFAULT_LIMIT_PER_MINUTE,
    );
  },

  async ({ call }) => {
    const most = await call('POST', SEARCH, {
      body: searchFor(Array.from({ length: SEARCH_VALUES }, (_, index) => nobody(index))),
    });
    const more = await call('POST', SEARCH, {
      body: searchFor(Array.from({ length: SEARCH_VALUES + 1 }, (_, index) => nobody(index))),
    });
    const page = await call('POST', SEARCH, { body: searchFor([nobody(0)], 101) });
    return [
      finding('search-most', `a search takes ${SEARCH_VALUES} values`, said(most), most.status === 200),
      finding(
        'search-more',
        `a search takes no more than ${SEARCH_VALUES} values`,
        said(more),
        more.status === 400,
      ),
      finding('search-page', 'pages of a search hold at most 100', said(page), page.status === 400),
    ];
  },

  async ({ call }) => {
    const most = await call('GET', USERS, {
      query: { id: madeUpIds(LISTED_IDS), state: 'any', pageSize: 100 },
    });
    const more = await call('GET', USERS, {
      query: { id: madeUpIds(LISTED_IDS + 1), state: 'any', pageSize: 100 },
    });
    const unknown = listing.safeParse(most.body).data?.entities.length ?? null;
    return [
      finding('ids-most', `a listing takes ${LISTED_IDS} ids`, said(most), most.status === 200),
      finding('ids-more', `a listing takes no more than ${LISTED_IDS} ids`, said(more), more.status === 400),
      finding(
        'ids-unknown',
        'unknown ids are left out of the answer',
        unknown === null ? said(most) : `${unknown} users`,
        unknown === null ? null : unknown === 0,
      ),
    ];
  },

  async ({ call }) => {
    const first = await call('GET', USERS, { query: { pageSize: 500, pageNumber: 1 } });
    const { data } = listing.safeParse(first.body);
    if (!data) return finding('users-page', 'users are listed by 500', said(first), false);
    const second = await call('GET', USERS, { query: { pageSize: 500, pageNumber: 2 } });
    const ids = new Set(data.entities.map(({ id }) => id));
    const twice = (listing.safeParse(second.body).data?.entities ?? []).filter(({ id }) =>
      ids.has(id),
    ).length;
    const searched = await call('POST', SEARCH, {
      body: { pageSize: 1, pageNumber: 1, query: [{ type: 'EXACT', fields: ['state'], values: ['active'] }] },
    });
    const total = found.safeParse(searched.body).data?.total ?? null;
    return [
      finding(
        'users-page',
        'users are listed by 500',
        `${said(first)}, page size ${data.pageSize ?? '?'}`,
        first.status === 200 && data.pageSize === 500,
      ),
      finding('users-pages', 'pages do not overlap', `${twice} twice`, twice === 0),
      finding(
        'users-total',
        'listing and search count the same active users',
        `${data.total ?? '?'} and ${total ?? said(searched)}`,
        total === null || typeof data.total !== 'number' ? null : total === data.total,
      ),
      ...(await caseOfValues(
        call,
        data.entities.find(({ email }) => /[a-z]/.test(email ?? '')),
      )),
    ];
  },

  async ({ call }) => {
    const groups = listing.safeParse(
      (await call('GET', '/api/v2/groups', { query: { pageSize: 100 } })).body,
    ).data;
    const group = groups?.entities.find(({ memberCount }) => (memberCount ?? 0) > 0);
    if (!group)
      return finding('group-total', 'a group’s count is that of its listing', 'no group with members', null);
    const answer = await call('GET', `/api/v2/groups/${encodeURIComponent(group.id)}/members`, {
      query: { pageSize: 1 },
    });
    const total = listing.safeParse(answer.body).data?.total ?? null;
    return finding(
      'group-total',
      'a group’s count is that of its listing',
      `${group.memberCount ?? '?'} and ${total ?? said(answer)}`,
      total === null ? null : total === group.memberCount,
    );
  },

  async ({ call }) => {
    const [id = ''] = madeUpIds(1);
    const answer = await call('GET', `${USERS}/${id}`);
    return finding(
      'not-found',
      'an unknown user is 404 with the API’s error code',
      said(answer),
      answer.status === 404 && answer.code !== null,
    );
  },

  async ({ call }) => {
    const answer = await call('GET', '/api/v2/tokens/timeout');
    const { data } = z.looseObject({ idleTokenTimeoutSeconds: z.number().nullish() }).safeParse(answer.body);
    const seconds = data?.idleTokenTimeoutSeconds ?? null;
    const known = [
      'enableIdleTokenTimeout',
      'idleTokenTimeoutSeconds',
      'inactivityTimeoutGroupBundles',
      'inactivityTimeoutGroupsEnabled',
      'inactivityTimeoutUnit',
    ];
    const unknown = fieldsOf(answer.body).filter((field) => !known.includes(field));
    return [
      finding('timeout-read', 'the idle timeout can be read', said(answer), answer.status === 200),
      finding(
        'timeout-fields',
        'it has no field that the app does not know',
        unknown.join(' ') || 'none',
        answer.status === 200 ? unknown.length === 0 : null,
      ),
      finding(
        'timeout-range',
        `it is ${TIMEOUT_MIN_SECONDS} to ${TIMEOUT_MAX_SECONDS} s`,
        seconds === null ? 'not said' : `${seconds} s`,
        seconds === null ? null : seconds >= TIMEOUT_MIN_SECONDS && seconds <= TIMEOUT_MAX_SECONDS,
      ),
    ];
  },
];

/** Whether EXACT heeds case, with the address of somebody who is there; the address itself is not told. */
async function caseOfValues(
  call: Caller['call'],
  user: { readonly id: string; readonly email?: string | null | undefined } | undefined,
): Promise<readonly Finding[]> {
  const assumption = 'EXACT does not heed case';
  if (!user?.email) return [finding('search-case', assumption, 'no user with an address', null)];
  const counts = [];
  for (const value of [user.email, user.email.toUpperCase()]) {
    const answer = await call('POST', SEARCH, { body: searchFor([value], 25) });
    counts.push((found.safeParse(answer.body).data?.results ?? []).some(({ id }) => id === user.id));
  }
  const [asIs, inCapitals] = counts;
  return [
    finding(
      'search-case',
      assumption,
      `found as it is: ${asIs ? 'yes' : 'no'}, in capitals: ${inCapitals ? 'yes' : 'no'}`,
      asIs ? inCapitals === true : null,
    ),
  ];
}
