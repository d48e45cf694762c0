import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanRow, ReviewDecision, RowRange, Selection } from '../../../shared/plan.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { listsForTests, seeded } from '../lists/testing.ts';
import { createFakeOrg, fakeUser, userId } from '../testing/fake-org.ts';
import { canonicalLine } from './plan-file.ts';
import { createPlans } from './plans.ts';
import { createSavedPlans, planFile } from './saved.ts';
import { textOf } from '../testing/text-of.ts';

const people = [
  ...Array.from({ length: 8 }, (_, n) => fakeUser(n)),
  fakeUser(20, { email: 'twin@example.org', name: 'Ana Lopez' }),
  fakeUser(21, { email: 'twin@example.org', name: 'Ana Lopez', state: 'inactive' }),
];
const OPERATOR = userId(7);

function reviewer(keepBack?: Selection['keepBack'], except: readonly string[] = []) {
  const clock = createManualClock();
  const lists = listsForTests(seeded());
  const saved = createSavedPlans(seeded());
  const plans = createPlans({
    lists,
    saved,
    protectedEntries: () => Promise.resolve([]),
    clock,
    random: seeded(),
    onProgress: () => undefined,
  });
  const org = createFakeOrg({ users: people, clock, operatorId: OPERATOR });
  const list = async (lines: readonly string[]) => ({
    kind: 'list' as const,
    listId: (await lists.fromText(lines.join('\n'))).listId,
    column: 0,
  });
  let planId = '';
  const resolve = async (...lines: readonly string[]): Promise<void> => {
    const selection: Selection = {
      include: [await list(lines)],
      exclude: except.length > 0 ? [await list(except)] : [],
      ...(keepBack && { keepBack }),
    };
    ({ planId } = await clock.runUntil(plans.resolve(selection, org.session)));
  };
  const decide = async (decision: ReviewDecision) => {
    const decided = await clock.runUntil(plans.decide(planId, decision, org.session));
    planId = decided.plan.planId;
    return decided;
  };
  return {
    clock,
    plans,
    org,
    saved,
    resolve,
    decide,
    planId: () => planId,
    rows: () => plans.find(planId).rows,
    summary: () => plans.find(planId).summary,
  };
}

const say = (rows: readonly PlanRow[]): readonly string[] =>
  rows.map(({ decision }) => (decision.kind === 'revoke' ? 'revoke' : decision.reason));
const at = (...indexes: readonly number[]): readonly RowRange[] => indexes.map((index) => [index, 1]);

