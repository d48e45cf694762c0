import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListProgress } from '../../../shared/list.ts';
import { AppFailure } from '../../failure.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createLists } from './lists.ts';
import { keysOf, listsForTests, readInline } from './testing.ts';

const random = (): (() => number) => {
  let seed = 1;
  return () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
};
const lists = () => listsForTests(random());
const id = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

const inputs = async (text: string): Promise<{ kind: string; input: string }[]> => {
  const all = lists();
  const { listId, identifierColumn } = await all.fromText(text);
  return (await all.identifiers(listId, identifierColumn ?? 0)).map(({ kind, input }) => ({ kind, input }));
};
const values = async (text: string): Promise<string[]> => (await inputs(text)).map(({ input }) => input);

const codeOf = async (act: () => Promise<unknown>): Promise<string> => {
  try {
    await act();
  } catch (error) {
    if (error instanceof AppFailure) return error.error.code;
    throw error;
  }
  return 'nothing thrown';
};

describe('a list as text', () => {
  it('may have one value a line, with spaces of every kind and things that cannot be seen', async () => {
    expect(await inputs(`  ${id(1).toUpperCase()}\u00A0\r\n\r\n\u200Bada@example.org\nnobody\n`)).toEqual([
      { kind: 'id', input: id(1).toUpperCase() },
      { kind: 'email', input: 'ada@example.org' },
      { kind: 'unreadable', input: 'nobody' },
    ]);
  });

  it.each([
    ['Ada Lovelace <ada@x.org>; Grace Hopper <grace@x.org>;', ['ada@x.org', 'grace@x.org']],
    ['Lovelace, Ada <ada@x.org>; Hopper, Grace <grace@x.org>', ['ada@x.org', 'grace@x.org']],
    ['"Lovelace, Ada" <ada@x.org>, "Hopper, Grace" <grace@x.org>', ['ada@x.org', 'grace@x.org']],
    ['Lovelace, Ada <ada@x.org>\nHopper, Grace <grace@x.org>', ['ada@x.org', 'grace@x.org']],
    ['a@x.org; b@x.org\nc@x.org', ['a@x.org', 'b@x.org', 'c@x.org']],
    ['mailto:a@x.org', ['a@x.org']],
  ])('may be addresses pasted from a mail program: %j', async (text, expected) => {
    expect(await values(text)).toEqual(expected);
  });

  it('is refused when it is empty', async () => {
    expect(await codeOf(() => lists().fromText(' \n\u200B\n'))).toBe('nothing-selected');
  });

  it('keeps a first row that only might be a heading, so that a misspelt user stays visible', async () => {
    expect(await values('jdoe,Sales\na@x.org,Sales\nb@x.org,Sales')).toEqual(['jdoe', 'a@x.org', 'b@x.org']);
    expect(await values('email\na@x.org')).toEqual(['a@x.org']);
  });
});

describe('a list as CSV', () => {
  it.each([',', ';', '\t', '|'] as const)(
    'is read with delimiter %j, quoted line breaks and a heading',
    async (d) => {
      const text = [
        `Name${d}E-Mail${d}Note`,
        `"Doe${d} ""Jo"""${d}jo@x.org${d}"two\nlines"`,
        `Roe${d}roe@x.org${d}`,
      ];
      const preview = await lists().fromText(text.join('\r\n'));
      expect(preview).toMatchObject({
        delimiter: d,
        hasHeader: true,
        identifierColumn: 1,
        rows: 2,
        leftOutCount: 1,
      });
      expect(
        preview.columns.map((c) => [c.name, c.emails, c.different, c.unreadable, c.empty, c.meaning]),
      ).toEqual([
        ['Name', 0, 0, 2, 0, 'unknown'],
        ['E-Mail', 2, 2, 0, 0, 'user'],
        ['Note', 0, 0, 1, 1, 'unknown'],
      ]);
      expect(preview.columns[0]?.samples[0]).toBe(`Doe${d === '\t' ? '' : d} "Jo"`);
    },
  );

  it('is split where that makes most cells name users, not at the first comma', async () => {
    const preview = await lists().fromText('Doe, John;john@x.org\nRoe, Jane;jane@x.org');
    expect(preview).toMatchObject({ delimiter: ';', identifierColumn: 1, hasHeader: false, rows: 2 });
    expect(preview.columns[1]?.name).toBe('Column 2');
  });

  it('says the line of each row, and brings the columns that were asked for', async () => {
    const all = lists();
    const { listId } = await all.fromText(
      'Leavers\n\nName;Mail;Reason\nDoe;a@x.org;Retired\n\nRoe;;"New\njob"\n',
    );
    expect(await all.identifiers(listId, 1, [2, 0, 99])).toEqual([
      {
        kind: 'email',
        key: 'a@x.org',
        input: 'a@x.org',
        line: 4,
        details: [
          ['Reason', 'Retired'],
          ['Name', 'Doe'],
        ],
      },
      {
        kind: 'nobody',
        key: '',
        input: 'Roe · New job',
        line: 6,
        details: [
          ['Reason', 'New job'],
          ['Name', 'Roe'],
        ],
      },
    ]);
  });

  it('lets another column be chosen, whose rows all stay', async () => {
    const all = lists();
    const { listId, rows, identifierColumn } = await all.fromText(
      `user;backup\na@x.org;${id(1)}\n;${id(2)}\nb@x.org;\nc@x.org;`,
    );
    expect([rows, identifierColumn]).toEqual([4, 0]);
    expect((await all.identifiers(listId, 1)).map((v) => v.key)).toEqual([
      id(1),
      id(2),
      'b@x.org',
      'c@x.org',
    ]);
    expect((await all.identifiers(listId, 0)).map((v) => v.kind)).toEqual([
      'email',
      'nobody',
      'email',
      'email',
    ]);
    expect(await codeOf(() => all.identifiers(listId, 2))).toBe('no-such-item');
  });

  it('asks when two columns could be the one, and names them', async () => {
    expect(
      await lists().fromText('Name,Work email,Email\nDoe,a@x.org,b@x.org\nRoe,c@x.org,d@x.org'),
    ).toMatchObject({
      identifierColumn: null,
      tie: [1, 2],
    });
    expect(await lists().fromText('Name,Manager Email\nDoe,a@x.org\nRoe,b@x.org')).toMatchObject({
      identifierColumn: null,
      tie: [],
    });
  });

  it('counts what looks like a user and is none of the rows', async () => {
    const preview = await lists().fromText(
      'Exported by admin@x.org\nName,Email,Manager Email\nDoe,a@x.org,boss@x.org\nRoe,b@x.org,boss@x.org',
    );
    expect(preview).toMatchObject({ identifierColumn: 1, leftOutUsers: { ids: 0, emails: 1 } });
    expect(preview.columns[2]).toMatchObject({ emails: 2, different: 1, meaning: 'other-people' });
    expect(preview.leftOut.map(({ line, kind }) => [line, kind])).toEqual([
      [1, 'preamble'],
      [2, 'heading'],
    ]);
  });
});

