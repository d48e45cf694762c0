import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanRow, ProtectedEntry, Selection, TargetSource } from '../../../shared/plan.ts';
import { AppFailure, failure } from '../../failure.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { listsForTests, seeded } from '../lists/testing.ts';
import type { Directory, DirectoryUser, RevocationSession } from '../ports.ts';
import { createFakeOrg, fakeUser, revokeRows, userId } from '../testing/fake-org.ts';
import { hashRows } from './plan-file.ts';
import { createPlans } from './plans.ts';
import { createSavedPlans, planFile } from './saved.ts';
import { textOf } from '../testing/text-of.ts';

const OPERATOR = userId(3);
const people: readonly DirectoryUser[] = Array.from({ length: 24 }, (_, n) =>
  fakeUser(n, { state: n % 8 === 7 ? 'deleted' : n % 8 === 6 ? 'inactive' : 'active' }),
);
const ids = (...numbers: readonly number[]): readonly string[] => numbers.map(userId);
const sets = new Map([
  ['night', ids(0, 1, 2, 3)],
  ['late', ids(2, 3, 4, 5, 6)],
  ['bosses', ids(4, 20)],
]);
const tokens = new Map([
  [userId(0), '2026-11-10T12:00:00.000Z'],
  [userId(1), '2026-06-01T12:00:00.000Z'],
  [userId(2), '2026-11-20T12:00:00.000Z'],
]);

function planner(protectedList: () => Promise<readonly ProtectedEntry[]> = () => Promise.resolve([])) {
  const clock = createManualClock();
  const lists = listsForTests(seeded());
  const saved = createSavedPlans(seeded());
  const plans = createPlans({
    lists,
    saved,
    protectedEntries: protectedList,
    clock,
    random: seeded(),
    onProgress: () => undefined,
  });
  const org = createFakeOrg({
    users: people,
    clock,
    operatorId: OPERATOR,
    sets,
    tokens,
    onCall: new Set([userId(1)]),
  });
  const resolve = (selection: Partial<Selection>, session: RevocationSession = org.session) =>
    clock.runUntil(plans.resolve({ include: [], exclude: [], ...selection }, session));
  const rowsOf = async (selection: Partial<Selection>): Promise<readonly PlanRow[]> =>
    plans.find((await resolve(selection)).planId).rows;
  return { clock, lists, saved, plans, org, resolve, rowsOf };
}

const group = (id: string): TargetSource => ({ kind: 'group', id, name: id });
const going = (rows: readonly PlanRow[]): readonly (string | null)[] =>
  rows.flatMap(({ decision, userId: id }) => (decision.kind === 'revoke' ? [id] : []));
const kept = (rows: readonly PlanRow[]): Record<string, string> =>
  Object.fromEntries(
    rows.flatMap(({ decision, userId: id, input }) =>
      decision.kind === 'kept-back' ? [[id ?? input, decision.reason]] : [],
    ),
  );

describe('sources', () => {
  it('add and subtract; who is in two of them is one row, and an exception is only shown where it mattered', async () => {
    const { resolve, plans } = planner();
    const summary = await resolve({ include: [group('night'), group('late')], exclude: [group('bosses')] });
    const { rows } = plans.find(summary.planId);
    expect(going(rows)).toEqual(ids(0, 1, 2, 5, 6));
    expect(kept(rows)).toEqual({ [OPERATOR]: 'yourself', [userId(4)]: 'excluded' });
    expect(summary.sources.map(({ role, users }) => [role, users])).toEqual([
      ['include', 4],
      ['include', 5],
      ['exclude', 2],
    ]);
    expect(summary.sourceText).toBe('night and late except bosses');
  });

  it('read roles, divisions, states, searches and rules about tokens', async () => {
    const { rowsOf } = planner();
    const of = async (source: TargetSource) => going(await rowsOf({ include: [source] }));
    expect(await of({ kind: 'role', id: 'bosses', name: 'Boss' })).toEqual(ids(4, 20));
    expect(await of({ kind: 'state', state: 'inactive' })).toEqual(ids(6, 14, 22));
    expect(await of({ kind: 'division', id: 'Sales', name: 'Sales', inactive: true })).toEqual(
      people.filter((u, n) => n % 2 === 1 && u.state !== 'deleted' && u.id !== OPERATOR).map(({ id }) => id),
    );
    expect(await of({ kind: 'search', field: 'email', text: 'USER20@' })).toEqual(ids(20));
    const rule = { kind: 'since', day: '2026-11-01' } as const;
    expect(await of({ kind: 'token', rule, inactive: true })).toEqual(ids(0, 2));
    const before = { kind: 'before', day: '2026-11-01' } as const;
    expect(await of({ kind: 'token', rule: before, inactive: true })).toEqual(ids(1));
    expect((await of({ kind: 'everyone', inactive: false })).length).toBe(17);
  });

  it('are nobody when they are empty, unreadable or gone, with the reason', async () => {
    const { resolve } = planner();
    const code = (include: readonly TargetSource[]) =>
      resolve({ include }).then(
        () => 'resolved',
        (error: unknown) => {
          if (!(error instanceof AppFailure)) throw error;
          return [error.error.code, error.error.subject, error.error.source?.index];
        },
      );
    expect(await code([])).toEqual(['nothing-selected', undefined, undefined]);
    expect(await code([{ kind: 'search', field: 'name', text: '  ' }])).toContain('nothing-selected');
    expect(await code([{ kind: 'search', field: 'name', text: 'nobody has this' }])).toContain(
      'nothing-selected',
    );
    expect(await code([group('night'), group('gone')])).toEqual(['not-found', 'gone', 1]);
    const rule = { kind: 'since', day: '2026-02-30' } as const;
    expect(await code([{ kind: 'token', rule, inactive: false }])).toContain('invalid-input');
  });

  it('are read once in a sitting, until they shall be read again', async () => {
    const { resolve } = planner();
    const include = [group('night'), { kind: 'everyone', inactive: true } as const];
    expect((await resolve({ include })).callsUsed).toBe(3);
    expect((await resolve({ include, exclude: [group('late')] })).callsUsed).toBe(1);
    expect((await resolve({ include, readAgain: true })).callsUsed).toBe(3);
  });
});