describe('the review decides', () => {
  it('keeps rows back, and takes it back; counts, hash and phrase follow', async () => {
    const { resolve, decide, rows, summary } = reviewer();
    await resolve(...[0, 1, 2].map(userId));
    const before = summary();
    const { plan, keptBack, rows: others } = await decide({ kind: 'keep-back', rows: at(1) });
    expect(say(rows())).toEqual(['revoke', 'by-you', 'revoke']);
    expect([keptBack, others]).toEqual([[1], []]);
    expect(plan).toMatchObject({ revoke: 2, keptBack: { 'by-you': 1 }, confirmationText: '' });
    expect(plan.hash).not.toBe(before.hash);
    const file = rows().map(canonicalLine).join('');
    expect(plan.hash).toBe(createHash('sha256').update(file).digest('hex'));
    const back = await decide({ kind: 'as-found', rows: at(0, 1) });
    expect(back.plan).toMatchObject({ revoke: 3, hash: before.hash });
    expect(back.rows?.map(({ index }) => index)).toEqual([1]);
  });

  it('is about users: one of two rows of the same user keeps the user back', async () => {
    const { resolve, decide, rows } = reviewer();
    await resolve(userId(1), 'user1@example.org', userId(2));
    expect(say(rows())).toEqual(['revoke', 'duplicate', 'revoke']);
    await decide({ kind: 'keep-back', rows: at(1) });
    expect(say(rows())).toEqual(['by-you', 'duplicate', 'revoke']);
    await decide({ kind: 'only', rows: at(1) });
    expect(say(rows())).toEqual(['revoke', 'duplicate', 'by-you']);
  });

  it('revokes only these, and never whom the look-up keeps back', async () => {
    const { resolve, decide, rows, summary } = reviewer(undefined, [userId(5)]);
    await resolve(...[0, 1, 5, 7, 99].map(userId));
    expect(say(rows())).toEqual(['revoke', 'revoke', 'excluded', 'yourself', 'not-found']);
    await decide({ kind: 'only', rows: [[1, 4]] });
    expect(say(rows())).toEqual(['by-you', 'revoke', 'excluded', 'yourself', 'not-found']);
    await decide({ kind: 'only', rows: at(3) });
    expect(summary().revoke).toBe(0);
    await decide({ kind: 'as-found', rows: [[0, 5]] });
    expect(say(rows())).toEqual(['revoke', 'revoke', 'excluded', 'yourself', 'not-found']);
  });

  it('protects: that stays when the rest is taken back', async () => {
    const { resolve, decide, rows } = reviewer();
    await resolve(...[0, 1].map(userId));
    await decide({ kind: 'protect', rows: at(0) });
    await decide({ kind: 'as-found', rows: [[0, 2]] });
    expect(say(rows())).toEqual(['protected', 'revoke']);
  });

  it('lets an ambiguous row be one of its candidates, by the rules that hold for everybody', async () => {
    const { resolve, decide, rows, plans, planId, saved, org } = reviewer(undefined, [userId(21)]);
    await resolve('twin@example.org', userId(1));
    expect(say(rows())).toEqual(['ambiguous', 'revoke']);
    expect(plans.candidates(planId(), 0).map(({ id }) => id)).toEqual([userId(20), userId(21)]);
    await decide({ kind: 'choose', row: 0, userId: userId(21) });
    expect(say(rows())).toEqual(['excluded', 'revoke']);
    await decide({ kind: 'choose', row: 0, userId: userId(20) });
    expect(rows()[0]).toMatchObject({
      userId: userId(20),
      name: 'Ana Lopez',
      decision: { kind: 'revoke', note: 'Chosen by you among 2 users' },
    });
    const file = await textOf(planFile(plans.find(planId())));
    expect(file).toContain('Chosen by you among 2 users');
    const preview = await saved.open('plan.jsonl', new TextEncoder().encode(file), org.session);
    expect(preview.users).toBe(2);
    await decide({ kind: 'choose', row: 0, userId: null });
    expect(say(rows())).toEqual(['ambiguous', 'revoke']);
  });

  it('tells again whom its operator kept back when it is opened again, under the same hash', async () => {
    const { resolve, decide, plans, planId, saved, org, clock } = reviewer();
    await resolve(userId(0), userId(1), userId(2));
    await decide({ kind: 'keep-back', rows: at(1) });
    const file = await textOf(planFile(plans.find(planId())));
    const { savedPlanId } = await saved.open('plan.jsonl', new TextEncoder().encode(file), org.session);
    const selection: Selection = { include: [{ kind: 'plan', savedPlanId }], exclude: [] };
    const again = await clock.runUntil(plans.resolve(selection, org.session));
    const opened = plans.find(again.planId);
    expect(opened.rows.map(({ userId: id, decision }) => [id, decision])).toEqual([
      [userId(0), { kind: 'revoke' }],
      [userId(2), { kind: 'revoke' }],
      [userId(1), { kind: 'kept-back', reason: 'by-you', note: null }],
    ]);
    expect(again).toMatchObject({ revoke: 2, keptBack: { 'by-you': 1 } });
    const lines = opened.rows.map((row) => canonicalLine(row)).join('');
    expect(again.hash).toBe(createHash('sha256').update(lines).digest('hex'));
    // It is a decision like any other, and can be taken back.
    const back = await clock.runUntil(
      plans.decide(again.planId, { kind: 'as-found', rows: at(2) }, org.session),
    );
    expect(back.plan).toMatchObject({ revoke: 3 });
  });

  it('does not let a choice send somebody twice, in whatever order it is made and taken back', async () => {
    const { resolve, decide, rows } = reviewer();
    await resolve('twin@example.org', userId(20), userId(1));
    await decide({ kind: 'choose', row: 0, userId: userId(20) });
    expect(say(rows())).toEqual(['duplicate', 'revoke', 'revoke']);
    await decide({ kind: 'keep-back', rows: at(1) });
    expect(say(rows())).toEqual(['duplicate', 'by-you', 'revoke']);
    await decide({ kind: 'choose', row: 0, userId: userId(21) });
    expect(say(rows())).toEqual(['revoke', 'by-you', 'revoke']);
  });

  it('asks the rules about tokens and calls for who is chosen too', async () => {
    const { resolve, decide, rows } = reviewer({ noToken: { kind: 'never' }, onCall: false });
    await resolve('twin@example.org');
    await decide({ kind: 'choose', row: 0, userId: userId(20) });
    expect(say(rows())).toEqual(['no-token']);
  });

  it('refuses what does not fit, and changes nothing', async () => {
    const { resolve, decide, plans, org, planId } = reviewer();
    await resolve(userId(0), 'twin@example.org');
    const invalid = { error: { code: 'invalid-input' } };
    for (const rows of [
      [[0, 3]],
      [
        [1, 1],
        [0, 1],
      ],
      [
        [0, 2],
        [1, 1],
      ],
    ] as const)
      // oxfmt-ignore
      await expect(decide({ kind: 'keep-back', rows })).rejects.toMatchObject(invalid);
    await expect(decide({ kind: 'choose', row: 1, userId: userId(3) })).rejects.toMatchObject(invalid);
    await expect(decide({ kind: 'choose', row: 0, userId: userId(0) })).rejects.toMatchObject({
      error: { code: 'no-such-item' },
    });
    const former = planId();
    await decide({ kind: 'keep-back', rows: at(0) });
    // The plan before the decision is gone: nothing that was confirmed for it can be run.
    expect(() => plans.find(former)).toThrow();
    await expect(plans.decide(former, { kind: 'keep-back', rows: at(0) }, org.session)).rejects.toMatchObject(
      { error: { code: 'no-such-item' } },
    );
  });

  it('keeps these laws for any decisions: nobody twice, nobody whom the look-up keeps back, nobody lost', async () => {
    const lines = [
      ...[0, 1, 2, 3, 4, 7, 20, 55].map(userId),
      'twin@example.org',
      'user2@example.org',
      'junk',
    ];
    const rows = fc
      .uniqueArray(fc.nat(lines.length - 1), { minLength: 1 })
      .map((some) => at(...some.toSorted((a, b) => a - b)));
    const decision: fc.Arbitrary<ReviewDecision> = fc.oneof(
      rows.map((some) => ({ kind: 'keep-back' as const, rows: some })),
      rows.map((some) => ({ kind: 'only' as const, rows: some })),
      rows.map((some) => ({ kind: 'as-found' as const, rows: some })),
      fc
        .constantFrom(userId(20), userId(21), null)
        .map((id) => ({ kind: 'choose' as const, row: 8, userId: id })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(decision, { maxLength: 6 }), async (decisions) => {
        const { resolve, decide, rows: now, summary } = reviewer();
        await resolve(...lines);
        const first = now();
        for (const one of decisions) await decide(one);
        const going = now().flatMap(({ decision: { kind }, userId: id }) => (kind === 'revoke' ? [id] : []));
        expect(new Set(going).size).toBe(going.length);
        expect(going).not.toContain(OPERATOR);
        expect(now().map(({ input }) => input)).toEqual(first.map(({ input }) => input));
        expect(summary().revoke).toBe(going.length);
        for (const { index, decision: was } of first)
          if (was.kind === 'kept-back' && was.reason !== 'ambiguous')
            expect(now()[index]?.decision).toEqual(was);
      }),
      { numRuns: 60 },
    );
  });

  it('is one short step for 100,000 rows', async () => {
    const { reviewedRows, decideAbout, NO_REVIEW, changesOf } = await import('./review.ts');
    const many = Array.from({ length: 100_000 }, (_, index): PlanRow => ({
      index,
      input: `user${index}@example.org`,
      ...fakeUser(index),
      userId: userId(index),
      decision: { kind: 'revoke' },
    }));
    const review = decideAbout(many, NO_REVIEW, { kind: 'only', rows: [[5, 1]] });
    const after = reviewedRows(many, review);
    const { keptBack, rows } = changesOf(many, after);
    expect([keptBack.length, rows]).toEqual([99_999, []]);
    expect(after[5]).toBe(many[5]);
  });
});