describe('kept lists', () => {
  it('are refused above a million rows, a thousand columns or 20 MB', async () => {
    expect(await codeOf(() => lists().fromText('x\n'.repeat(1_000_101)))).toBe('file-too-large');
    expect(
      await codeOf(() =>
        lists().fromText(`${Array.from({ length: 2_000 }, (_, n) => `c${n}`).join(',')}\n`.repeat(3)),
      ),
    ).toBe('file-too-large');
    expect(await codeOf(() => lists().fromBytes('x', new Uint8Array(20 * 1024 * 1024 + 1)))).toBe(
      'file-too-large',
    );
  }, 30_000);

  it('forget the oldest of many, and of large ones', async () => {
    const all = lists();
    const first = (await all.fromText('a@x.org')).listId;
    for (let n = 0; n < 20; n += 1) await all.fromText('a@x.org');
    expect(await codeOf(() => all.identifiers(first, 0))).toBe('no-such-item');
    const large = `${'y'.repeat(900)};a@x.org\n`.repeat(20_000);
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push((await all.fromText(large)).listId);
    expect(await codeOf(() => all.identifiers(ids[0] ?? '', 0))).toBe('no-such-item');
    expect(await codeOf(() => all.identifiers(ids[4] ?? '', 1))).toBe('nothing thrown');
  }, 30_000);

  it('tell how far a reading is from half a second on, and that it is over', async () => {
    const clock = createManualClock();
    const told: ListProgress[] = [];
    const slow = createLists({
      random: random(),
      clock,
      onProgress: (progress) => told.push(progress),
      read: async (job, signal, onRead) => {
        for (const share of [0.1, 0.2, 0.3, 0.4, 0.5]) {
          await clock.sleep(170, signal);
          onRead(share);
        }
        return readInline(job, signal, () => undefined);
      },
    });
    await clock.runUntil(slow.fromText('a@x.org'));
    expect(told).toEqual([{ share: 0.3 }, { share: 0.5 }, { share: null }]);
  });

  it('are read one at a time: a new one ends the one before, and so does cancelling', async () => {
    const clock = createManualClock();
    const waiting = createLists({
      random: random(),
      clock,
      onProgress: () => undefined,
      read: async (job, signal) => {
        await clock.sleep(1_000, signal).catch(() => {
          throw new AppFailure({ code: 'cancelled', message: '' });
        });
        return readInline(job, signal, () => undefined);
      },
    });
    const first = codeOf(() => waiting.fromText('a@x.org'));
    const second = codeOf(() => waiting.fromText('b@x.org'));
    expect(await first).toBe('cancelled');
    waiting.cancel();
    expect(await second).toBe('cancelled');
    expect(await clock.runUntil(waiting.fromText('c@x.org'))).toMatchObject({ rows: 1 });
  });
});

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
});

describe('the reader of a list', () => {
  it('is the same for text and for keys in short', () => {
    expect(keysOf('Name;Mail\nAnn;a@x.org\nHal;n/a\nEve;')).toEqual(['a@x.org', '?', '-']);
  });
});