describe('kept back', () => {
  it('are those without a token, and those on a call, when it is asked for', async () => {
    const { rowsOf } = planner();
    const include = [group('night')];
    const since = { noToken: { kind: 'since', day: '2026-11-01' }, onCall: false } as const;
    expect(kept(await rowsOf({ include, keepBack: since }))).toEqual({
      [OPERATOR]: 'yourself',
      [userId(1)]: 'no-token',
    });
    const onCall = { noToken: { kind: 'never' }, onCall: true } as const;
    expect(kept(await rowsOf({ include: [group('late')], keepBack: onCall }))).toMatchObject({
      [userId(5)]: 'no-token',
    });
    expect(kept(await rowsOf({ include, keepBack: { noToken: null, onCall: true } }))).toMatchObject({
      [userId(1)]: 'on-call',
    });
  });

  it('are the protected, by id, address, group and role; what is gone is said', async () => {
    const entries: readonly ProtectedEntry[] = [
      { kind: 'user', id: userId(0).toUpperCase(), label: 'Ana' },
      { kind: 'email', email: 'USER1@example.org' },
      { kind: 'email', email: 'mistyped@example.org' },
      { kind: 'group', id: 'bosses', label: 'Bosses' },
      { kind: 'role', id: 'no-more', label: 'Old role' },
    ];
    const { resolve, plans } = planner(() => Promise.resolve(entries));
    const summary = await resolve({ include: [group('night'), group('late')] });
    const { rows } = plans.find(summary.planId);
    expect(going(rows)).toEqual(ids(2, 5, 6));
    expect(kept(rows)).toMatchObject({ [userId(0)]: 'protected', [userId(4)]: 'protected' });
    expect(summary.protectedMissing).toEqual(['Role Old role', 'mistyped@example.org']);
  });

  it('cannot be worked out while the protected list cannot be read: then there is no plan', async () => {
    const { resolve } = planner(() => Promise.reject(failure('protected-unreadable', 'Broken')));
    await expect(resolve({ include: [group('night')] })).rejects.toMatchObject({
      error: { code: 'protected-unreadable', subject: 'Protected users' },
    });
  });

  it('is not the operator who asks to go too, but for protection and exceptions', async () => {
    const { resolve } = planner();
    const include = [group('night')];
    expect((await resolve({ include, includeYourself: true })).revokesYourself).toBe(true);
    expect((await resolve({ include })).revokesYourself).toBe(false);
    const spared = await resolve({ include, exclude: [group('late')], includeYourself: true });
    expect(spared.revokesYourself).toBe(false);
  });
});

