import { expect, it } from 'vitest';
import { choiceSentence, sourceName } from './sources.ts';
import { type ChosenSource } from '../domain/chosen-source.ts';

const group: ChosenSource = { kind: 'group', id: 'g', name: 'Night shift' };
const search: ChosenSource = { kind: 'search', field: 'department', text: 'billing' };

it('says the whole choice in a sentence', () => {
  expect(choiceSentence([], [])).toBe('Nobody is chosen.');
  expect(choiceSentence([], [group])).toContain('only exceptions');
  expect(choiceSentence([search], [group])).toBe(
    'Everyone whose department holds “billing” except Night shift',
  );
});

it('names a source by what was chosen', () => {
  expect(
    sourceName({ kind: 'token', rule: { kind: 'before', day: '2026-08-01', time: '14:30' }, inactive: true }),
  ).toBe('Everyone: last token before 2026-08-01 14:30');
});
