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
});
