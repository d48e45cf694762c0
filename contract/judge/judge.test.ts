import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/simulator/exchanges.ts';
import { anyAnswer, anySuccess, type AnyAnswer } from '../description/arbitraries.ts';
import { OPERATIONS } from '../description/operations.ts';
import { judge } from './judge.ts';

const JSON_TYPE = 'application/json';
const NAMES = Object.keys(OPERATIONS);

const exchange = (name: string, changes: Partial<Exchange> = {}): Exchange => {
  const [method = '', path = ''] = name.split(' ');
  const operation = OPERATIONS[name];
  const success = operation?.success === 'any' ? 200 : (operation?.success ?? 200);
  const query = operation?.requiredQuery.map((parameter) => `${parameter}=x`).join('&') ?? '';
  return {
    method,
    url: `${path.replaceAll(/\{\w+\}/g, 'b0a3')}${query === '' ? '' : `?${query}`}`,
    requestType: operation?.body ? JSON_TYPE : undefined,
    requestBody: operation?.body ? '{}' : '',
    status: success,
    headers: {},
    answerType: JSON_TYPE,
    answerBody: '',
    exempt: [],
    ...changes,
  };
};

const answering = (name: string, { status, headers, body }: AnyAnswer): Exchange =>
  exchange(name, { status, headers, answerBody: body === undefined ? '' : JSON.stringify(body) });

const kinds = (found: Exchange): readonly string[] => judge(found).map(({ kind }) => kind);

/** The kinds of a request alone. */
const asked = (name: string, changes: Partial<Exchange>): readonly string[] =>
  kinds(exchange(name, { ...changes, exempt: [{ kind: 'fault', fault: 'malformed' }] }));

const search = (body: unknown): readonly string[] =>
  asked('POST /api/v2/users/search', { requestBody: JSON.stringify(body) });