describe('a saved plan', () => {
  it('comes back as those whom it would revoke; changed, cut or of another org it is refused', async () => {
    const { resolve, plans, saved, org, rowsOf } = planner();
    const summary = await resolve({ include: [group('night')] });
    const text = await textOf(planFile(plans.find(summary.planId)));
    const open = (file: string, session: RevocationSession = org.session) =>
      saved.open('plan.jsonl', Buffer.from(file), session);
    const code = async (work: Promise<unknown>): Promise<string> =>
      work.then(
        () => 'opened',
        (error: unknown) => (error as { error: { code: string } }).error.code,
      );
    const preview = await open(text);
    expect(preview).toMatchObject({ users: 3 });
    expect(JSON.parse(text.split('\n', 1)[0] ?? '')).toMatchObject({ hash: summary.hash });
    const rows = await rowsOf({ include: [{ kind: 'plan', savedPlanId: preview.savedPlanId }] });
    expect(going(rows)).toEqual(ids(0, 1, 2));

    const elsewhere = createFakeOrg({ users: [], clock: createManualClock(), organizationId: 'org-2' });
    expect(await code(open(text, elsewhere.session))).toBe('other-organization');
    expect(await code(open('id,name\n1,2\n'))).toBe('plan-damaged');
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom('', 'x', '0'), async (at, put) => {
        const changed = text.slice(0, at) + put + text.slice(at + 1);
        const head = text.indexOf('\n');
        // The hash is over the rows: of the heading, only what decides is checked.
        fc.pre(changed !== text && at > head);
        expect(await code(open(changed))).toBe('plan-damaged');
      }),
      { numRuns: 60 },
    );
  });
});

describe('a large file in the place of a saved plan', () => {
  it('is saved and read in short turns, so that main goes on answering', async () => {
    const rows = revokeRows(30_000);
    const { saved, org } = planner();
    let turns = 0;
    const other = setInterval(() => (turns += 1), 0);
    const text = await textOf(
      planFile({
        summary: { createdAt: '2026-01-05T09:00:00.000Z', sourceText: '', hash: await hashRows(rows) },
        rows,
        owner: { orgId: org.session.connection.organization.id },
        organizationName: 'Acme',
      }),
    );
    const savingTook = turns;
    const { users } = await saved.open('plan.jsonl', Buffer.from(text), org.session);
    clearInterval(other);
    expect(users).toBe(30_000);
    expect(savingTook).toBeGreaterThan(3);
    // More than one turn for each half MB.
    expect(turns - savingTook).toBeGreaterThan(text.length / 500_000);
  });

  it.each([
    ['without a line', Buffer.alloc(100_000_000, '{')],
    ['of nothing but lines', Buffer.alloc(20_000_000, '\n')],
    ['of one deep line', Buffer.concat([Buffer.alloc(900_000, '['), Buffer.from('\n')])],
  ])('%s is refused', async (_what, bytes) => {
    const { saved, org } = planner();
    await expect(saved.open('plan.jsonl', bytes, org.session)).rejects.toMatchObject({
      error: { code: 'plan-damaged' },
    });
  });
});

describe('for any choice and any failure', () => {
  const source = fc.oneof(
    fc.constantFrom(group('night'), group('late'), group('bosses')),
    fc.constantFrom<TargetSource>(
      { kind: 'state', state: 'active' },
      { kind: 'everyone', inactive: true },
      { kind: 'search', field: 'name', text: 'User 1' },
      { kind: 'role', id: 'late', name: 'Late' },
      { kind: 'division', id: 'Home', name: 'Home', inactive: false },
    ),
  );
  const choice = fc.record({
    include: fc.array(source, { minLength: 1, maxLength: 3 }),
    exclude: fc.array(source, { maxLength: 2 }),
    includeYourself: fc.boolean(),
  });

  it('the set is the union without the exceptions, or there is none: never smaller, never larger', async () => {
    await fc.assert(
      fc.asyncProperty(choice, fc.nat(12), async (selection, failAt) => {
        const alone = async (source: TargetSource): Promise<readonly (string | null)[]> =>
          going(await planner().rowsOf({ include: [source], includeYourself: true }));
        const included = new Set((await Promise.all(selection.include.map(alone))).flat());
        const excluded = new Set((await Promise.all(selection.exclude.map(alone))).flat());
        const expected = [...included].filter(
          (id) => !excluded.has(id) && (selection.includeYourself || id !== OPERATOR),
        );

        const { clock, org, plans } = planner();
        let asked = 0;
        const unsteady = new Proxy<Directory>(org.directory, {
          get: (directory, name: keyof Directory) => {
            const value: unknown = Reflect.get(directory, name);
            if (typeof value !== 'function') return value;
            return (...args: never[]) =>
              (asked += 1) === failAt
                ? Promise.reject(failure('server-failed', 'At random'))
                : (value as (...all: never[]) => unknown)(...args);
          },
        });
        const session = { ...org.session, directory: unsteady };
        const outcome = await clock.runUntil(plans.resolve(selection, session)).then(
          (summary) => [...going(plans.find(summary.planId).rows)].sort(),
          () => 'failed' as const,
        );
        if (failAt > 0 && asked >= failAt) expect(outcome).toBe('failed');
        else expect(outcome).toEqual([...expected].sort());
        // Nothing half-read stays behind: asked again, it is whole.
        const again = await clock.runUntil(plans.resolve(selection, org.session));
        expect([...going(plans.find(again.planId).rows)].sort()).toEqual([...expected].sort());
      }),
      { numRuns: 50 },
    );
  });
});
