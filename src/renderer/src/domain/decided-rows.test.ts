import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PlanRow } from '../../../shared/plan.ts';
import { decidedRows, rangesOf } from './decided-rows.ts';

const row = (index: number): PlanRow => ({
  index,
  input: `${index}`,
  userId: `u-${index}`,
  name: null,
  email: null,
  department: null,
  division: null,
  state: 'active',
  decision: { kind: 'revoke' },
});

it('takes up what a decision changed, and leaves the other rows as they are', () => {
  const rows = [0, 1, 2].map(row);
  const changed = { ...row(2), decision: { kind: 'kept-back', reason: 'protected', note: null } } as const;
  const after = decidedRows(rows, [0], [changed]);
  expect(after.map(({ decision }) => (decision.kind === 'revoke' ? 'revoke' : decision.reason))).toEqual([
    'by-you',
    'revoke',
    'protected',
  ]);
  expect(after[1]).toBe(rows[1]);
});

it('names exactly the rows that were meant, in order and without overlap', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(60)), (indexes) => {
      const ranges = rangesOf(indexes.map(row));
      const meant = ranges.flatMap(([from, count]) => Array.from({ length: count }, (_, n) => from + n));
      expect(meant).toEqual(indexes.toSorted((a, b) => a - b));
      for (const [n, [from, count]] of ranges.entries())
        expect(from + count).toBeLessThan(ranges[n + 1]?.[0] ?? Infinity);
    }),
  );
});
