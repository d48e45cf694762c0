import { z } from 'zod';
import { createSharedText } from '../../shared/string-interner.ts';
import { AppFailure, failure } from '../failure.ts';
import { mapListing } from '../listing.ts';
import type { Directory, ListedUser, UserActivity } from '../revocation/ports.ts';
import { createUsersByIds, searchSpec, USERS } from './asking.ts';
import { isSpeaking } from './conversation-summary.ts';
import type { ApiClient, RequestSpec } from './http.ts';
import { expandedListingSchema, type ExpandedUser } from './expanded-users.ts';
import { isGuid } from './ids.ts';
import { listedPages, readListing } from './paging.ts';
import { peopleCriteria, toPerson } from './people-search.ts';
import { entityId, listingOf } from './schemas.ts';
import { toDirectoryUser, userListingSchema, userSearchSchema } from './user.ts';

/** UserReferenceEntityListing: ids only. */
const referenceListingSchema = listingOf(z.array(z.looseObject({ id: entityId })).nullish());

/** Genesys' own Terraform provider lists users by 500; what the others take at most is not written anywhere. */
const USERS_PAGE = 500;
const OTHER_PAGE = 100;

/** Beyond these the API answers 400: inactive users by the Terraform provider, a search as its engine does. */
const MAX_INACTIVE = 10_000;
const MAX_FOUND = 10_000;

/** The API's names, whose case is told apart in its description. */
const EXPAND = { 'last-token': 'lasttokenissued', 'on-call': 'conversationSummary' } as const;

type Sets = Omit<Directory, 'usersByIds' | 'usersByEmails' | 'usersByUsernames' | 'calls'>;

type Ask = <T>(spec: RequestSpec<T>, signal: AbortSignal) => Promise<T>;

/** Reads whole sets of users through the client, which paces and retries. @param onSend counts the calls. */
export function createUserSets(client: ApiClient, onSend: () => void): Sets {
  const ask: Ask = async (spec, signal) => (await client.request({ ...spec, onSend }, signal)).body;
  const byIds = createUsersByIds(client, onSend);
  const expanded = (ids: readonly string[], expand: readonly string[], signal: AbortSignal) =>
    byIds(ids, expandedListingSchema, { expand }, signal);

  return {
    usersOfState: (state, signal, onPage) => readUsersOfState(ask, state, signal, onPage),
    searchUsers: (...search) => searchUsers(ask, ...search),

    // Async, so that an id that is none is a failure like any other.
    groupMembers: async (groupId, signal, onPage) => {
      const path = `/api/v2/groups/${checkedId(groupId, 'group')}/members`;
      const spec = { method: 'GET', path, schema: userListingSchema } as const;
      const fetchPage = listedPages(
        (query) => ask({ ...spec, query }, signal),
        (user) => toDirectoryUser(user),
      );
      return readListing({ fetchPage, pageSize: OTHER_PAGE, onPage });
    },

    roleMembers: async (roleId, signal, onPage) => {
      const path = `/api/v2/authorization/roles/${checkedId(roleId, 'role')}/users`;
      const spec = { method: 'GET', path, schema: referenceListingSchema } as const;
      const fetchPage = listedPages(
        (query) => ask({ ...spec, query }, signal),
        ({ id }) => ({ id }),
      );
      const members = await readListing({ fetchPage, pageSize: OTHER_PAGE, onPage });
      return mapListing(members, ({ id }) => id);
    },

    profilesOf: async (ids, signal) => (await expanded(ids, ['lasttokenissued'], signal)).map(toPerson),

    activityOf: async (ids, about, signal) => {
      const users = await expanded(
        ids,
        about.map((what) => EXPAND[what]),
        signal,
      );
      return users.map(({ id, lastTokenIssued, conversationSummary }): UserActivity => ({
        id,
        lastTokenIssued: lastTokenIssued?.dateIssued ?? null,
        onCall: isSpeaking(conversationSummary),
      }));
    },
  };
}

function readUsersOfState(ask: Ask, ...[state, signal, onPage]: Parameters<Sets['usersOfState']>) {
  const tooMany = (): AppFailure =>
    failure(
      'too-many-users',
      `Genesys Cloud lists at most ${MAX_INACTIVE} inactive users, and this org has more.`,
    );
  const spec = { method: 'GET', path: USERS, schema: expandedListingSchema } as const;
  const fetchPage = listedPages(
    (page) =>
      ask({ ...spec, query: { state, ...page, expand: ['lasttokenissued'] } }, signal).catch(
        (error: unknown) => {
          const beyond = state === 'inactive' && page.pageNumber * page.pageSize > MAX_INACTIVE;
          throw beyond && error instanceof AppFailure && error.error.code === 'bad-request'
            ? tooMany()
            : error;
        },
      ),
    createListedUsers(state),
  );
  const checkTotal = (total: number): void => {
    if (state === 'inactive' && total > MAX_INACTIVE) throw tooMany();
  };
  return readListing({ fetchPage, pageSize: USERS_PAGE, onPage, checkTotal });
}

function searchUsers(ask: Ask, ...[field, wanted, signal, onPage]: Parameters<Sets['searchUsers']>) {
  const search = { sortBy: 'name', sortOrder: 'ASC', query: peopleCriteria(field, wanted) };
  const fetchPage = async (pageNumber: number, pageSize: number) => {
    const spec = searchSpec(USERS, { ...search, pageSize, pageNumber }, userSearchSchema);
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
}

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
