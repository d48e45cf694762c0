import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanRow } from './plan.ts';
import { createRowKeeper } from './row-interner.ts';

const text = fc.option(fc.constantFrom('', 'Sales', 'sales', 'Billing', 'a@example.com'));
const row: fc.Arbitrary<PlanRow> = fc.record({
  index: fc.nat(),
  input: fc.constantFrom('', 'a@example.com', 'other'),
  userId: text,
  name: text,
  email: text,
  department: text,
  division: text,
  state: fc.constantFrom('active', 'inactive', 'deleted', null),
  decision: fc.oneof(
    fc.constant({ kind: 'revoke' } as const),
    fc.record({ kind: fc.constant('kept-back'), reason: fc.constant('duplicate'), note: text } as const),
  ),
});

describe('keeping rows', () => {
  it('changes nothing of what they say', () => {
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        expect(rows.map(createRowKeeper())).toEqual(rows);
      }),
    );
  });
});
