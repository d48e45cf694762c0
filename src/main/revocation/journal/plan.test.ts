import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KEPT_BACK_REASONS, type PlanDecision, type PlanRow } from '../../../shared/plan.ts';
import { checkPlan, planPath, readPlan, writePlan } from './files.ts';

/** With what a line of the plan is searched for, and half of a pair. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '"decision":{"kind":"revoke"}',
    '\\"decision\\":{\\"kind\\":\\"revoke\\"',
    '\n',
    '\ud83d',
    '',
  ),
);
const nullable = fc.option(text, { nil: null });

const decision: fc.Arbitrary<PlanDecision> = fc.oneof(
  fc.record({ kind: fc.constant('revoke' as const), note: text }, { requiredKeys: ['kind'] }),
  fc.record({
    kind: fc.constant('kept-back' as const),
    reason: fc.constantFrom(...KEPT_BACK_REASONS),
    note: nullable,
  }),
);
const said = fc.record(
  { line: fc.nat(), details: fc.array(fc.tuple(text, text), { maxLength: 10 }) },
  { requiredKeys: [] },
);
const row = fc
  .tuple(
    fc.record({
      input: text,
      userId: nullable,
      name: nullable,
      email: nullable,
      department: nullable,
      division: nullable,
      state: fc.constantFrom('active', 'inactive', 'deleted', null),
      decision,
    }),
    said,
  )
  .map(([known, more]) => ({ ...known, ...more }));
const plans: fc.Arbitrary<readonly PlanRow[]> = fc
  .array(row, { maxLength: 8 })
  .map((rows) => rows.map((known, index) => ({ ...known, index })));

it('a plan is found whole, counted and read back, whatever its rows say', async () => {
  await fc.assert(
    fc.asyncProperty(plans, async (rows) => {
      const folder = await mkdtemp(join(tmpdir(), 'plan-'));
      try {
        await writePlan(folder, rows);
        const planHash = createHash('sha256')
          .update(await readFile(planPath(folder)))
          .digest('hex');
        const users = rows.filter(({ decision: { kind } }) => kind === 'revoke').length;
        const keptBack = rows.length - users;
        expect(await checkPlan(folder, { planHash, users, keptBack })).toBeNull();
        expect(await checkPlan(folder, { planHash, users: users + 1, keptBack })).not.toBeNull();
        expect(await readPlan(folder, planHash)).toEqual(rows);
      } finally {
        await rm(folder, { recursive: true });
      }
    }),
    { numRuns: 100 },
  );
});