describe('the judge', () => {
  it.each(NAMES)('passes whatever %s is documented to answer', (name) => {
    fc.assert(
      fc.property(anyAnswer(name), (answer) => {
        expect(judge(answering(name, answer))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it.each(NAMES.filter((name) => OPERATIONS[name]?.answer !== null))(
    'finds one field too many, or of another type, in what %s answers',
    (name) => {
      fc.assert(
        fc.property(anySuccess(name), fc.boolean(), ({ body, ...rest }, tooMany) => {
          const object = body as Record<string, unknown>;
          const [field = 'id'] = Object.keys(object);
          const spoiled = tooMany ? { ...object, shoeSize: 43 } : { ...object, [field]: null };
          expect(judge(answering(name, { ...rest, body: spoiled })).length).toBeGreaterThan(0);
        }),
        { numRuns: 20 },
      );
    },
  );

  it.each<[string, Partial<Exchange>, string]>([
    ['GET /api/v2/users', { url: '/api/v2/users?expand=conversationsummary' }, 'parameter expand is none of'],
    ['GET /api/v2/users', { url: '/api/v2/users?state=asleep' }, 'parameter state is none of'],
    ['GET /api/v2/users', { url: '/api/v2/users?pageSize=ten' }, 'parameter pageSize is not such'],
    ['GET /api/v2/users', { url: '/api/v2/users?pageSize=0' }, 'parameter pageSize is less than 1'],
    ['GET /api/v2/users', { url: '/api/v2/users?limit=5' }, 'parameter limit is not one that it takes'],
    ['GET /api/v2/users', { url: '/api/v2/users?state=any&state=any' }, 'parameter state is given more than'],
    [
      'GET /api/v2/users',
      { url: `/api/v2/users?id=${Array.from({ length: 101 }, String).join('&id=')}` },
      'parameter id has too many values',
    ],
    [
      'GET /api/v2/tokens/me',
      { url: '/api/v2/tokens/me?preserveIdleTTL=yes' },
      'parameter preserveIdleTTL is not true',
    ],
    [
      'GET /api/v2/authorization/divisionspermitted/paged/me',
      { url: '/api/v2/authorization/divisionspermitted/paged/me' },
      'parameter permission is missing',
    ],
    ['DELETE /api/v2/tokens/me', { requestBody: '{}' }, 'the body is not one that it takes'],
    ['POST /api/v2/groups/search', { requestBody: '' }, 'the body is missing'],
    ['POST /api/v2/groups/search', { requestBody: '{' }, 'the body is not JSON'],
    ['POST /api/v2/groups/search', { requestType: 'text/plain' }, 'content-type is not application/json'],
    [
      'POST /api/v2/groups/search',
      { requestBody: '{"expand":[]}' },
      'expand is no field of GroupSearchRequest',
    ],
    [
      'PUT /api/v2/tokens/timeout',
      { requestBody: '{"inactivityTimeoutUnit":"MINUTES"}' },
      'inactivityTimeoutUnit is none of',
    ],
    [
      'PUT /api/v2/tokens/timeout',
      { requestBody: '{"inactivityTimeoutGroupBundles":[{"priority":1,"timeoutSeconds":900}]}' },
      'inactivityTimeoutGroupBundles[].groups is missing',
    ],
  ])('%s asked with %j: %s', (name, changes, expected) => {
    expect(asked(name, changes)).toEqual([expect.stringContaining(`asked wrong: ${name}: ${expected}`)]);
  });

  it.each<[unknown, string]>([
    [{ pageSize: 101 }, 'pageSize is not from 1 to 100'],
    [{ pageSize: 100, pageNumber: 101 }, 'pageNumber goes beyond the first 10,000 results'],
    [{ query: [{ fields: ['name'], value: 'x' }] }, 'query[].type is missing'],
    [{ query: [{ type: 'FUZZY', fields: ['name'], value: 'x' }] }, 'query[].type is none of'],
    [{ query: [{ type: 'EXACT', fields: ['division.id'], value: 'x' }] }, 'query[].fields names a field'],
    [{ query: [{ type: 'EXACT', fields: ['name'], value: 'x'.repeat(301) }] }, 'query[].value is too long'],
    [
      { query: [{ type: 'EXACT', fields: ['email'], values: Array.from({ length: 51 }, String) }] },
      'query[].values has too many values',
    ],
    [
      { query: [{ type: 'EXACT', group: [{ type: 'EXACT', fields: ['shoe'], value: 'x' }] }] },
      'query[].group[].fields names a field',
    ],
    [{ expand: ['lastTokenIssued'] }, 'expand is none of'],
  ])('a search of users with %j: %s', (body, expected) => {
    expect(search(body)).toEqual([
      expect.stringContaining(`asked wrong: POST /api/v2/users/search: ${expected}`),
    ]);
  });

  it('knows no other operations', () => {
    expect(kinds(exchange('POST /api/v2/tokens/me'))).toEqual(['asked wrong: there is no such operation']);
  });

  it.each<[string, AnyAnswer, string]>([
    ['DELETE /api/v2/tokens/{userId}', { status: 200, headers: {}, body: undefined }, 'status is not 204'],
    ['DELETE /api/v2/tokens/me', { status: 204, headers: {}, body: undefined }, 'status is not 200'],
    ['GET /api/v2/users/me', { status: 502, headers: {}, body: {} }, 'status is not documented'],
    [
      'GET /api/v2/users/me',
      { status: 400, headers: {}, body: { status: 400, code: 'max.user.ids' } },
      'code is not documented for status 400',
    ],
    [
      'GET /api/v2/users/me',
      { status: 429, headers: {}, body: { status: 429, code: 'too.many.requests' } },
      'retry-after is missing',
    ],
    ['GET /api/v2/users/me', { status: 200, headers: {}, body: { id: 'x' } }, 'version is missing'],
    ['GET /api/v2/organizations/me', { status: 200, headers: {}, body: 'gone' }, 'is no Organization'],
  ])('%s answered with %j: %s', (name, answer, expected) => {
    expect(kinds(answering(name, answer))).toEqual([
      expect.stringMatching(new RegExp(`^answered wrong: ${name.replaceAll(/[{}/]/g, '.')}:? .*${expected}`)),
    ]);
  });

  it('exempts what was done on purpose by its name, and nothing beside it', () => {
    const wrong = {
      url: '/api/v2/users?state=asleep',
      status: 200,
      answerBody: '{"later":1}',
    };
    const name = 'GET /api/v2/users';
    const all = kinds(exchange(name, wrong));
    expect(all).toHaveLength(2);
    expect(kinds(exchange(name, { ...wrong, exempt: [{ kind: 'fault', fault: 'malformed' }] }))).toEqual(
      all.filter((kind) => kind.startsWith('asked')),
    );
    expect(kinds(exchange(name, { ...wrong, exempt: [{ kind: 'future-field', field: 'later' }] }))).toEqual(
      all.filter((kind) => kind.startsWith('asked')),
    );
    for (const fault of ['delay', 'expire-token'] as const)
      expect(kinds(exchange(name, { ...wrong, exempt: [{ kind: 'fault', fault }] }))).toEqual(all);
  });
});
