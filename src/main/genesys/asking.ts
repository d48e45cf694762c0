import { z } from 'zod';
import { LISTED_IDS, type SearchType } from '../api-limits.ts';
import { createBatches } from './batches.ts';
import { unexpectedAnswer } from './errors.ts';
import type { ApiClient, RequestSpec } from './http.ts';
import { isGuid } from './ids.ts';
import { listedPages, readListing, type ListedPage } from './paging.ts';
import type { Query } from './url.ts';
import { choosable } from './schemas.ts';

export const USERS = '/api/v2/users';

interface Entity {
  readonly id: string;
}

type ListingSpec<T> = RequestSpec<ListedPage<T>>;

/** A search of what is listed at `path`: a POST that only looks, so it may be sent again. */
export const searchSpec = <T>(
  path: string,
  body: unknown,
  schema: z.ZodType<T>,
  search: SearchType = 'CONTAINS',
) => ({ method: 'POST', path: `${path}/search`, body, schema, repeatable: true, search }) as const;

/**
 * Asks for entities by their ids, each once, in calls of at most `most`; what is no id is not asked for. A server that
 * gives less on a page than it was asked for is asked for the rest: whoever is missing would not be found.
 */
export function createByIds(client: ApiClient, path: string, most: number) {
  const batches = createBatches(most);
  return <T extends Entity>(
    ids: readonly string[],
    more: Pick<ListingSpec<T>, 'schema' | 'onSend'> & { readonly query?: Query },
    signal: AbortSignal,
  ): Promise<readonly T[]> => {
    // Without ids the API would list everything.
    const asked = [...new Set(ids.filter(isGuid).map((id) => id.toLowerCase()))];
    return batches.ask(asked, async (batch) => {
      const spec = { ...more, method: 'GET', path } as const;
      const ask = async (page: Query) => {
        const query = { id: batch, ...more.query, ...page };
        const { body } = await client.request({ ...spec, query }, signal);
        if (body.entities?.some(({ id }) => !batch.includes(id.toLowerCase())))
          throw unexpectedAnswer(spec, 'The answer has entities that were not asked for.');
        return body;
      };
      const fetchPage = listedPages(ask, (entity) => entity);
      const { items } = await readListing({ fetchPage, pageSize: most });
      return items;
    });
  };
}

/** The same for users in any state. @param onSend counts the calls. */
export function createUsersByIds(client: ApiClient, onSend: () => void) {
  const byIds = createByIds(client, USERS, LISTED_IDS);
  return async <T extends Entity>(
    ids: readonly string[],
    schema: ListingSpec<T>['schema'],
    query: Query,
    signal: AbortSignal,
  ): Promise<readonly T[]> => {
    if (new Set(ids).size > LISTED_IDS)
      throw new RangeError(`At most ${LISTED_IDS} ids can be asked for in one call.`);
    return byIds(ids, { schema, query: { state: 'any', ...query }, onSend }, signal);
  };
}

/**
 * Users for what somebody types: the one of that id, also without the permission to search, or those that a search
 * finds, by name.
 * @throws ApiError `forbidden` without `directory:user:view`
 */
export async function usersForText<T extends Entity>(
  client: ApiClient,
  text: string,
  how: {
    readonly user: z.ZodType<T>;
    readonly criteria: readonly unknown[];
    readonly size: number;
    readonly expand?: readonly string[];
  },
  signal: AbortSignal,
): Promise<{ readonly users: readonly T[]; readonly told: number | null | undefined }> {
  const expand = how.expand && { expand: how.expand };
  if (isGuid(text)) {
    const schema = z.looseObject({ entities: choosable(how.user) });
    const query = { id: [text], state: 'any', pageSize: 1, pageNumber: 1, ...expand };
    const { body } = await client.request({ method: 'GET', path: USERS, query, schema }, signal);
    const users = (body.entities ?? []).filter(({ id }) => id.toLowerCase() === text.toLowerCase());
    return { users, told: users.length };
  }
  const schema = z.looseObject({ total: z.number().nullish(), results: choosable(how.user) });
  const page = { pageSize: how.size, pageNumber: 1, sortBy: 'name', sortOrder: 'ASC' };
  const spec = searchSpec(USERS, { ...page, ...expand, query: how.criteria }, schema);
  const { results, total } = (await client.request(spec, signal)).body;
  return { users: results ?? [], told: total };
}
