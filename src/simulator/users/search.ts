import { z } from 'zod';
import { badRequest } from '../http/answers.ts';
import type { ApiCall } from '../http/call.ts';
import type { Settings } from '../options.ts';
import { tooManySearches } from '../limits.ts';
import { checkSearch } from '../search-limits.ts';
import { compileCriteria, criterionSchema, names, wantedValues, type Criterion } from './criteria.ts';
import { valueAt, type Directory } from './directory.ts';

const searchSchema = z.looseObject({
  pageSize: z.int().min(1).default(25),
  pageNumber: z.int().min(1).default(1),
  sortBy: z.string().optional(),
  sortOrder: z.enum(['ASC', 'DESC', 'SCORE']).default('ASC'),
  expand: z.array(z.string()).default([]),
  query: z.array(criterionSchema).default([]),
});

export type SearchRequest = z.infer<typeof searchSchema>;

export interface SearchResult {
  readonly total: number;
  readonly pageSize: number;
  readonly pageNumber: number;
  readonly indexes: readonly number[];
}

export const refuseSearch = (message: string): never => {
  throw badRequest(message, 'invalid.value');
};

/** @throws {ApiFailure} 400 with the first thing that is wrong. */
export const parseSearch = (
  body: unknown,
  settings: Pick<Settings, 'maxSearchCriteria'> = { maxSearchCriteria: 50 },
): SearchRequest => {
  const parsed = searchSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuseSearch(`Invalid search: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  }
  checkSearch(parsed.data, settings);
  return parsed.data;
};

/**
 * Reads a call's search, held to the limits and the rates of searching.
 * @throws {ApiFailure} 400, 429
 */
export const readSearch = ({ world, body, now }: ApiCall): SearchRequest => {
  const request = parseSearch(body, world.settings);
  const retryAfter = world.searchRates?.take(request.query, now) ?? null;
  if (retryAfter !== null) throw tooManySearches(retryAfter);
  return request;
};

/**
 * Users that an index finds at once, when a criterion that must hold asks for whole addresses or ids:
 * 50 addresses then cost 50 look-ups, not a walk over the org.
 */
const candidates = (directory: Directory, query: readonly Criterion[]): ReadonlySet<number> | undefined => {
  if (query.some((criterion) => criterion.operator === 'OR')) return undefined;
  const indexed = query.find(
    ({ type, fields, operator, group }) =>
      type === 'EXACT' &&
      operator !== 'NOT' &&
      !group?.length &&
      fields?.length &&
      fields.every((field) => field === 'email' || field === 'username' || field === 'id'),
  );
  if (!indexed) return undefined;
  const { org } = directory;
  const ask = new Set(indexed.fields);
  return new Set(
    wantedValues(indexed).flatMap((value) => {
      const byId = ask.has('id') ? org.indexOf(value) : undefined;
      return [
        ...(ask.has('email') ? org.indexesByEmail(value) : []),
        ...(ask.has('username') ? directory.indexesByUsername(value) : []),
        ...(byId === undefined ? [] : [byId]),
      ];
    }),
  );
};

/** @throws {ApiFailure} 400 for a criterion that cannot be searched. */
export const searchUsers = (
  directory: Directory,
  request: SearchRequest,
  options: { readonly searchFindsDeleted: boolean },
): SearchResult => {
  const { query, pageSize, pageNumber } = request;
  const { org } = directory;
  const test = compileCriteria(query, (field) => directory.column(field), refuseSearch);
  // Without a criterion on the state only active users are found: the field's experience, not documented.
  const activeOnly = !names(query, 'state');
  const everybody = directory.listed(activeOnly ? 'active' : 'any');
  const allowed = (index: number): boolean => {
    const state = org.stateOf(index);
    return activeOnly ? state === 'active' : state !== 'deleted' || options.searchFindsDeleted;
  };

  const chosen = candidates(directory, query);
  const sortBy = request.sortBy ?? 'name';
  const key = directory.column(sortBy) ?? refuseSearch(`Cannot sort by "${sortBy}".`);
  const byKey = (a: number, b: number): number => {
    const left = valueAt(key, a);
    const right = valueAt(key, b);
    return left < right ? -1 : left > right ? 1 : a - b;
  };
  const found = chosen
    ? [...chosen].filter((index) => allowed(index) && test(index))
    : everybody.filter((index) => test(index) && allowed(index));
  if (chosen || sortBy !== 'name') found.sort(byKey);
  if (request.sortOrder === 'DESC') found.reverse();
  const from = (pageNumber - 1) * pageSize;
  return { total: found.length, pageSize, pageNumber, indexes: found.slice(from, from + pageSize) };
};
