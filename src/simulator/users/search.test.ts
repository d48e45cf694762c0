import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiFailure } from '../http/answers.ts';
import { createOrg, type OrgUser } from '../org/org.ts';
import type { Criterion } from './criteria.ts';
import { createDirectory } from './directory.ts';
import { parseSearch, searchUsers } from './search.ts';

const org = createOrg({ seed: 7, users: 800 });
const directory = createDirectory(org);
const everyState: Criterion = { type: 'EXACT', fields: ['state'], values: ['active', 'inactive', 'deleted'] };

const find = (query: readonly Criterion[], options = { searchFindsDeleted: true }): readonly OrgUser[] =>
  [1, 2, 3, 4, 5, 6, 7, 8].flatMap((pageNumber) =>
    searchUsers(directory, parseSearch({ query, pageSize: 100, pageNumber }), options).indexes.map((index) =>
      org.user(index),
    ),
  );

const users = org.ids.map((_, index) => org.user(index));
const ids = (found: readonly OrgUser[]): readonly string[] => found.map(({ id }) => id).sort();

describe('user search', () => {
  it('finds only active users unless it asks for a state', () => {
    expect(ids(find([{ type: 'MATCH_ALL' }]))).toEqual(ids(users.filter(({ state }) => state === 'active')));
    expect(ids(find([everyState]))).toEqual(ids(users));
    expect(ids(find([everyState], { searchFindsDeleted: false }))).toEqual(
      ids(users.filter(({ state }) => state !== 'deleted')),
    );
  });

  it('finds every address that it is given, without case, and both users of a shared one', () => {
    const wanted = users.slice(10, 59).map(({ email }) => email.toUpperCase());
    const query: Criterion[] = [
      { type: 'EXACT', fields: ['email'], values: [...wanted, 'nobody@x.example'] },
      everyState,
    ];
    const expected = users.filter(({ email }) => wanted.includes(email.toUpperCase()));
    expect(expected.length).toBeGreaterThan(wanted.length - 1);
    expect(ids(find(query))).toEqual(ids(expected));
  });

  it('gives the same by its index as by walking over everybody', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(799), { maxLength: 20, minLength: 1 }), (chosen) => {
        const values = chosen.map((index) => org.emails[index] ?? '');
        const indexed: Criterion = { type: 'EXACT', fields: ['email'], values };
        // A field that no index covers makes the same question a walk.
        const walked: Criterion = { type: 'EXACT', fields: ['email', 'department'], values };
        expect(ids(find([indexed, everyState]))).toEqual(ids(find([walked, everyState])));
      }),
      { numRuns: 20 },
    );
  });

  it('CONTAINS finds what every value by itself contains', () => {
    fc.assert(
      fc.property(fc.constantFrom('a', 'an', 'ü', '王', 'na m', 'éñ', '\n', '.', 'fernhollow'), (value) => {
        const expected = users.filter(
          ({ name, email, state }) =>
            state === 'active' && (name.toLowerCase().includes(value) || email.includes(value)),
        );
        expect(ids(find([{ type: 'CONTAINS', fields: ['name', 'email'], value }]))).toEqual(ids(expected));
      }),
    );
  });

  it('joins criteria by their operators, from left to right', () => {
    const billing: Criterion = { type: 'EXACT', fields: ['department'], value: 'billing' };
    const sales: Criterion = { type: 'TERM', fields: ['department'], value: 'Sales', operator: 'OR' };
    const manager: Criterion = { type: 'CONTAINS', fields: ['title'], value: 'manager', operator: 'NOT' };
    const active = users.filter(({ state }) => state === 'active');
    expect(ids(find([billing, sales]))).toEqual(
      ids(active.filter(({ department }) => department === 'Billing' || department === 'Sales')),
    );
    expect(ids(find([billing, manager]))).toEqual(
      ids(active.filter(({ department, title }) => department === 'Billing' && !title.includes('Manager'))),
    );
    const either: Criterion = { type: 'EXACT', group: [billing, sales] };
    expect(ids(find([either, manager]))).toEqual(
      ids(
        active.filter(
          ({ department, title }) => /Billing|Sales/.test(department) && !title.includes('Manager'),
        ),
      ),
    );
  });

  it.each<[string, Criterion, (user: OrgUser) => boolean]>([
    [
      'STARTS_WITH',
      { type: 'STARTS_WITH', fields: ['title'], value: 'agen' },
      ({ title }) => / ?\bAgen/.test(title),
    ],
    [
      'QUERY_STRING',
      { type: 'QUERY_STRING', fields: ['title'], value: 'senior agent' },
      ({ title }) => title === 'Senior Agent',
    ],
    [
      'TERMS',
      { type: 'TERMS', fields: ['title'], values: ['agent', 'coach'] },
      ({ title }) => /\b(?:Agent|Coach)\b/.test(title),
    ],
    ['REQUIRED_FIELDS', { type: 'REQUIRED_FIELDS', fields: ['email', 'title'] }, () => true],
  ])('%s', (_, criterion, expected) => {
    const wanted = ids(users.filter((user) => user.state === 'active' && expected(user)));
    expect(wanted.length).toBeGreaterThan(0);
    expect(ids(find([criterion]))).toEqual(wanted);
  });

  it('sorts by name, ascending unless told', () => {
    const names = find([]).map(({ name }) => name.toLowerCase());
    const down = searchUsers(directory, parseSearch({ pageSize: 5, sortOrder: 'DESC', sortBy: 'email' }), {
      searchFindsDeleted: true,
    });
    const emails = down.indexes.map((index) => org.emails[index] ?? '');
    expect(names).toHaveLength(users.filter(({ state }) => state === 'active').length);
    expect(emails).toEqual([...emails].sort().reverse());
  });

  it.each([
    ['an unknown type', { query: [{ type: 'REGEX', fields: ['name'], value: '.*' }] }],
    ['an unknown field', { query: [{ type: 'EXACT', fields: ['shoe size'], value: '43' }] }],
    ['no value', { query: [{ type: 'EXACT', fields: ['name'] }] }],
    ['no fields', { query: [{ type: 'EXACT', value: 'x' }] }],
    ['a page that is too large', { pageSize: 101 }],
    ['a page beyond the window', { pageSize: 100, pageNumber: 101 }],
  ])('refuses %s', (_, body) => {
    expect(() => searchUsers(directory, parseSearch(body), { searchFindsDeleted: true })).toThrow(ApiFailure);
  });
});
