import { describe, expect, it } from 'vitest';
import type { ListProgress } from '../../../shared/list.ts';
import { AppFailure } from '../../failure.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { Lists } from './lists.ts';
import { codeOf, keysOf, listsForTests, readInline, seeded } from './testing.ts';

const lists = () => listsForTests(seeded());
const id = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

const inputs = async (text: string): Promise<{ kind: string; input: string }[]> => {
  const all = lists();
  const { listId, identifierColumn } = await all.fromText(text);
  return (await all.identifiers(listId, identifierColumn ?? 0)).map(({ kind, input }) => ({ kind, input }));
};
const values = async (text: string): Promise<string[]> => (await inputs(text)).map(({ input }) => input);

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
  });

  it('lose nobody beyond a thousand columns that spaces part', async () => {
    const column = (text: string): string => text.padEnd(24);
    const drawn = ['email', '-'.repeat(20), 'a@x.org', 'b@x.org'].map(
      (last) =>
        `${(last.startsWith('-') ? '--------------------  ' : column('name x')).repeat(1_000).trimEnd()}  ${last}`,
    );
    expect(await codeOf(() => lists().fromText(drawn.join('\n')))).toBe('file-too-large');

    const people = Array.from({ length: 3_600 }, (_, n) => `u${n}@x.org`);
    const lines = [0, 1_200, 2_400].map((from) => people.slice(from, from + 1_200).join('  '));
    expect(await values(lines.join('\n'))).toEqual(people);
  });

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
  });

  it('tell how far a reading is from half a second on, and that it is over', async () => {
    const clock = createManualClock();
    const told: ListProgress[] = [];
    const slow = new Lists({
      random: seeded(),
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
    const waiting = new Lists({
      random: seeded(),
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

describe('the reader of a list', () => {
  it('is the same for text and for keys in short', () => {
    expect(keysOf('Name;Mail\nAnn;a@x.org\nHal;n/a\nEve;')).toEqual(['a@x.org', '?', '-']);
  });
});
