import { z } from 'zod';
import type { SearchField } from '../../shared/plan.ts';
import { createSharedText } from '../../shared/shared-text.ts';
import { LISTED_IDS } from '../api-limits.ts';
import { AppFailure, failure } from '../failure.ts';
import type { Directory, ListedUser, UserActivity } from '../revocation/ports.ts';
import { unexpectedAnswer } from './errors.ts';
import type { ApiClient, RequestSpec } from './http.ts';
import { expandedListingSchema, type ExpandedUser } from './expanded-users.ts';
import { isGuid } from './ids.ts';
import { readPages } from './pages.ts';
import { peopleCriteria, toPerson } from './people-search.ts';
import { entityId } from './schemas.ts';
import { toDirectoryUser, userSearchSchema } from './user.ts';

const count = z.number().nullish();

/** UserReferenceEntityListing: ids only. */
const referenceListingSchema = z.looseObject({
  total: count,
  pageCount: count,
  entities: z.array(z.looseObject({ id: entityId })).nullish(),
});

const USERS = '/api/v2/users';

/** Genesys' own Terraform provider lists users by 500; what the others take at most is not written anywhere. */
const USERS_PAGE = 500;
const OTHER_PAGE = 100;

/** Beyond these the API answers 400: inactive users by the Terraform provider, a search as its engine does. */
const MAX_INACTIVE = 10_000;
const MAX_FOUND = 10_000;

/** The API's names, whose case is told apart in its description. */
const EXPAND = { 'last-token': 'lasttokenissued', 'on-call': 'conversationSummary' } as const;

type Sets = Omit<Directory, 'usersByIds' | 'usersByEmails' | 'calls'>;

