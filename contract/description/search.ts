/** Limits of every search. https://developer.genesys.cloud/organization/search/search-limits */
export const SEARCH_LIMITS = {
  valuesPerCriterion: 50,
  charactersPerValue: 300,
  pageSize: 100,
  /** `pageSize * pageNumber` goes no further. */
  results: 10000,
} as const;

/**
 * Calls in 60 seconds by the type of a criterion; one more is a 429 with Retry-After.
 * https://developer.genesys.cloud/organization/search/search-limits
 */
export const SEARCH_RATES: Readonly<Record<string, number>> = {
  CONTAINS: 100,
  DATE_RANGE: 240,
  EXACT: 4000,
  QUERY_STRING: 300,
  RANGE: 240,
  REGEX: 120,
  REQUIRED_FIELDS: 300,
  SIMPLE: 240,
  STARTS_WITH: 240,
  TERM: 300,
  TERMS: 300,
  GREATER_THAN: 240,
  GREATER_THAN_EQUAL_TO: 240,
  LESS_THAN: 240,
  LESS_THAN_EQUAL_TO: 240,
};

/** Fields that a criterion can name, by the model of the criterion (OpenAPI description, summer 2026). */
export const SEARCH_FIELDS: Readonly<Record<string, readonly string[]>> = {
  UserSearchCriteria: [
    'addresses.email',
    'addresses.voice',
    'addresses.address',
    'addresses.voicemailEnabled',
    'chat.jabberId',
    'department',
    'email',
    'username',
    'siteId',
    'manager.id',
    'hr.employeeId',
    'integration',
    'groups.social.id',
    'groups.official.id',
    'groups.distribution.id',
    'state',
    'id',
    'languages.guid',
    'languages.name',
    'languages.namespace',
    'languages.proficiency',
    'name',
    'primaryContactInfo.voice',
    'primaryContactInfo.sms',
    'primaryContactInfo.email',
    'profileSkills',
    'queueMembership.added',
    'queueMembership.joined',
    'routingSkills.guid',
    'routingSkills.name',
    'routingSkills.namespace',
    'routingSkills.proficiency',
    'title',
    'divisionId',
    'teamId',
  ],
  GroupSearchCriteria: ['description', 'id', 'name', 'state'],
};
