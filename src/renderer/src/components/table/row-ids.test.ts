import { expect, it } from 'vitest';
import { idsOf } from './row-ids.ts';

interface Row {
  readonly userId: string | null;
}
const column = { key: 'userId', title: 'User id', width: 1, value: (row: Row) => row.userId };
const rows = (...ids: (string | null)[]): readonly Row[] => ids.map((userId) => ({ userId }));

it.each([
  [rows('a'), { text: 'a', label: 'user id' }],
  [rows('a', null, 'b'), { text: 'a\nb', label: '2 user ids' }],
  [rows(null), { text: '', label: '' }],
  [rows(), { text: '', label: '' }],
])('copies the ids that there are, %#', (given, expected) => {
  expect(idsOf(column, given)).toEqual(expected);
});

it('a table whose rows have no id offers none', () => {
  expect(idsOf(undefined, rows('a'))).toEqual({ text: '', label: '' });
});
