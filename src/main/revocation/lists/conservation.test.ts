import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppFailure } from '../../failure.ts';
import { readTable } from './layout.ts';
import { keysOf, readInline } from './testing.ts';

const address = (n: number): string => `user${n}@example.org`;
const guid = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const USERS = /user\d+@example\.org|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const usersIn = (text: string): ReadonlySet<string> => new Set(text.match(USERS) ?? []);

/** What a list says after it was read: its cells, and the lines that became none. Null when it says nothing. */
async function told(text: string): Promise<null | {
  readonly text: string;
  readonly counted: number;
  readonly byLine: boolean;
  readonly lines: Set<number>;
}> {
  const list = await readInline({ kind: 'text', text }, new AbortController().signal, () => undefined).catch(
    (error: unknown) => {
      if (error instanceof AppFailure && error.error.code === 'nothing-selected') return null;
      throw error;
    },
  );
  // A list of headings alone is empty.
  if (list === null) return null;
  const { preview } = list;
  const table = readTable(text);
  const counted =
    preview.columns.reduce((sum, { ids, emails }) => sum + ids + emails, 0) +
    preview.leftOutUsers.ids +
    preview.leftOutUsers.emails;
  return {
    text: [...table.rows.flatMap(({ cells }) => cells), ...table.leftOut.map((line) => line.text)].join('\n'),
    counted,
    byLine: !['json', 'records'].includes(preview.format),
    lines: new Set([...table.rows, ...table.leftOut].map(({ line }) => line)),
  };
}

/** Numbers of the lines that say something. */
const linesOf = (text: string): readonly number[] =>
  text.split('\n').flatMap((line, n) => (/[\p{L}\p{N}]/u.test(line) ? [n + 1] : []));

const user = fc.oneof(
  fc.integer({ min: 0, max: 99 }).map(address),
  fc.integer({ min: 0, max: 99 }).map(guid),
);
/** What stands around users in lists: words that decide how a list is read, and marks that part or wrap. */
const WORDS = [
  ...[
    'Ann Doe',
    'jdoe',
    'Name',
    'Email',
    'Manager',
    'User ID',
    'Group',
    'Total: 3',
    'Thanks',
    'Hi team',
    'n/a',
    '12',
  ],
  ...[
    'From',
    'To',
    'Subject',
    'Please revoke',
    'wrote',
    'manager',
    'left on Monday',
    'sep=',
    '#',
    'BEGIN:VCARD',
  ],
];
const MARKS = [
  ...[
    ',',
    ';',
    '\t',
    '|',
    ' ',
    '  ',
    '\n',
    '\n',
    '\n\n',
    ' and ',
    '"',
    "'",
    '(',
    ')',
    '<',
    '>',
    '[',
    ']',
    '{',
    '}',
  ],
  ...[
    ': ',
    ':',
    '- ',
    '\n- ',
    '\n> ',
    '=',
    '="',
    '``',
    '<td>',
    '</td>',
    '<br>',
    '&lt;',
    '\\n',
    '/users/',
    'mailto:',
  ],
];

/** Users that stand by themselves: no letter, and nothing that an address could go on with, touches them. */
const FREE =
  /(?<![\p{L}\p{N}@._%+'#&!$~^\\`-])(?:user\d+@example\.org|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![\p{L}\p{N}@\\-]|\.\p{L})/gu;
const freeIn = (text: string): ReadonlySet<string> => new Set(text.match(FREE) ?? []);

const anyText = fc
  .array(
    fc.oneof(user, user, fc.constantFrom(...WORDS), fc.constantFrom(...MARKS), fc.constantFrom(...MARKS)),
    { minLength: 1, maxLength: 40 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => /[\p{L}\p{N}]/u.test(text));

describe('nothing vanishes', () => {
  it('whatever words and marks stand around them: every user is in a row or in a line that is told, and is counted', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const after = await told(text);
        if (after === null) {
          expect(usersIn(text).size).toBe(0);
          return;
        }
        const kept = usersIn(after.text);
        expect([...usersIn(text)].filter((one) => !kept.has(one))).toEqual([]);
        expect(after.counted).toBeGreaterThanOrEqual(freeIn(text).size);
        // In JSON, records and quoted cells one row can have several lines; HTML has its own.
        if (after.byLine && !/["<]/.test(text))
          expect(linesOf(text).filter((line) => !after.lines.has(line))).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });

  it('in JSON of any shape: every user is in a row or in what is told beside them, and is counted', async () => {
    const key = fc.constantFrom('id', 'email', 'name', 'users', 'entities', 'manager', 'groups', 'data', 'x');
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        user,
        fc.constantFrom('Ann', 12, null, true, ''),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.oneof(key, key, user), tie('value'), { maxKeys: 4 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.array(value), fc.dictionary(key, value)),
        fc.boolean(),
        async (json, pretty) => {
          const text = JSON.stringify(json, null, pretty ? 2 : undefined);
          const after = await told(text);
          const kept = usersIn(after?.text ?? '');
          expect([...usersIn(text)].filter((one) => !kept.has(one))).toEqual([]);
          expect(after?.counted ?? 0).toBeGreaterThanOrEqual(usersIn(text).size);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('a stray quotation mark, wherever it stands beside a cell, swallows nobody', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(',', ';', '\t'),
        fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { minLength: 4, maxLength: 12 }),
        fc.array(fc.tuple(fc.nat(11), fc.nat(5)), { minLength: 1, maxLength: 3 }),
        (delimiter, numbers, strays) => {
          const rows = numbers.map((n) => ['Ann', address(n), 'left']);
          for (const [row, place] of strays) {
            const cells = rows[row % rows.length];
            const column = place % 3;
            if (cells) cells[column] = place < 3 ? `"${cells[column] ?? ''}` : `${cells[column] ?? ''}"`;
          }
          const text = [['Name', 'Email', 'Note'], ...rows].map((cells) => cells.join(delimiter)).join('\n');
          expect(keysOf(text)).toEqual(numbers.map(address));
        },
      ),
      { numRuns: 500 },
    );
  });
});
