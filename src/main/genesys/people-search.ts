import type { FoundPeople, FoundPerson } from '../../shared/directory.ts';
import type { SearchField } from '../../shared/plan.ts';
import { usersForText } from './asking.ts';
import type { ApiClient } from './http.ts';
import { expandedUserSchema, type ExpandedUser } from './expanded-users.ts';
import { totalOf } from './paging.ts';
import { toDirectoryUser } from './user.ts';

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
  const criteria = peopleCriteria('any', text);
  const how = { user: expandedUserSchema, criteria, size: SHOWN, expand: ['lasttokenissued'] };
  const { users, told } = await usersForText(client, text, how, signal);
  return { people: users.map(toPerson), total: totalOf(told, users.length, SHOWN) };
}
