// Searching and listing users.
import { z } from 'zod';
import { LISTED_IDS, SEARCH_VALUES } from '../../src/main/api-limits.ts';
import type { Answer, Caller } from './caller.ts';
import { finding, said, type Finding } from './finding.ts';
import { listing, USERS, type Question } from './question.ts';

const SEARCH = '/api/v2/users/search';
const STATE = { type: 'EXACT', fields: ['state'], values: ['active', 'inactive', 'deleted'] };

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

/** Whether the larger one is refused where the control is not; null where the control is refused too, which tells nothing. */
const refusedUnlike = (control: Answer, larger: Answer): boolean | null =>
  control.status === 200 ? larger.status === 400 : null;

export const USER_QUESTIONS: readonly Question[] = [
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
        refusedUnlike(most, more),
      ),
      finding('search-page', 'pages of a search hold at most 100', said(page), refusedUnlike(most, page)),
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
      finding(
        'ids-more',
        `a listing takes no more than ${LISTED_IDS} ids`,
        said(more),
        refusedUnlike(most, more),
      ),
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
      signInNames(data.entities),
      ...(await caseOfValues(
        call,
        data.entities.find(({ email }) => /[a-z]/.test(email ?? '')),
      )),
    ];
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
    const answer = await call('GET', USERS, { query: { pageSize: 1, expand: 'tokendesk-probe' } });
    return finding('unknown-expand', 'an unknown expand is refused', said(answer), answer.status === 400);
  },

  async ({ call }) => {
    const listed = await call('GET', USERS, { query: { pageSize: 1, state: 'deleted' } });
    const searched = await call('POST', SEARCH, {
      body: {
        pageSize: 1,
        pageNumber: 1,
        query: [{ type: 'EXACT', fields: ['state'], values: ['deleted'] }],
      },
    });
    const inList = listing.safeParse(listed.body).data?.total ?? null;
    const inSearch = found.safeParse(searched.body).data?.total ?? null;
    return finding(
      'search-deleted',
      'a search that asks for deleted users finds them',
      `${inSearch ?? said(searched)} of ${inList ?? said(listed)}`,
      inList === null || inList === 0 ? null : (inSearch ?? 0) > 0,
    );
  },
];

/** Whether people sign in with their address or a name of their own, among those of one page. */
function signInNames(users: z.infer<typeof listing>['entities']): Finding {
  const named = users.filter(({ email, username }) => Boolean(email) && Boolean(username));
  const own = named.filter(({ email, username }) => email?.toLowerCase() !== username?.toLowerCase());
  return finding(
    'usernames',
    'users sign in with their address',
    `${own.length} of ${named.length} with a name of their own`,
    named.length === 0 ? null : own.length === 0,
  );
}

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
