import { expect, it } from 'vitest';
import { choiceSentence, sourceName } from './sources.ts';

const exception = { role: 'exclude', source: { kind: 'group', id: 'g', name: 'Night shift' } } as const;
const search = { role: 'include', source: { kind: 'search', field: 'department', text: 'billing' } } as const;

it('says the whole choice in a sentence', () => {
  expect(choiceSentence([])).toBe('Nobody is chosen.');
  expect(choiceSentence([exception])).toContain('only exceptions');
  expect(choiceSentence([exception, search])).toBe(
    'Everyone whose department holds “billing” except Night shift',
  );
});

it('names a source by what was chosen', () => {
  expect(
    sourceName({ kind: 'token', rule: { kind: 'before', day: '2026-08-01', time: '14:30' }, inactive: true }),
  ).toBe('Everyone: last token before 2026-08-01 14:30');
});
