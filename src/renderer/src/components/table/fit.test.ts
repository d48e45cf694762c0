import { expect, it } from 'vitest';
import { fittedWidths } from './fit.ts';
import type { TableColumn } from './types.ts';

interface Row {
  readonly name: string;
  readonly why: string;
}
const columns: readonly TableColumn<Row>[] = [
  { key: 'name', title: 'Name', width: 100, minWidth: 90, value: (row) => row.name },
  { key: 'why', title: 'Why', width: 100, maxWidth: 300, value: (row) => row.why },
];

it('makes columns as wide as what they hold, within their bounds', () => {
  const short = fittedWidths(columns, [{ name: 'Ana', why: '' }]);
  expect(short['name']).toBe(90);
  expect(short['why']).toBeLessThan(90);
  const long = fittedWidths(columns, [{ name: 'Wilhelmina Oyelaran-Fitzgerald', why: 'x'.repeat(500) }]);
  expect(long['name']).toBeGreaterThan(200);
  expect(long['why']).toBe(300);
});

it('has room for what stands in an empty cell', () => {
  const [name] = columns;
  const named = { ...name, instead: ({ why }: Row) => why } as TableColumn<Row>;
  const row = { name: '', why: 'somebody-with-a-long-address@example.org' };
  expect(fittedWidths([named], [row])['name']).toBeGreaterThan(200);
  expect(fittedWidths([named], [{ ...row, name: 'Ana' }])['name']).toBe(90);
});

it('judges 100,000 rows by a sample of them', () => {
  let asked = 0;
  const rows = Array.from({ length: 100_000 }, (_, n): Row => ({ name: `User ${n}`, why: '' }));
  fittedWidths(
    [{ key: 'name', title: 'Name', width: 1, value: ({ name }: Row) => ((asked += 1), name) }],
    rows,
  );
  expect(asked).toBeLessThan(1000);
});
