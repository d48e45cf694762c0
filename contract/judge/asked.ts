import { USER_EXPANDS } from '../description/expands.ts';
import type { Operation } from '../description/form.ts';
import { IDS_PER_LISTING } from '../description/operations.ts';
import { SEARCH_FIELDS, SEARCH_LIMITS } from '../description/search.ts';
import type { Exchange } from '../../src/simulator/exchanges.ts';
import type { Flaw } from './finding.ts';
import { flawsOfModel, flawsOfText } from './values.ts';

const flawsOfQuery = (operation: Operation, query: URLSearchParams): readonly Flaw[] => {
  const flaws: Flaw[] = [];
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    const type = Object.hasOwn(operation.query, name) ? operation.query[name] : undefined;
    if (!type) {
      flaws.push({ at: `parameter ${name}`, what: 'is not one that it takes', met: values });
      continue;
    }
    if (type.kind !== 'list' && values.length > 1)
      flaws.push({ at: `parameter ${name}`, what: 'is given more than once', met: values });
    // Lists are described as repeated (`multi`); the vendor's own SDK joins them by commas.
    const items = type.kind === 'list' ? values.flatMap((value) => value.split(',')) : values;
    flaws.push(...items.flatMap((value) => flawsOfText(type, value, `parameter ${name}`)));
    if (name === 'id' && items.length > IDS_PER_LISTING)
      flaws.push({ at: 'parameter id', what: 'has too many values', met: items.length });
  }
  for (const name of operation.requiredQuery)
    if ((query.get(name) ?? '') === '')
      flaws.push({ at: `parameter ${name}`, what: 'is missing', met: query.toString() });
  for (const name of ['pageSize', 'pageNumber'])
    if (query.has(name) && Number(query.get(name)) < 1)
      flaws.push({ at: `parameter ${name}`, what: 'is less than 1', met: query.get(name) });
  return flaws;
};

interface Criterion {
  readonly type?: unknown;
  readonly fields?: unknown;
  readonly value?: unknown;
  readonly values?: unknown;
  readonly group?: unknown;
}

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

const criteriaOf = (value: unknown): readonly Criterion[] =>
  Array.isArray(value)
    ? value.filter((item: unknown): item is Criterion => typeof item === 'object' && item !== null)
    : [];

const flawsOfCriterion = (model: string, criterion: Criterion, at: string): readonly Flaw[] => {
  const values = textsOf(criterion.values);
  const all = typeof criterion.value === 'string' ? [criterion.value, ...values] : values;
  const known = SEARCH_FIELDS[model] ?? [];
  return [
    ...(values.length > SEARCH_LIMITS.valuesPerCriterion
      ? [{ at: `${at}.values`, what: 'has too many values', met: values.length }]
      : []),
    ...all
      .filter((value) => value.length > SEARCH_LIMITS.charactersPerValue)
      .map((met) => ({ at: `${at}.value`, what: 'is too long', met })),
    ...textsOf(criterion.fields)
      .filter((field) => !known.includes(field))
      .map((met) => ({ at: `${at}.fields`, what: 'names a field that cannot be searched', met })),
    ...criteriaOf(criterion.group).flatMap((inner) => flawsOfCriterion(model, inner, `${at}.group[]`)),
  ];
};

interface SearchBody {
  readonly pageSize?: unknown;
  readonly pageNumber?: unknown;
  readonly query?: unknown;
  readonly expand?: unknown;
}

const number = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback);

/** What the vendor's limits of searching say beyond the model. */
const flawsOfSearch = (model: string, body: SearchBody): readonly Flaw[] => {
  const pageSize = number(body.pageSize, 25);
  const last = pageSize * number(body.pageNumber, 1);
  const criterion = model === 'UserSearchRequest' ? 'UserSearchCriteria' : 'GroupSearchCriteria';
  return [
    ...(pageSize < 1 || pageSize > SEARCH_LIMITS.pageSize
      ? [{ at: 'pageSize', what: 'is not from 1 to 100', met: pageSize }]
      : []),
    ...(last > SEARCH_LIMITS.results
      ? [{ at: 'pageNumber', what: 'goes beyond the first 10,000 results', met: last }]
      : []),
    ...criteriaOf(body.query).flatMap((item) => flawsOfCriterion(criterion, item, 'query[]')),
    // The model calls it a list of texts; what can be expanded is said where users are listed.
    ...textsOf(body.expand)
      .filter((name) => !USER_EXPANDS.includes(name))
      .map((met) => ({ at: 'expand', what: 'is none of the values that there are', met })),
  ];
};

const flawsOfBody = (operation: Operation, { requestBody, requestType }: Exchange): readonly Flaw[] => {
  if (requestBody === null) return [];
  const { body: wanted } = operation;
  if (requestBody === '')
    return wanted?.required ? [{ at: 'the body', what: 'is missing', met: undefined }] : [];
  if (!wanted) return [{ at: 'the body', what: 'is not one that it takes', met: requestBody }];
  if (!/^application\/json\b/i.test(requestType ?? ''))
    return [{ at: 'content-type', what: 'is not application/json', met: requestType }];
  let body: unknown;
  try {
    body = JSON.parse(requestBody);
  } catch {
    return [{ at: 'the body', what: 'is not JSON', met: requestBody }];
  }
  const flaws = flawsOfModel(wanted.model, body);
  return wanted.model.endsWith('SearchRequest') && typeof body === 'object' && body !== null
    ? [...flaws, ...flawsOfSearch(wanted.model, body)]
    : flaws;
};

/** @returns how a request differs from what the operation takes. */
export const flawsOfRequest = (
  operation: Operation,
  query: URLSearchParams,
  exchange: Exchange,
): readonly Flaw[] => [...flawsOfQuery(operation, query), ...flawsOfBody(operation, exchange)];
