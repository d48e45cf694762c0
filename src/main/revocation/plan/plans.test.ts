import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanProgress, PlanRow, PlanSummary, Selection } from '../../../shared/plan.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { listsForTests } from '../lists/testing.ts';
import type { DirectoryUser, RevocationSession } from '../ports.ts';
import { createFakeOrg, fakeUser, userId } from '../testing/fake-org.ts';
import { canonicalLine } from './plan-file.ts';
import { confirmationText } from './confirmation.ts';
import { createPlans } from './plans.ts';
import { createSavedPlans } from './saved.ts';

const counter = (): (() => number) => {
  let n = 0;
  return () => ((n += 7) % 36) / 36;
};

function planner(users: readonly DirectoryUser[], operatorId?: string | null) {
  const clock = createManualClock();
  const progress: PlanProgress[] = [];
  const lists = listsForTests(counter());
  const plans = createPlans({
    lists,
    saved: createSavedPlans(counter()),
    protectedEntries: () => Promise.resolve([]),
    clock,
    random: counter(),
    onProgress: (p) => progress.push(p),
  });
  const org = createFakeOrg({ users, clock, ...(operatorId !== undefined && { operatorId }) });
  const select = async (include: string[], exclude: string[] = []): Promise<Selection> => {
    const source = async (text: string) => ({
      kind: 'list' as const,
      listId: (await lists.fromText(text)).listId,
      column: 0,
    });
    return {
      include: await Promise.all(include.map(source)),
      exclude: await Promise.all(exclude.map(source)),
    };
  };
  const resolve = (selection: Selection, session: RevocationSession = org.session): Promise<PlanSummary> =>
    clock.runUntil(plans.resolve(selection, session));
  const rowsOf = async (text: string, except: string[] = []): Promise<readonly PlanRow[]> =>
    plans.find((await resolve(await select([text], except))).planId).rows;
  return { clock, progress, plans, org, select, resolve, rowsOf };
}

const decisions = (rows: readonly PlanRow[]): string[] =>
  rows.map(({ decision }) => (decision.kind === 'revoke' ? 'revoke' : decision.reason));

