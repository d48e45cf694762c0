import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toTsv } from './copy.ts';
import type { TableColumn } from './types.ts';

interface Row {
  readonly name: string;
  readonly calls: number | null;
}
const columns: readonly TableColumn<Row>[] = [
  { key: 'name', title: 'Name', width: 100, value: (row) => row.name },
  { key: 'calls', title: 'Calls', width: 100, value: (row) => row.calls },
];

describe('copying rows', () => {
  it('gives a heading and one line per row', () => {
    expect(
      toTsv(columns, [
        { name: 'Ana', calls: 2 },
        { name: 'Bo', calls: null },
      ]),
    ).toBe('Name\tCalls\nAna\t2\nBo\t');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1', ' =1', '\n=1'])('disarms the formula %j', (name) => {
    expect(toTsv(columns, [{ name, calls: 0 }])).toContain("\n'");
  });

  it('keeps one row on one line with its columns, whatever a name holds', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (names) => {
        const lines = toTsv(
          columns,
          names.map((name) => ({ name, calls: 1 })),
        ).split('\n');
        expect(lines).toHaveLength(names.length + 1);
        for (const line of lines) expect(line.split('\t')).toHaveLength(2);
      }),
    );
  });
});
