// What the API takes in one call, each limit in this one place.

/**
 * Values in one criterion of a search (users, groups). One more, and the answer is 400
 * `search.criteria.values.exceed.limit`: https://developer.genesys.cloud/organization/search/search-limits
 */
export const SEARCH_VALUES = 50;

/** Ids in one listing of users: one more, and the answer is 400 `max.user.ids` (the vendor's OpenAPI description). */
export const LISTED_IDS = 100;

/** Searches in 60 seconds, by the type of their criterion that is rated lowest: the same page of the vendor. */
export const SEARCHES_PER_MINUTE = { CONTAINS: 100, TERM: 300, EXACT: 4_000 } as const;

export type SearchType = keyof typeof SEARCHES_PER_MINUTE;
