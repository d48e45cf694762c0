import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysOf, readInline } from './testing.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly keys: readonly string[];
  readonly note?: string;
}

const read = (name: string): readonly Case[] =>
  JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')) as readonly Case[];

/** Made up after what spreadsheets, directories, databases, mails and chats give: what a person would read in each. */
const FILES = [
  'lists',
  'more-lists',
  'mails-and-exports',
  'marks-and-ids',
  'json-and-tables',
  'mixed',
  'columns-and-lines',
  'headings',
  'records',
  'tables',
  'whose-column',
  'kept-out',
  'mail-names',
  'answers',
  'said-in-words',
  'structures',
  'columns-of-exports',
  'each-kind',
  'remarks',
  'lone-logins',
  'quoted-cells',
];

describe('lists as people have them', () => {
  it.each(FILES.flatMap((file) => read(`${file}.json`)).map((one) => [one.name, one] as const))(
    '%s',
    (_name, { text, keys }) => {
      expect(keysOf(text)).toEqual(keys);
    },
  );
});

interface Person {
  readonly name: string;
  readonly user: string;
  readonly manager: string;
}
const address = (n: number): string => `user${n}@example.org`;
const guid = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

/** Different people, by address or by id, some rows without one, with few managers. */
const people = (kind: (n: number) => string) =>
  fc
    .uniqueArray(fc.integer({ min: 0, max: 9_999 }), { minLength: 3, maxLength: 30 })
    .chain((numbers) =>
      fc.tuple(
        ...numbers.map((n) =>
          fc.record({
            name: fc.constantFrom('Ann Doe', 'Bob Roe', 'Cid Poe', 'Dan Loe', 'Eve Moe'),
            user: fc.constantFrom(kind(n), kind(n), kind(n), ''),
            manager: fc.constantFrom('boss@example.org', 'chief@example.org'),
          }),
        ),
      ),
    )
    .map((rows): readonly Person[] => [
      { name: 'Zoe', user: kind(10_001), manager: 'boss@example.org' },
      ...rows,
    ]);

type Shape = readonly [name: string, write: (rows: readonly Person[]) => string];
const table =
  (d: string) =>
  (rows: readonly Person[]): string =>
    [`Name${d}Email${d}Manager Email`, ...rows.map((one) => [one.name, one.user, one.manager].join(d))].join(
      '\n',
    );
const SHAPES: readonly Shape[] = [
  ['commas', table(',')],
  ['semicolons', table(';')],
  ['tabs', table('\t')],
  ['bars', table('|')],
  [
    'quoted',
    (rows) =>
      [
        '"Name","Email","Manager Email"',
        ...rows.map((one) => `"${one.name}","${one.user}","${one.manager}"`),
      ].join('\r\n'),
  ],
  ['a preamble', (rows) => `Leavers\n\n${table(';')(rows)}`],
  ['JSON', (rows) => JSON.stringify(rows.map(({ name, user, manager }) => ({ name, email: user, manager })))],
  [
    'records',
    (rows) =>
      rows.map((one) => `Name : ${one.name}\nEmail : ${one.user}\nManager : ${one.manager}\n`).join('\n'),
  ],
  [
    'XML',
    (rows) =>
      `<users>${rows
        .map(
          (one) =>
            `<user><name>${one.name}</name><email>${one.user}</email><manager><email>${one.manager}</email></manager></user>`,
        )
        .join('\n')}</users>`,
  ],
  [
    'YAML',
    (rows) =>
      rows
        .map(
          (one) =>
            `- name: ${one.name}\n  email: ${one.user}\n  manager:\n    name: Zed\n    email: ${one.manager}`,
        )
        .join('\n'),
  ],
  [
    'HTML',
    (rows) =>
      `<table><tr><th>Name</th><th>Email</th><th>Manager</th></tr>${rows
        .map((one) => `<tr><td>${one.name}</td><td>${one.user}</td><td>${one.manager}</td></tr>`)
        .join('\n')}</table>`,
  ],
  [
    'MediaWiki',
    (rows) =>
      `{| class="wikitable"\n! Name !! Email !! Manager\n${rows
        .map((one) => `|-\n| ${one.name} || ${one.user} || ${one.manager}`)
        .join('\n')}\n|}`,
  ],
  [
    'JSON below a command',
    (rows) =>
      `$ gc users list\n${JSON.stringify(
        rows.map(({ name, user, manager }) => ({ name, email: user, manager: { email: manager } })),
        null,
        2,
      )}`,
  ],
  [
    'Markdown',
    (rows) =>
      [
        '| Name | Email | Manager |',
        '|---|---|---|',
        ...rows.map((one) => `| ${one.name} | ${one.user} | ${one.manager} |`),
      ].join('\n'),
  ],
];

const readNow = (text: string) =>
  readInline({ kind: 'text', text }, new AbortController().signal, () => undefined);

describe('nothing vanishes', () => {
  it.each(SHAPES)(
    'in a table as %s: every row stays, in order, and nobody else is taken',
    async (_name, write) => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(people(address), people(guid)), async (rows) => {
          const text = write(rows);
          expect(keysOf(text)).toEqual(rows.map(({ user }) => (user === '' ? '-' : user)));
          const { preview } = await readNow(text);
          const counted = preview.columns.reduce((sum, { ids, emails }) => sum + ids + emails, 0);
          const named = rows.reduce((sum, { user }) => sum + (user === '' ? 1 : 2), 0);
          // Used and unused are all that the text has.
          expect(counted + preview.leftOutUsers.ids + preview.leftOutUsers.emails).toBe(named);
        }),
        { numRuns: 30 },
      );
    },
  );

  it('in free text: whatever stands between, every user is used or counted, and every line that says something is a row', async () => {
    const piece = fc.oneof(
      fc.integer({ min: 0, max: 9_999 }).map(address),
      fc.integer({ min: 0, max: 9_999 }).map(guid),
      fc.integer({ min: 0, max: 9_999 }).map((n) => `Ann Doe <${address(n)}>`),
      fc.constantFrom('jdoe', 'Bob Roe', 'left on Monday', '12', 'n/a'),
    );
    const separator = fc.constantFrom(
      '; ',
      ', ',
      ' ',
      '\n',
      '\n',
      ' and ',
      '\t',
      ' | ',
      '\n\n',
      '\n- ',
      ' "',
      '"\n',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(piece, separator), { minLength: 1, maxLength: 25 }),
        async (parts) => {
          const text = parts.map(([one, mark]) => one + mark).join('');
          const { preview, rows } = await readNow(text);
          const all = text.match(/user\d+@example\.org|[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];
          const counted =
            preview.columns.reduce((sum, { ids, emails }) => sum + ids + emails, 0) +
            preview.leftOutUsers.ids +
            preview.leftOutUsers.emails;
          // In one entry somebody named twice counts once.
          expect(counted).toBeLessThanOrEqual(all.length);
          expect(counted).toBeGreaterThanOrEqual(new Set(all).size);
          const lines = text.split('\n').flatMap((line, n) => (/[a-z0-9]/i.test(line) ? [n + 1] : []));
          const told = new Set([...rows.lines, ...preview.leftOut.map(({ line }) => line)]);
          expect(lines.filter((line) => !told.has(line))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
