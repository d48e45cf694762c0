import { SEARCH_VALUES } from '../api-limits.ts';
import { mapListing, type Listing } from '../listing.ts';
import type { Directory } from '../revocation/ports.ts';
import { createUsersByIds, searchSpec, USERS } from './asking.ts';
import { createBatches } from './batches.ts';
import type { ApiClient } from './http.ts';
import { readListing } from './paging.ts';
import { createUserSets } from './user-sets.ts';
import { toDirectoryUser, userListingSchema, userSearchSchema, type UserAnswer } from './user.ts';

const PAGE_SIZE = 100;

/** Looks users up through the client, which paces and retries. */
export function createDirectory(client: ApiClient): Directory {
  let calls = 0;
  const onSend = (): void => {
    calls += 1;
  };
  const byIds = createUsersByIds(client, onSend);
  const searchBatches = createBatches(SEARCH_VALUES);

  /** Users whose field is one of the values, whatever the answer holds beside them. */
  async function usersBy(
    field: 'email' | 'username',
    values: readonly string[],
    signal: AbortSignal,
  ): Promise<Listing<UserAnswer>> {
    const asked = [...new Set(values.map((value) => value.trim().toLowerCase()).filter(Boolean))];
    if (asked.length > SEARCH_VALUES)
      throw new RangeError(`At most ${SEARCH_VALUES} values can be asked for in one call.`);
    const wanted = new Set(asked);
    const listings = await searchBatches.ask(asked, async (batch) => [await search(field, batch, signal)]);
    return joined(listings, (user) => wanted.has(user[field]?.toLowerCase() ?? ''));
  }

  function search(
    field: 'email' | 'username',
    values: readonly string[],
    signal: AbortSignal,
  ): Promise<Listing<UserAnswer>> {
    const query = [
      { type: 'EXACT', fields: [field], values },
      // A search finds active users only, unless it is told.
      { type: 'EXACT', fields: ['state'], values: ['active', 'inactive', 'deleted'] },
    ];
    const fetchPage = async (pageNumber: number, pageSize: number) => {
      const spec = searchSpec(USERS, { pageSize, pageNumber, query }, userSearchSchema, 'EXACT');
      const { results, total, pageCount } = (await client.request({ ...spec, onSend }, signal)).body;
      return { items: results ?? [], total, pageCount };
    };
    return readListing({ fetchPage, pageSize: PAGE_SIZE });
  }

  return {
    usersByIds: async (ids, signal) => {
      const users = await byIds(ids, userListingSchema, {}, signal);
      return users.map((user) => toDirectoryUser(user));
    },
    usersByEmails: async (emails, signal) =>
      mapListing(await usersBy('email', emails, signal), (user) => toDirectoryUser(user)),
    usersByUsernames: async (usernames, signal) =>
      mapListing(await usersBy('username', usernames, signal), (user) => ({
        ...toDirectoryUser(user),
        username: user.username ?? '',
      })),
    ...createUserSets(client, onSend),
    get calls() {
      return calls;
    },
  };
}

/** The listings of several calls as one, with those items that are wanted. */
function joined<T extends { readonly id: string }>(
  listings: readonly Listing<T>[],
  isWanted: (item: T) => boolean,
): Listing<T> {
  const all = new Map(listings.flatMap(({ items }) => items.map((item) => [item.id, item])));
  const items = [...all.values()].filter(isWanted);
  if (listings.some(({ kind }) => kind === 'unsteady')) return { kind: 'unsteady', items };
  const missing = listings.reduce(
    (sum, listing) => sum + (listing.kind === 'miscounted' ? listing.counted - listing.items.length : 0),
    0,
  );
  return missing === 0
    ? { kind: 'whole', items }
    : { kind: 'miscounted', items, counted: all.size + missing };
}