describe('resolving a selection', () => {
  const people = [
    fakeUser(1),
    fakeUser(2, { state: 'inactive' }),
    fakeUser(3, { state: 'deleted' }),
    fakeUser(4, { email: 'twin@example.org' }),
    fakeUser(5, { email: 'Twin@example.org', state: 'inactive' }),
    fakeUser(6, { email: 'old@example.org', state: 'deleted' }),
    fakeUser(7, { email: 'old@example.org' }),
    fakeUser(8, { name: 'Olive' }),
  ];

  it('gives every row one decision, with its reason', async () => {
    const { rowsOf } = planner(people, userId(8));
    const rows = await rowsOf(
      [
        userId(1),
        'USER2@example.org',
        userId(3),
        'twin@example.org',
        'old@example.org',
        'user8@example.org',
        'nobody@example.org',
        userId(77),
        'what?',
        'user1@example.org',
        'nobody@example.org',
      ].join('\n'),
    );
    expect(decisions(rows)).toEqual([
      'revoke',
      'revoke',
      'deleted',
      'ambiguous',
      'revoke',
      'yourself',
      'not-found',
      'not-found',
      'unreadable',
      'duplicate',
      'duplicate',
    ]);
    expect(rows[4]?.userId).toBe(userId(7));
    expect(rows[3]?.decision).toMatchObject({ note: expect.stringContaining(userId(5)) as string });
    expect(rows[9]?.decision).toMatchObject({ note: 'Same as row 1' });
  });

  it('knows nobody as yourself with client credentials', async () => {
    const { rowsOf } = planner(people, null);
    expect(decisions(await rowsOf(userId(8)))).toEqual(['revoke']);
  });

  it('spares everyone an exception can mean, and says which exceptions mean nobody', async () => {
    const { resolve, select, plans } = planner(people);
    const summary = await resolve(
      await select([`${userId(1)}\n${userId(4)}\n${userId(5)}`], ['twin@example.org\nnobody@example.org']),
    );
    expect(decisions(plans.find(summary.planId).rows)).toEqual(['revoke', 'excluded', 'excluded']);
    expect(summary.sourceText).toContain('1 entry of the exceptions matches nobody');
  });

  it('is frugal: 10,000 addresses take 200 calls, and progress is told in steps', async () => {
    const users = Array.from({ length: 10_000 }, (_, n) => fakeUser(n));
    const { resolve, select, progress } = planner(users, null);
    const summary = await resolve(await select([users.map((u) => u.email).join('\n')]));
    expect(summary).toMatchObject({
      revoke: 10_000,
      callsUsed: 200,
      confirmationText: 'REVOKE 10000 IN Aurora Ltd',
    });
    expect(summary.estimatedSeconds).toBe(2_000);
    expect(summary.byDivision).toEqual([
      { division: 'Home', users: 5_000 },
      { division: 'Sales', users: 5_000 },
    ]);
    expect(progress.length).toBeLessThanOrEqual(105);
    expect(progress.filter((p) => p.phase === 'resolving').at(-1)).toMatchObject({
      done: 10_000,
      calls: 200,
    });
  });

  it('fails as a whole when one batch fails, and is nobody when nothing is chosen', async () => {
    const { org, resolve, select } = planner(people);
    const broken: RevocationSession = {
      ...org.session,
      directory: { ...org.directory, usersByEmails: () => Promise.reject(new Error('No answer')) },
    };
    await expect(resolve(await select([`${userId(1)}\nuser2@example.org`]), broken)).rejects.toThrow(
      'No answer',
    );
    await expect(resolve({ include: [], exclude: [] })).rejects.toMatchObject({
      error: { code: 'nothing-selected' },
    });
    await expect(
      resolve({ include: [{ kind: 'list', listId: 'gone', column: 0 }], exclude: [] }),
    ).rejects.toMatchObject({ error: { code: 'no-such-item' } });
  });

  it('can be cancelled, and a new one takes the place of the one before', async () => {
    const { clock, org, plans, select, resolve } = planner(people);
    const first = plans.resolve(await select([userId(1)]), org.session);
    const cancelled = expect(first).rejects.toMatchObject({ error: { code: 'cancelled' } });
    const second = plans.resolve(await select([userId(2)]), org.session);
    await expect(clock.runUntil(second)).resolves.toMatchObject({ revoke: 1 });
    await cancelled;
    const third = plans.resolve(await select([userId(2)]), org.session);
    plans.cancelResolving();
    await expect(clock.runUntil(third)).rejects.toMatchObject({ error: { code: 'cancelled' } });
    await expect(resolve(await select([userId(2)]))).resolves.toMatchObject({ revoke: 1 });
  });

  it('keeps these laws for any list', async () => {
    const users = Array.from({ length: 12 }, (_, n) =>
      fakeUser(n, {
        state: n % 5 === 4 ? 'deleted' : 'active',
        ...(n % 6 === 0 && { email: 'shared@example.org' }),
      }),
    );
    const input = fc.oneof(
      fc.nat(14).map(userId),
      fc.nat(14).map((n) => `USER${n}@example.org`),
      fc.constantFrom('shared@example.org', 'junk', '  who?'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(input, { minLength: 1, maxLength: 40 })
          .chain((list) =>
            fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
          ),
        async ([list, shuffled]) => {
          const { rowsOf } = planner(users, userId(1));
          const rows = await rowsOf(list.join('\n'));
          const going = (of: readonly PlanRow[]): string[] =>
            of.flatMap((r) => (r.decision.kind === 'revoke' ? [r.userId ?? 'no id'] : [])).sort();
          expect(rows.map((r) => r.index)).toEqual(list.map((_, n) => n));
          expect(new Set(going(rows)).size).toBe(going(rows).length);
          expect(going(rows)).not.toContain(userId(1));
          expect(going(rows)).not.toContain('no id');
          expect(going(await rowsOf(shuffled.join('\n')))).toEqual(going(rows));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('names itself by a hash of its rows, as their file will have it', async () => {
    const { resolve, select, plans } = planner(people);
    const summary = await resolve(await select([`${userId(1)}\nuser2@example.org`]));
    const file = plans.find(summary.planId).rows.map(canonicalLine).join('');
    expect(summary.hash).toBe(createHash('sha256').update(file).digest('hex'));
    const other = await resolve(await select([`user2@example.org\n${userId(1)}`]));
    expect(other.hash).not.toBe(summary.hash);
  });
});

describe('the typed confirmation', () => {
  it('grows with the damage', () => {
    expect([0, 1, 9, 10, 49, 50].map((n) => confirmationText(n, ' Aurora  Ltd'))).toEqual([
      '',
      '',
      '',
      'REVOKE 10',
      'REVOKE 49',
      'REVOKE 50 IN Aurora Ltd',
    ]);
  });
});
