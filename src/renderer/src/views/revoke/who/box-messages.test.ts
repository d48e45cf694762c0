import { expect, it } from 'vitest';
import type { DirectoryNames, FoundPerson } from '../../../../../shared/directory.ts';
import { boxProblems, morePeople } from './box-messages.ts';
import { SHOWN_PEOPLE } from './box-options.ts';

const error = { code: 'offline', message: 'no network' } as const;
const read = { entries: [], complete: true, problem: null };
const person: FoundPerson = {
  id: 'u',
  name: 'Ana',
  email: null,
  title: null,
  department: null,
  division: null,
  state: 'active',
  lastTokenIssued: null,
};
const found = (people: number, total: number | null) =>
  morePeople({ kind: 'found', people: Array.from({ length: people }, () => person), total });

it('says why something may be missing, and nothing where nothing is', () => {
  const names: DirectoryNames = { group: read, role: { ...read, problem: error }, division: read };
  expect(boxProblems(true, { kind: 'none' }, null)).toEqual([]);
  expect(boxProblems(true, { kind: 'failed', error: { ...error, code: 'cancelled' } }, null)).toEqual([]);
  expect(boxProblems(false, { kind: 'failed', error }, names)).toEqual([
    'Without the permission “Directory > User > View” people cannot be searched; groups, roles and lists work.',
    'People could not be searched: Genesys Cloud cannot be reached. no network',
    'The roles could not be read: Genesys Cloud cannot be reached.',
  ]);
});

it('says how many people are not shown, and that there may be some where nobody counted', () => {
  expect([morePeople({ kind: 'asking' }), found(3, 3), found(SHOWN_PEOPLE, null)]).toEqual(['', '', '']);
  expect(found(9, 9)).toBe('1 more person. Type more of the name.');
  expect(found(9, null)).toBe('There may be more people. Type more of the name.');
});