/** Reads whole sets of users through the client, which paces and retries. @param onSend counts the calls. */
export function createUserSets(client: ApiClient, onSend: () => void): Sets {
  const ask = async <T>(spec: RequestSpec<T>, signal: AbortSignal): Promise<T> =>
    (await client.request({ ...spec, onSend }, signal)).body;

  const byIds = async (
    ids: readonly string[],
    expand: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly ExpandedUser[]> => {
    // Without ids the API would list everybody.
    const asked = new Set(ids.filter(isGuid).map((id) => id.toLowerCase()));
    if (asked.size === 0) return [];
    if (asked.size > LISTED_IDS)
      throw new RangeError(`At most ${LISTED_IDS} ids can be asked for in one call.`);
    const query = { id: [...asked], state: 'any', pageSize: LISTED_IDS, pageNumber: 1, expand };
    const spec = { method: 'GET', path: USERS, query, schema: expandedListingSchema } as const;
    const users = (await ask(spec, signal)).entities ?? [];
    if (!users.every(({ id }) => asked.has(id.toLowerCase())))
      throw unexpectedAnswer(spec, 'The answer has users that were not asked for.');
    return users;
  };

  return {
    usersOfState: async (state, signal, onPage) => {
      const tooMany = (): AppFailure =>
        failure(
          'too-many-users',
          `Genesys Cloud lists at most ${MAX_INACTIVE} inactive users, and this org has more.`,
        );
      const toListedUser = createListedUsers();
      const fetchPage = async (pageNumber: number) => {
        const query = { state, pageSize: USERS_PAGE, pageNumber, expand: ['lasttokenissued'] };
        const spec = { method: 'GET', path: USERS, query, schema: expandedListingSchema } as const;
        const body = await ask(spec, signal).catch((error: unknown) => {
          const beyond = state === 'inactive' && pageNumber * USERS_PAGE > MAX_INACTIVE;
          throw beyond && error instanceof AppFailure && error.error.code === 'bad-request'
            ? tooMany()
            : error;
        });
        return {
          items: (body.entities ?? []).map(toListedUser),
          total: body.total ?? null,
          pageCount: body.pageCount ?? null,
        };
      };
      const checkTotal = (total: number): void => {
        if (state === 'inactive' && total > MAX_INACTIVE) throw tooMany();
      };
      return readPages({ fetchPage, onPage, checkTotal });
    },

    searchUsers: async (field, wanted, signal, onPage) => {
      const fetchPage = async (pageNumber: number) => {
        const body = searchBody(field, wanted, pageNumber);
        const path = `${USERS}/search`;
        const answer = await ask(
          { method: 'POST', path, body, schema: userSearchSchema, repeatable: true },
          signal,
        );
        const { total, pageCount } = answer;
        return { items: (answer.results ?? []).map(toDirectoryUser), total, pageCount };
      };
      const checkTotal = (total: number): void => {
        if (total > MAX_FOUND)
          throw failure(
            'too-many-users',
            `The search finds ${total} users; Genesys Cloud shows ${MAX_FOUND} of them at most.`,
          );
      };
      return readPages({ fetchPage, onPage, checkTotal });
    },

    groupMembers: async (groupId, signal, onPage) => {
      const path = `/api/v2/groups/${checkedId(groupId, 'group')}/members`;
      return readPages({
        onPage,
        fetchPage: async (pageNumber) => {
          const query = { pageSize: OTHER_PAGE, pageNumber };
          const body = await ask({ method: 'GET', path, query, schema: expandedListingSchema }, signal);
          return {
            items: (body.entities ?? []).map(toDirectoryUser),
            total: body.total ?? null,
            pageCount: body.pageCount ?? null,
          };
        },
      });
    },

    roleMembers: async (roleId, signal, onPage) => {
      const path = `/api/v2/authorization/roles/${checkedId(roleId, 'role')}/users`;
      const members = await readPages({
        onPage,
        fetchPage: async (pageNumber) => {
          const query = { pageSize: OTHER_PAGE, pageNumber };
          const body = await ask({ method: 'GET', path, query, schema: referenceListingSchema }, signal);
          return {
            items: body.entities ?? [],
            total: body.total ?? null,
            pageCount: body.pageCount ?? null,
          };
        },
      });
      return members.map(({ id }) => id);
    },

    profilesOf: async (ids, signal) => (await byIds(ids, ['lasttokenissued'], signal)).map(toPerson),

    activityOf: async (ids, about, signal) => {
      const expand = about.map((what) => EXPAND[what]);
      return (await byIds(ids, expand, signal)).map(
        ({ id, lastTokenIssued, conversationSummary }): UserActivity => ({
          id,
          lastTokenIssued: lastTokenIssued?.dateIssued ?? null,
          onCall: conversationSummary
            ? hasActive(conversationSummary.call) || hasActive(conversationSummary.callback)
            : null,
        }),
      );
    },
  };
}

function searchBody(field: SearchField, value: string, pageNumber: number) {
  const query = peopleCriteria(field, value);
  return { pageSize: OTHER_PAGE, pageNumber, sortBy: 'name', sortOrder: 'ASC', query };
}

/**
 * Users as a listing keeps them: 100,000 of them stay in memory. Each field is named, since an object that adds fields to
 * a spread one takes 300 bytes more (V8 gives it a shape of its own: measured on Node 20).
 */
function createListedUsers(): (answer: ExpandedUser) => ListedUser {
  const shared = createSharedText();
  return (answer) => {
    const { id, name, email, department, division, state } = toDirectoryUser(answer);
    return {
      id,
      name,
      email,
      department: shared(department),
      division: shared(division),
      state,
      divisionId: shared(answer.division?.id ?? null),
      lastTokenIssued: answer.lastTokenIssued?.dateIssued ?? null,
    };
  };
}

/** ConversationSummary counts what is active per medium, for the contact centre and for the company: any of it counts. */
const hasActive = (media: unknown): boolean => {
  if (media === null || typeof media !== 'object') return false;
  return Object.entries(media).some(([name, value]) =>
    name === 'active' ? typeof value === 'number' && value > 0 : hasActive(value),
  );
};

function checkedId(id: string, what: string): string {
  if (isGuid(id)) return id;
  throw failure('not-found', `There is no ${what} with the id ${id.slice(0, 100)}.`);
}
