import { LISTED_IDS, SEARCH_VALUES } from '../api-limits.ts';
import type { Directory, DirectoryUser } from '../revocation/ports.ts';
import { unexpectedAnswer } from './errors.ts';
import type { ApiClient } from './http.ts';
import { isGuid } from './ids.ts';
import { createUserSets } from './user-sets.ts';
import { toDirectoryUser, userListingSchema, userSearchSchema, type UserAnswer } from './user.ts';

const PAGE_SIZE = 100;
/** 2,000 users who share 50 addresses: more is an answer to another question. */
const MAX_PAGES = 20;

const USERS = '/api/v2/users';
const SEARCH = '/api/v2/users/search';

/** Looks users up through the client, which paces and retries. */
export function createDirectory(client: ApiClient): Directory {
  let calls = 0;
  const onSend = (): void => {
    calls += 1;
  };

  async function usersByIds(ids: readonly string[], signal: AbortSignal): Promise<readonly DirectoryUser[]> {
    // Without ids the API would list everybody.
    const asked = new Set(ids.filter(isGuid).map((id) => id.toLowerCase()));
    if (asked.size === 0) return [];
    if (asked.size > LISTED_IDS)
      throw new RangeError(`At most ${LISTED_IDS} ids can be asked for in one call.`);
    const query = { id: [...asked], state: 'any', pageSize: LISTED_IDS, pageNumber: 1 };
    const spec = { method: 'GET', path: USERS, query, schema: userListingSchema, onSend } as const;
    const users = (await client.request(spec, signal)).body.entities ?? [];
    if (!users.every(({ id }) => asked.has(id.toLowerCase()))) {
      throw unexpectedAnswer(spec, 'The answer has users that were not asked for.');
    }
    return users.map(toDirectoryUser);
  }

  async function usersByEmails(
    emails: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly DirectoryUser[]> {
    const asked = [...new Set(emails.map((email) => email.trim()).filter((email) => email !== ''))];
    if (asked.length === 0) return [];
    if (asked.length > SEARCH_VALUES)
      throw new RangeError(`At most ${SEARCH_VALUES} addresses can be asked for in one call.`);
    const found = await searchByEmail(asked, signal);
    // Whether EXACT heeds case is not documented: what is missing is asked for once more in small letters.
    const known = new Set([...found.values()].map(({ email }) => email?.toLowerCase()));
    const again = asked
      .map((email) => email.toLowerCase())
      .filter((email) => !known.has(email) && !asked.includes(email));
    if (again.length > 0) {
      for (const [id, user] of await searchByEmail([...new Set(again)], signal)) found.set(id, user);
    }
    const wanted = new Set(asked.map((email) => email.toLowerCase()));
    return [...found.values()]
      .filter(({ email }) => wanted.has(email?.toLowerCase() ?? ''))
      .map(toDirectoryUser);
  }

  async function searchByEmail(
    emails: readonly string[],
    signal: AbortSignal,
  ): Promise<Map<string, UserAnswer>> {
    const found = new Map<string, UserAnswer>();
    for (let pageNumber = 1; pageNumber <= MAX_PAGES; pageNumber += 1) {
      const body = {
        pageSize: PAGE_SIZE,
        pageNumber,
        query: [
          { type: 'EXACT', fields: ['email'], values: emails },
          // A search finds active users only, unless it is told.
          { type: 'EXACT', fields: ['state'], values: ['active', 'inactive', 'deleted'] },
        ],
      };
      const spec = {
        method: 'POST',
        path: SEARCH,
        body,
        schema: userSearchSchema,
        repeatable: true,
        onSend,
      } as const;
      const page = (await client.request(spec, signal)).body;
      for (const user of page.results ?? []) found.set(user.id, user);
      if (pageNumber >= page.pageCount) return found;
    }
    throw unexpectedAnswer({ method: 'POST', path: SEARCH }, `The search has more than ${MAX_PAGES} pages.`);
  }

  return {
    usersByIds,
    usersByEmails,
    ...createUserSets(client, onSend),
    get calls() {
      return calls;
    },
  };
}
