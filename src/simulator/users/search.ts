import { z } from 'zod';
import { badRequest } from '../http/answers.ts';
import { compileCriteria, criterionSchema, names, wantedValues, type Criterion } from './criteria.ts';
import { valueAt, type Directory } from './directory.ts';

/** People use 100; a greater page size is refused. The written maximum was not found. */
const MAX_PAGE_SIZE = 100;
/** The usual window of a search engine; likely, not documented. */
const MAX_HITS = 10_000;

const searchSchema = z.looseObject({
  pageSize: z.int().min(1).max(MAX_PAGE_SIZE).default(25),
  pageNumber: z.int().min(1).default(1),
  sortBy: z.string().optional(),
  sortOrder: z.enum(['ASC', 'DESC', 'SCORE']).default('ASC'),
  expand: z.array(z.string()).default([]),
  query: z.array(criterionSchema).max(100).default([]),
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
export const parseSearch = (body: unknown): SearchRequest => {
  const parsed = searchSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return refuseSearch(`Invalid search: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
};

/**
 * Users that an index finds at once, when a criterion that must hold asks for whole addresses or ids:
 * 100 addresses then cost 100 look-ups, not a walk over the org.
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
  return new Set(
    wantedValues(indexed).flatMap((value) => {
      const byId = org.indexOf(value);
      return [...org.indexesByEmail(value), ...(byId === undefined ? [] : [byId])];
    }),
  );
};

/** @throws {ApiFailure} 400 for a criterion that cannot be searched, or a page beyond the window. */
export const searchUsers = (
  directory: Directory,
  request: SearchRequest,
  options: { readonly searchFindsDeleted: boolean },
): SearchResult => {
  const { query, pageSize, pageNumber } = request;
  if (pageSize * pageNumber > MAX_HITS) refuseSearch(`Only the first ${MAX_HITS} results can be read.`);
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
