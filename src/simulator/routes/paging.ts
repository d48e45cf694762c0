import { badRequest } from '../http/answers.ts';
import type { ApiCall } from '../http/call.ts';

export interface Page {
  readonly pageSize: number;
  readonly pageNumber: number;
}

const wholeNumber = (call: ApiCall, name: string, fallback: number): number => {
  const text = call.query.get(name);
  if (text === null) return fallback;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1)
    throw badRequest(`${name} must be a whole number from 1 on.`, 'invalid.query.param.value');
  return Number(text);
};

/**
 * Reads `pageSize` and `pageNumber`.
 * @param largest Genesys' official tools use 500 for users and groups; the written maximum was not found.
 * @throws {ApiFailure} 400
 */
export const readPage = (call: ApiCall, largest: number): Page => {
  const page = {
    pageSize: wholeNumber(call, 'pageSize', 25),
    pageNumber: wholeNumber(call, 'pageNumber', 1),
  };
  if (page.pageSize > largest)
    throw badRequest(`pageSize must be at most ${largest}.`, 'invalid.query.param.value');
  return page;
};

/** The description names two values, and a third as the default. */
const SORT_ORDERS = ['ascending', 'descending', 'ASC'];

/** @throws {ApiFailure} 400 for a value that there is not. */
export const readSortOrder = (call: ApiCall): 'up' | 'down' => {
  const text = call.query.get('sortOrder') ?? 'ASC';
  if (!SORT_ORDERS.includes(text))
    throw badRequest('sortOrder must be ascending or descending.', 'invalid.query.param.value');
  return text === 'descending' ? 'down' : 'up';
};

/** True unless it is said otherwise. @throws {ApiFailure} 400 for anything but true and false. */
export const readFlag = (call: ApiCall, name: string): boolean => {
  const text = call.query.get(name) ?? 'true';
  if (text !== 'true' && text !== 'false')
    throw badRequest(`${name} must be true or false.`, 'invalid.query.param.value');
  return text === 'true';
};

/** Values of a parameter that is repeated; the official SDK joins them by commas, and is understood as well. */
export const readList = (call: ApiCall, name: string): readonly string[] =>
  call.query.getAll(name).flatMap((value) => value.split(',').filter(Boolean));

/** @returns the items of a page. */
export const slice = <T>(items: readonly T[], { pageSize, pageNumber }: Page): readonly T[] =>
  items.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);

/** The API's paged envelope (UserEntityListing and its like). */
export const listing = (
  call: ApiCall,
  { pageSize, pageNumber }: Page,
  total: number,
  entities: readonly unknown[],
): Record<string, unknown> => {
  const pageCount = Math.ceil(total / pageSize);
  const at = (page: number): string => {
    const query = new URLSearchParams(call.query);
    query.set('pageSize', String(pageSize));
    query.set('pageNumber', String(page));
    return `${call.path}?${query.toString()}`;
  };
  return {
    entities,
    pageSize,
    pageNumber,
    total,
    firstUri: at(1),
    selfUri: at(pageNumber),
    ...(pageNumber < pageCount ? { nextUri: at(pageNumber + 1) } : {}),
    ...(pageNumber > 1 ? { previousUri: at(pageNumber - 1) } : {}),
    lastUri: at(Math.max(1, pageCount)),
    pageCount,
  };
};
