import { expect, it } from 'vitest';
import { choiceSentence, sourceName, type ChosenSource } from './sources.ts';

const group: ChosenSource = { kind: 'group', id: 'g', name: 'Night shift' };
const search: ChosenSource = { kind: 'search', field: 'department', text: 'billing' };

it('says the whole choice in a sentence', () => {
  expect(choiceSentence([], [], null)).toBe('Nobody is chosen.');
  expect(choiceSentence([], [group], null)).toContain('only exceptions');
  expect(choiceSentence([group, search], [group], 412)).toBe('412 users from 2 sources, except 1 group.');
  expect(choiceSentence([search], [], null)).toBe('Users from 1 search.');
});

it('names a source by what was chosen', () => {
  expect(sourceName(search)).toBe('Department holds “billing”');
  expect(sourceName({ kind: 'token', rule: { kind: 'before', day: '2026-08-01' }, inactive: true })).toBe(
    'Last token issued before 2026-08-01',
  );
});
