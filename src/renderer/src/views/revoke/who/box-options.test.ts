import { describe, expect, it } from 'vitest';
import type { FoundPerson } from '../../../../../shared/directory.ts';
import type { PeopleAnswer } from '../../../stores/directory-search.ts';
import { boxGroups, type FoundEntries } from './box-options.ts';

const NONE: FoundEntries = { group: [], role: [], division: [] };
const person = (n: number, over: Partial<FoundPerson> = {}): FoundPerson => ({
  id: `00000000-0000-4000-8000-00000000000${n}`,
  name: 'Ana Lopez',
  email: `ana${n}@example.com`,
  department: 'Legal',
  division: 'Home',
  title: null,
  state: 'active',
  lastTokenIssued: null,
  ...over,
});
const found = (...people: readonly FoundPerson[]): PeopleAnswer => ({
  kind: 'found',
  people,
  total: people.length,
});
const names = (text: string, answer: PeopleAnswer, entries = NONE): readonly string[] =>
  boxGroups(text, answer, entries).flatMap(({ key, options }) =>
    options.map(({ name }) => `${key}: ${name}`),
  );

describe('what a text can mean', () => {
  it('is people first, then groups, roles, divisions, and all that were found', () => {
    const entries: FoundEntries = {
      group: [{ id: 'g', name: 'Analysts', users: 3 }],
      role: [],
      division: [{ id: 'd', name: 'Panama', users: null }],
    };
    expect(names('ana', found(person(1), person(2)), entries)).toEqual([
      'people: Ana Lopez',
      'people: Ana Lopez',
      'group: Analysts',
      'division: Panama',
      'all: All 2 people found by “ana”',
    ]);
  });

  it('tells namesakes apart, and puts whoever is meant exactly first', () => {
    const [group] = boxGroups(
      'ana2@example.com',
      found(person(1), person(2, { department: 'Sales', state: 'inactive' })),
      NONE,
    );
    expect(group?.options[0]?.facts).toEqual([
      'ana2@example.com',
      'Sales · Home',
      'Inactive, no token known',
    ]);
  });

  it('is a list when several users stand in it, and an unknown address can be one', () => {
    expect(names('ana@example.com; ben@example.com', { kind: 'none' })).toEqual([
      'list: Use these 2 entries as a list',
    ]);
    expect(names('who@example.com', found())).toEqual(['list: Use “who@example.com” as a list']);
    expect(names('who@example.com', { kind: 'asking' })).toEqual([]);
    expect(names('nobody', found())).toEqual([]);
  });
});
