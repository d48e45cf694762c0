import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { struckWorkbook } from './fixtures/bombs.ts';
import { codeOf, listsForTests, seeded } from './testing.ts';

const lists = () => listsForTests(seeded());

describe('a list as a file', () => {
  const encode = (text: string, encoding: string): Uint8Array => {
    if (encoding.startsWith('utf-8')) return Buffer.from(text, 'utf8');
    const bytes = Buffer.from(text, 'utf16le');
    return encoding.startsWith('utf-16be') ? bytes.swap16() : bytes;
  };

  it('is the same list in every encoding, with or without a byte order mark', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'),
        fc.boolean(),
        fc.array(fc.integer({ min: 0, max: 9_999 }), { minLength: 1, maxLength: 20 }),
        async (encoding, mark, numbers) => {
          const all = lists();
          const text = numbers.map((n) => `Jürgen 山田 <user${n}@example.org>`).join('\r\n');
          const preview = await all.fromBytes('list.txt', encode(mark ? `\uFEFF${text}` : text, encoding));
          expect(preview).toMatchObject({ encoding, name: 'list.txt', rows: numbers.length });
          expect((await all.identifiers(preview.listId, 0)).map((v) => v.key)).toEqual(
            numbers.map((n) => `user${n}@example.org`),
          );
        },
      ),
    );
  });

  it('is read as Windows-1252 where it is no Unicode, and says so; letters in addresses are never guessed', async () => {
    const all = lists();
    const text = 'Name;E-Mail\nJ\xfcrgen;jurgen@x.org\nJ\xf6rg;j\xf6rg@x.org\nPrice \x80;p@x.org\n';
    const preview = await all.fromBytes('list.csv', Buffer.from(text, 'latin1'));
    expect(preview).toMatchObject({ encoding: 'windows-1252', rows: 3 });
    expect(preview.columns[0]?.samples).toEqual(['Jürgen', 'Jörg', 'Price €']);
    expect((await all.identifiers(preview.listId, 1)).map(({ kind, input }) => [kind, input])).toEqual([
      ['email', 'jurgen@x.org'],
      ['unreadable', 'jörg@x.org'],
      ['email', 'p@x.org'],
    ]);
  });

  it.each([
    ['an image', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['half a UTF-16 character', Buffer.from('\uFEFFab', 'utf16le').subarray(0, 5)],
    ['UTF-32', Buffer.from('fffe000061000000', 'hex')],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae10000000000000000', 'hex')],
    ['a damaged archive', Buffer.from('504b0304140000000000000000', 'hex')],
  ])('is refused when it is %s', async (_, bytes) => {
    expect(await codeOf(() => lists().fromBytes('x', bytes))).toBe('file-unreadable');
  });

  it('is an Excel workbook: the sheet with users, formulas by value, numbers and dates as shown, what is hidden said', async () => {
    const all = lists();
    const preview = await all.fromBytes(
      'leavers.xlsx',
      readFileSync(new URL('fixtures/leavers.xlsx', import.meta.url)),
    );
    expect(preview).toMatchObject({
      format: 'workbook',
      encoding: null,
      sheet: 1,
      sheets: [
        { name: 'Read me', hidden: false },
        { name: 'Leavers', hidden: false, hiddenRows: 1, hiddenColumns: 1 },
        { name: 'September', hidden: true },
      ],
      hasHeader: true,
      identifierColumn: 1,
      rows: 5,
      leftOut: [
        { line: 1, kind: 'preamble', text: 'Leavers October' },
        { line: 3, kind: 'heading' },
      ],
    });
    expect(await all.identifiers(preview.listId, 1, [2, 3, 4])).toEqual([
      {
        kind: 'email',
        key: 'ann@x.org',
        input: 'ann@x.org',
        line: 4,
        details: [
          ['Personnel number', '000042'],
          ['Last day', '2026-10-01'],
          ['Reason for leaving', 'New job'],
        ],
      },
      expect.objectContaining({ key: 'bob@x.org', line: 5 }),
      expect.objectContaining({ kind: 'nobody', line: 6 }),
      expect.objectContaining({ key: 'dan@x.org', line: 7 }),
      expect.objectContaining({ key: 'eve@x.org', line: 8 }),
    ]);
    const september = await all.fromSheet(preview.listId, 2);
    expect(september).toMatchObject({ name: 'leavers.xlsx', sheet: 2, identifierColumn: 0, rows: 1 });
    expect(await codeOf(() => all.fromSheet(september.listId, 3))).toBe('no-such-item');
  });

  it('keeps back whom a workbook strikes through', async () => {
    const all = lists();
    const { listId, leftOutUsers } = await all.fromBytes('struck.xlsx', struckWorkbook());
    expect(leftOutUsers).toEqual({ ids: 0, emails: 1 });
    expect((await all.identifiers(listId, 0)).map(({ kind, input }) => [kind, input])).toEqual([
      ['email', 'a@x.org'],
      ['nobody', '~~b@x.org~~'],
      ['email', 'c@x.org'],
    ]);
  });
});
