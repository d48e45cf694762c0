import { expect, it } from 'vitest';
import type { DecidedPlan, PlanRow, PlanSummary } from '../../../shared/plan.ts';
import { decidedPlanRows } from './plan-rows.ts';

const row = { index: 0, decision: { kind: 'revoke' } } as PlanRow;
const before = { rows: [row], blocks: [] };
const plan = { planId: 'p' } as PlanSummary;
const decided = (rows: DecidedPlan['rows']): DecidedPlan => ({ plan, keptBack: [0], rows });

it('the rows of a short plan are decided here; where too many changed, all are to be read again', async () => {
  const after = await decidedPlanRows(before, decided([]), () => false);
  expect(after).toMatchObject({ kind: 'loaded', rows: [{ decision: { reason: 'by-you' } }] });
  expect(await decidedPlanRows(before, decided(null), () => false)).toEqual({ kind: 'unknown' });
});
