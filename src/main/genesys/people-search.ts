import type { FoundPeople, FoundPerson } from '../../shared/directory.ts';
import type { SearchField } from '../../shared/plan.ts';
import type { ApiClient } from './http.ts';
import { isGuid } from './ids.ts';
import { expandedListingSchema, expandedSearchSchema, type ExpandedUser } from './expanded-users.ts';
import { totalOf } from './paging.ts';
import { toDirectoryUser } from './user.ts';

const USERS = '/api/v2/users';

/** People shown while somebody types. */
const SHOWN = 20;

/** Words of a text that are searched for; what comes after adds nothing that a person would miss. */
const MAX_WORDS = 6;

/** Fields that can be searched, by the vendor's OpenAPI description (UserSearchCriteria.fields). */
const FIELDS: Readonly<Record<SearchField, readonly string[]>> = {
  any: ['name', 'email', 'username', 'department', 'title'],
  'name-or-email': ['name', 'email'],
  name: ['name'],
  email: ['email'],
  department: ['department'],
  title: ['title'],
};

/**
 * Criteria that all have to hold (AND is what criteria are joined by). What is typed without saying where is searched
 * for word by word, so that "lopez ana" and "ana legal" find Ana Lopez of Legal.
 */
export function peopleCriteria(field: SearchField, text: string) {
  const values = field === 'any' ? text.split(/\s+/).filter(Boolean).slice(0, MAX_WORDS) : [text];
  return [
    ...values.map((value) => ({ type: 'CONTAINS', fields: FIELDS[field], value })),
    // A search finds active users only, unless it is told.
    { type: 'EXACT', fields: ['state'], values: ['active', 'inactive'] },
  ];
}

/** A user with what tells namesakes apart. */
export const toPerson = (user: ExpandedUser): FoundPerson => ({
  ...toDirectoryUser(user),
  title: user.title ?? null,
  lastTokenIssued: user.lastTokenIssued?.dateIssued ?? null,
});

/**
 * People whom the text finds, at most 20 of `total`, in one call. A user id finds that user, also without the permission
 * to search.
 * @throws ApiError `forbidden` without `directory:user:view`
 */
export async function findPeople(client: ApiClient, text: string, signal: AbortSignal): Promise<FoundPeople> {
  const expand = ['lasttokenissued'];
  if (isGuid(text)) {
    const query = { id: [text], state: 'any', pageSize: 1, pageNumber: 1, expand };
    const spec = { method: 'GET', path: USERS, query, schema: expandedListingSchema } as const;
    const found = (await client.request(spec, signal)).body.entities ?? [];
    const people = found.filter(({ id }) => id.toLowerCase() === text.toLowerCase()).map(toPerson);
    return { people, total: people.length };
  }
  const body = {
    pageSize: SHOWN,
    pageNumber: 1,
    sortBy: 'name',
    sortOrder: 'ASC',
    expand,
    query: peopleCriteria('any', text),
  };
  const path = `${USERS}/search`;
  const spec = {
    method: 'POST',
    path,
    body,
    schema: expandedSearchSchema,
    repeatable: true,
    search: 'CONTAINS',
  } as const;
  const { results, total } = (await client.request(spec, signal)).body;
  const people = (results ?? []).map(toPerson);
  return { people, total: totalOf(total, people.length, SHOWN) };
}
