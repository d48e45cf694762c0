import { badRequest } from './http/answers.ts';
import { createRateWindow, type RateWindow } from './rate.ts';
import type { Settings } from './options.ts';
import type { Criterion } from './users/criteria.ts';

// https://developer.genesys.cloud/organization/search/search-limits
const MAX_VALUES = 50;
const MAX_CHARACTERS = 300;
const MAX_PAGE_SIZE = 100;
const MAX_RESULTS = 10_000;
const WINDOW_MS = 60_000;
const RATES: Readonly<Partial<Record<Criterion['type'], number>>> = {
  CONTAINS: 100,
  EXACT: 4000,
  QUERY_STRING: 300,
  REQUIRED_FIELDS: 300,
  STARTS_WITH: 240,
  TERM: 300,
  TERMS: 300,
};

const everyCriterion = (query: readonly Criterion[]): readonly Criterion[] =>
  query.flatMap((criterion) => [criterion, ...everyCriterion(criterion.group ?? [])]);

/** @throws {ApiFailure} 400 with the code that names the limit. */
export const checkSearch = (
  { query, pageSize, pageNumber }: { query: readonly Criterion[]; pageSize: number; pageNumber: number },
  { maxSearchCriteria }: Pick<Settings, 'maxSearchCriteria'>,
): void => {
  if (pageSize > MAX_PAGE_SIZE || pageSize * pageNumber > MAX_RESULTS)
    throw badRequest(
      `A page holds at most ${MAX_PAGE_SIZE} results, and only the first ${MAX_RESULTS} can be read.`,
      'too.many.requested.results',
    );
  const all = everyCriterion(query);
  if (all.length > maxSearchCriteria)
    throw badRequest(`At most ${maxSearchCriteria} criteria can be given.`, 'too.many.search.criteria');
  for (const { value, values = [] } of all) {
    if (values.length > MAX_VALUES)
      throw badRequest(
        `A criterion takes at most ${MAX_VALUES} values.`,
        'search.criteria.values.exceed.limit',
      );
    if ([value ?? '', ...values].some((text) => text.length > MAX_CHARACTERS))
      throw badRequest(`A value has at most ${MAX_CHARACTERS} characters.`, 'invalid.value');
  }
};

/** Counts searches by the types of their criteria, for all tokens of the organization: the vendor does not say whose. */
export interface SearchRates {
  /** @returns seconds to wait, or null when the search may run. A refused search does not count. */
  take(query: readonly Criterion[], now: number): number | null;
}

export const createSearchRates = (): SearchRates => {
  const windows = new Map<Criterion['type'], RateWindow>();
  const windowOf = (type: Criterion['type'], limit: number): RateWindow => {
    const window = windows.get(type) ?? createRateWindow(limit, WINDOW_MS);
    windows.set(type, window);
    return window;
  };
  return {
    take: (query, now) => {
      const types = new Set(everyCriterion(query).map(({ type }) => type));
      for (const type of types) {
        const limit = RATES[type];
        const decision = limit === undefined ? undefined : windowOf(type, limit).take(now);
        if (decision && !decision.ok) return decision.retryAfter;
      }
      return null;
    },
  };
};
