import { z } from 'zod';
import { createSharedText } from '../../shared/string-interner.ts';
import { LISTED_IDS } from '../api-limits.ts';
import { AppFailure, failure } from '../failure.ts';
import { mapListing } from '../listing.ts';
import type { Directory, ListedUser, UserActivity } from '../revocation/ports.ts';
import { createBatches } from './batches.ts';
import { isSpeaking } from './conversation-summary.ts';
import { unexpectedAnswer } from './errors.ts';
import type { ApiClient, RequestSpec } from './http.ts';
import { expandedListingSchema, type ExpandedUser } from './expanded-users.ts';
import { isGuid } from './ids.ts';
import { readListing } from './paging.ts';
import { peopleCriteria, toPerson } from './people-search.ts';
import { entityId } from './schemas.ts';
import { toDirectoryUser, userListingSchema, userSearchSchema } from './user.ts';

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

type Sets = Omit<Directory, 'usersByIds' | 'usersByEmails' | 'usersByUsernames' | 'calls'>;

/** Reads whole sets of users through the client, which paces and retries. @param onSend counts the calls. */
export function createUserSets(client: ApiClient, onSend: () => void): Sets {
  const ask = async <T>(spec: RequestSpec<T>, signal: AbortSignal): Promise<T> =>
    (await client.request({ ...spec, onSend }, signal)).body;
  const batches = createBatches(LISTED_IDS);

  const byIds = async (
    ids: readonly string[],
    expand: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly ExpandedUser[]> => {
    // Without ids the API would list everybody.
    const asked = [...new Set(ids.filter(isGuid).map((id) => id.toLowerCase()))];
    if (asked.length > LISTED_IDS)
      throw new RangeError(`At most ${LISTED_IDS} ids can be asked for in one call.`);
    return batches.ask(asked, async (some) => {
      const query = { id: some, state: 'any', pageSize: LISTED_IDS, pageNumber: 1, expand };
      const spec = { method: 'GET', path: USERS, query, schema: expandedListingSchema } as const;
      const users = (await ask(spec, signal)).entities ?? [];
      if (!users.every(({ id }) => some.includes(id.toLowerCase())))
        throw unexpectedAnswer(spec, 'The answer has users that were not asked for.');
      return users;
    });
  };

  return {
    usersOfState: (state, signal, onPage) => {
      const tooMany = (): AppFailure =>
        failure(
          'too-many-users',
          `Genesys Cloud lists at most ${MAX_INACTIVE} inactive users, and this org has more.`,
        );
      const toListedUser = createListedUsers(state);
      const fetchPage = async (pageNumber: number, pageSize: number) => {
        const query = { state, pageSize, pageNumber, expand: ['lasttokenissued'] };
        const spec = { method: 'GET', path: USERS, query, schema: expandedListingSchema } as const;
        const body = await ask(spec, signal).catch((error: unknown) => {
          const beyond = state === 'inactive' && pageNumber * pageSize > MAX_INACTIVE;
          throw beyond && error instanceof AppFailure && error.error.code === 'bad-request'
            ? tooMany()
            : error;
        });
        return { items: (body.entities ?? []).map(toListedUser), ...countsOf(body) };
      };
      const checkTotal = (total: number): void => {
        if (state === 'inactive' && total > MAX_INACTIVE) throw tooMany();
      };
      return readListing({ fetchPage, pageSize: USERS_PAGE, onPage, checkTotal });
    },

    searchUsers: (field, wanted, signal, onPage) => {
      const search = { sortBy: 'name', sortOrder: 'ASC', query: peopleCriteria(field, wanted) };
      const fetchPage = async (pageNumber: number, pageSize: number) => {
        const body = { ...search, pageSize, pageNumber };
        const path = `${USERS}/search`;
        const spec = {
          method: 'POST',
          path,
          body,
          schema: userSearchSchema,
          repeatable: true,
          search: 'CONTAINS',
        } as const;
        const { results, total, pageCount } = await ask(spec, signal);
        return { items: (results ?? []).map((user) => toDirectoryUser(user)), total, pageCount };
      };
      const checkTotal = (total: number): void => {
        if (total > MAX_FOUND)
          throw failure(
            'too-many-users',
            `The search finds ${total} users; Genesys Cloud shows ${MAX_FOUND} of them at most.`,
          );
      };
      return readListing({ fetchPage, pageSize: OTHER_PAGE, onPage, checkTotal });
    },

    // Async, so that an id that is none is a failure like any other.
    groupMembers: async (groupId, signal, onPage) => {
      const path = `/api/v2/groups/${checkedId(groupId, 'group')}/members`;
      const fetchPage = async (pageNumber: number, pageSize: number) => {
        const query = { pageSize, pageNumber };
        const body = await ask({ method: 'GET', path, query, schema: userListingSchema }, signal);
        return { items: (body.entities ?? []).map((user) => toDirectoryUser(user)), ...countsOf(body) };
      };
      return readListing({ fetchPage, pageSize: OTHER_PAGE, onPage });
    },

    roleMembers: async (roleId, signal, onPage) => {
      const path = `/api/v2/authorization/roles/${checkedId(roleId, 'role')}/users`;
      const fetchPage = async (pageNumber: number, pageSize: number) => {
        const query = { pageSize, pageNumber };
        const body = await ask({ method: 'GET', path, query, schema: referenceListingSchema }, signal);
        return { items: body.entities ?? [], ...countsOf(body) };
      };
      const members = await readListing({ fetchPage, pageSize: OTHER_PAGE, onPage });
      return mapListing(members, ({ id }) => id);
    },

    profilesOf: async (ids, signal) => (await byIds(ids, ['lasttokenissued'], signal)).map(toPerson),

    activityOf: async (ids, about, signal) => {
      const expand = about.map((what) => EXPAND[what]);
      return (await byIds(ids, expand, signal)).map(
        ({ id, lastTokenIssued, conversationSummary }): UserActivity => ({
          id,
          lastTokenIssued: lastTokenIssued?.dateIssued ?? null,
          onCall: isSpeaking(conversationSummary),
        }),
      );
    },
  };
}

const countsOf = (body: {
  readonly total?: number | null | undefined;
  readonly pageCount?: number | null | undefined;
}) => ({ total: body.total ?? null, pageCount: body.pageCount ?? null });

/**
 * Users as a listing keeps them: 100,000 of them stay in memory. Each field is named, since an object that adds fields to
 * a spread one takes 300 bytes more (V8 gives it a shape of its own: measured on Node 20).
 */
function createListedUsers(asked: 'active' | 'inactive'): (answer: ExpandedUser) => ListedUser {
  const shared = createSharedText();
  return (answer) => {
    const { id, name, email, department, division, state } = toDirectoryUser(answer, asked);
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

function checkedId(id: string, what: string): string {
  if (isGuid(id)) return id;
  throw failure('not-found', `There is no ${what} with the id ${id.slice(0, 100)}.`);
}
