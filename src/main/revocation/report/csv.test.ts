import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { OutcomeRow } from '../../../shared/run.ts';
import { disarmFormula } from '../../../shared/spreadsheet.ts';
import { toCsv } from './csv.ts';

const row = (over: Partial<OutcomeRow> = {}): OutcomeRow => ({
  index: 0,
  userId: 'id',
  name: 'Ada',
  email: 'ada@example.org',
  input: 'ada@example.org',
  outcome: 'revoked',
  note: null,
  attempts: 1,
  status: 200,
  at: '2026-01-05T09:00:00.000Z',
  correlationId: 'c-1',
  ...over,
});
const parse = (csv: string): string[][] => Papa.parse<string[]>(csv.slice(1), { skipEmptyLines: true }).data;

describe('toCsv', () => {
  it('writes one line per row, counted from 1, with a byte order mark for Excel', async () => {
    expect(await toCsv([row({ name: 'Müller, "Jo"' })])).toBe(
      '\uFEFFrow,input,user_id,name,email,outcome,note,attempts,status,time,correlation_id\r\n' +
        '1,ada@example.org,id,"Müller, ""Jo""",ada@example.org,revoked,,1,200,2026-01-05T09:00:00.000Z,c-1\r\n',
    );
  });

  it.each(['=1+1', ' =1', '+1', '-1', '@SUM(A1)', '＝1', '\u00A0＋1', '\u200B=1', '\tx', '\rx', '\nx'])(
    'disarms %j',
    async (name) => {
      expect(parse(await toCsv([row({ name })]))[1]?.[3]).toBe(`'${name}`);
    },
  );

  it('disarms a line that a reader without quotes would see', async () => {
    expect(parse(await toCsv([row({ name: 'x\n=1' })]))[1]?.[3]).toBe("x\n'=1");
  });

  it('gives back any text that is no formula', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const name = `x${text}`;
        fc.pre(disarmFormula(name) === name);
        expect(parse(await toCsv([row({ name, note: name })]))[1]?.slice(3, 7)).toEqual([
          name,
          'ada@example.org',
          'revoked',
          name,
        ]);
      }),
    );
  });

  it('has the chosen columns of the lists behind its own, each under its name, disarmed as everything else', async () => {
    const csv = await toCsv([
      row({
        details: [
          ['Reason for leaving', '=HYPERLINK("http://x")'],
          ['Personnel number', '000042'],
        ],
      }),
      row({
        index: 1,
        details: [
          ['Last day', '2026-10-01'],
          ['Personnel number', '-7'],
        ],
      }),
      row({ index: 2 }),
      row({ index: 3, details: [['=cmd|x', 'Umzug; "neu", +1']] }),
    ]);
    const [head, ...rows] = parse(csv).map((cells) => cells.slice(11));
    expect(head).toEqual([
      'list: Reason for leaving',
      'list: Personnel number',
      'list: Last day',
      'list: =cmd|x',
    ]);
    expect(rows).toEqual([
      ['\'=HYPERLINK("http://x")', '000042', '', ''],
      ['', "'-7", '2026-10-01', ''],
      ['', '', '', ''],
      ['', '', '', `Umzug; "neu",' +1`],
    ]);
  });
});
