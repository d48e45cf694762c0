import { describe, expect, it } from 'vitest';
import type { ListColumn, ListPreview } from '../../../shared/list.ts';
import { columnAdvice, columnHolds, columnQuestion, hiddenText, leftOutText, unusedUsers } from './lists.ts';

const column = (index: number, name: string, over: Partial<ListColumn> = {}): ListColumn => ({
  ...{
    index,
    name,
    samples: [],
    ids: 0,
    emails: 0,
    different: 0,
    unreadable: 0,
    empty: 0,
    meaning: 'unknown',
  },
  ...over,
});
const list = (over: Partial<ListPreview>): ListPreview => ({
  ...{
    listId: 'l',
    name: 'x',
    format: 'table',
    encoding: 'utf-8',
    delimiter: ',',
    hasHeader: true,
    columns: [],
  },
  ...{
    identifierColumn: null,
    tie: [],
    rows: 1,
    leftOut: [],
    leftOutCount: 0,
    leftOutUsers: { ids: 0, emails: 0 },
  },
  ...{ sheets: [], sheet: null },
  ...over,
});
const columns = [
  column(0, 'Email', { emails: 12, different: 11, unreadable: 1, empty: 2 }),
  column(1, 'Manager Email', { emails: 12, different: 2 }),
  column(2, 'Name', { unreadable: 12 }),
];

describe('a list in words', () => {
  it('says what a column holds', () => {
    expect(columns.map(columnHolds)).toEqual([
      '12 email addresses of 11 different users, 1 other value, 2 empty',
      '12 email addresses of 2 different users',
      'Neither ids nor addresses',
    ]);
  });

  it('says what looks like a user and is not used', () => {
    expect(unusedUsers(list({ columns, leftOutUsers: { ids: 0, emails: 1 } }), 0)).toEqual([
      'Manager Email: 12 email addresses',
      'In lines that name no user: 1 email address',
    ]);
    expect(unusedUsers(list({ columns: columns.slice(0, 1) }), 0)).toEqual([]);
  });

  it('asks where nothing can be chosen silently', () => {
    expect(columnQuestion(list({ columns, tie: [0, 1] }))).toContain(
      '“Email” and “Manager Email” could both be it',
    );
    expect(columnQuestion(list({ columns: columns.slice(1) }))).toContain('other people');
    const nobody = columns.slice(2);
    expect(columnQuestion(list({ columns: [...nobody, ...nobody] }))).toBe(
      'No column holds user ids or email addresses',
    );
    expect(columnAdvice(list({ columns: [...nobody, ...nobody] }))).toContain('Choose the column');
    // Of one column there is nothing to choose.
    expect(columnQuestion(list({ columns: nobody }))).toBe('No line holds a user id or an email address');
    expect(columnAdvice(list({ columns: nobody }))).not.toContain('column');
  });

  it('tells what became no row, and what a workbook hides', () => {
    const heading = { line: 1_203, kind: 'heading', text: 'Name · Email' } as const;
    expect(leftOutText(heading, true)).toBe('Row 1,203, heading: Name · Email');
    const sheets = [{ name: 'A', hidden: true, hiddenRows: 2, hiddenColumns: 1 }];
    expect(hiddenText(list({ sheets, sheet: 0 }))).toBe(
      'The sheet itself is hidden, 2 rows hidden, 1 column hidden in the workbook: read like the others.',
    );
    expect(hiddenText(list({}))).toBeNull();
  });
});
