import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppFailure } from '../../failure.ts';
import { createLists } from './lists.ts';

const lists = (): ReturnType<typeof createLists> => {
  let n = 0;
  return createLists(() => ((n += 7) % 36) / 36);
};
const id = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

const inputs = (text: string): { kind: string; input: string }[] => {
  const all = lists();
  const { listId, identifierColumn } = all.fromText(text);
  return all.identifiers(listId, identifierColumn ?? 0).map(({ kind, input }) => ({ kind, input }));
};
const values = (text: string): string[] => inputs(text).map(({ input }) => input);

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof AppFailure) return error.error.code;
  }
  return 'nothing thrown';
};

describe('a list as text', () => {
  it('may have one value a line, with spaces of every kind and things that cannot be seen', () => {
    expect(inputs(`  ${id(1).toUpperCase()}\u00A0\r\n\r\n\u200Bada@example.org\nnobody\n`)).toEqual([
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
  ])('may be addresses pasted from a mail program: %j', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it('is refused when it is empty', () => {
    expect(codeOf(() => lists().fromText(' \n\u200B\n'))).toBe('nothing-selected');
  });
});

describe('a list as CSV', () => {
  it.each([',', ';', '\t', '|'] as const)(
    'is read with delimiter %j, quoted line breaks and a header',
    (d) => {
      const text = [
        `Name${d}E-Mail${d}Note`,
        `"Doe${d} ""Jo"""${d}jo@x.org${d}"two\nlines"`,
        `Roe${d}roe@x.org${d}`,
      ];
      const preview = lists().fromText(text.join('\r\n'));
      expect(preview).toMatchObject({ delimiter: d, hasHeader: true, identifierColumn: 1, rows: 2 });
      expect(preview.columns.map((c) => [c.name, c.emails])).toEqual([
        ['Name', 0],
        ['E-Mail', 2],
        ['Note', 0],
      ]);
      expect(preview.columns[0]?.samples[0]).toBe(`Doe${d === '\t' ? '' : d} "Jo"`);
    },
  );

  it('is split where that makes most cells name users, not at the first comma', () => {
    const preview = lists().fromText('Doe, John;john@x.org\nRoe, Jane;jane@x.org');
    expect(preview).toMatchObject({ delimiter: ';', identifierColumn: 1, hasHeader: false, rows: 2 });
    expect(preview.columns[1]?.name).toBe('Column 2');
  });

  it('prefers ids where two columns name as many users', () => {
    expect(lists().fromText(`mail,id\na@x.org,${id(1)}\nb@x.org,${id(2)}`).identifierColumn).toBe(1);
  });

  it('keeps a first row that only might be a header, so that a misspelt user stays visible', () => {
    expect(values('jdoe,Sales\na@x.org,Sales\nb@x.org,Sales')).toEqual(['jdoe', 'a@x.org', 'b@x.org']);
    expect(values('email\na@x.org')).toEqual(['a@x.org']);
  });

  it('counts only rows with a value in the column, and lets another column be chosen', () => {
    const all = lists();
    const { listId, rows } = all.fromText(`user;backup\na@x.org;${id(1)}\n;${id(2)}\nb@x.org;\nc@x.org;`);
    expect(rows).toBe(3);
    expect(all.identifiers(listId, 1).map((v) => v.key)).toEqual([id(1), id(2)]);
    expect(codeOf(() => all.identifiers(listId, 2))).toBe('no-such-item');
  });

  it('is refused above a million rows', () => {
    expect(codeOf(() => lists().fromText('x\n'.repeat(1_000_001)))).toBe('file-too-large');
  }, 30_000);

  it('forgets the oldest of many lists', () => {
    let seed = 1;
    const all = createLists(() => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647);
    const first = all.fromText('a@x.org').listId;
    for (let n = 0; n < 20; n += 1) all.fromText('a@x.org');
    expect(codeOf(() => all.identifiers(first, 0))).toBe('no-such-item');
  });
});

describe('a list as a file', () => {
  const encode = (text: string, encoding: string): Uint8Array => {
    if (encoding.startsWith('utf-8')) return Buffer.from(text, 'utf8');
    const bytes = Buffer.from(text, 'utf16le');
    return encoding.startsWith('utf-16be') ? bytes.swap16() : bytes;
  };

  it('is the same list in every encoding, with or without a byte order mark', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('utf-8', 'utf-16le', 'utf-16be'),
        fc.boolean(),
        fc.array(fc.integer({ min: 0, max: 9_999 }), { minLength: 1, maxLength: 20 }),
        (encoding, mark, numbers) => {
          const all = lists();
          const text = numbers.map((n) => `Jürgen 山田 <user${n}@example.org>`).join('\r\n');
          const preview = all.fromBytes('list.txt', encode(mark ? `\uFEFF${text}` : text, encoding));
          expect(preview).toMatchObject({ encoding, name: 'list.txt', rows: numbers.length });
          expect(all.identifiers(preview.listId, 0).map((v) => v.key)).toEqual(
            numbers.map((n) => `user${n}@example.org`),
          );
        },
      ),
    );
  });

  it.each([
    ['Windows-1252', Buffer.from('J\xfcrgen <j@x.org>', 'latin1')],
    ['an image', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['half a UTF-16 character', Buffer.from('\uFEFFab', 'utf16le').subarray(0, 5)],
    ['UTF-32', Buffer.from('fffe000061000000', 'hex')],
  ])('is refused when it is %s', (_, bytes) => {
    expect(codeOf(() => lists().fromBytes('x', bytes))).toBe('file-unreadable');
  });

  it('is refused above 20 MB', () => {
    expect(codeOf(() => lists().fromBytes('x', new Uint8Array(20 * 1024 * 1024 + 1)))).toBe('file-too-large');
  });
});
