import { describe, expect, it } from 'vitest';
import type { ProtectedEntry, TargetSource } from '../../../shared/plan.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { listsForTests } from '../lists/testing.ts';
import { createFakeOrg, fakeUser, userId } from '../testing/fake-org.ts';
import { createPlans } from './plans.ts';
import { checkProtected } from './protected-status.ts';
import { createSavedPlans } from './saved.ts';

const people = Array.from({ length: 6 }, (_, n) => fakeUser(n));
const sets = new Map([
  ['night', [userId(0), userId(1)]],
  ['late', [userId(2)]],
]);
const group = (id: string): TargetSource => ({ kind: 'group', id, name: id });

function planner(
  counted: ReadonlyMap<string, number | 'unsteady'>,
  protectedEntries: readonly ProtectedEntry[] = [],
) {
  const clock = createManualClock();
  const lists = listsForTests(() => 0.5);
  const plans = createPlans({
    lists,
    saved: createSavedPlans(() => 0.5),
    protectedEntries: () => Promise.resolve(protectedEntries),
    clock,
    random: () => 0.5,
    onProgress: () => undefined,
  });
  const usernames = new Map([
    [userId(3), 'login3@corp.example'],
    [userId(4), 'login4@corp.example'],
  ]);
  const org = createFakeOrg({ users: people, clock, sets, counted, usernames, operatorId: null });
  const resolve = async (...include: TargetSource[]) => {
    const summary = await clock.runUntil(plans.resolve({ include, exclude: [] }, org.session));
    return { summary, rows: plans.find(summary.planId).rows };
  };
  return { clock, lists, org, resolve };
}

describe('a group that counts three and shows two', () => {
  const counted = new Map([['night', 3]] as const);

  it('is chosen as it is shown, and the plan says the difference', async () => {
    const { summary, rows } = await planner(counted).resolve(group('night'));
    expect(rows.map(({ userId: id }) => id)).toEqual([userId(0), userId(1)]);
    expect(summary.differences).toEqual([{ what: 'night', counted: 3, shown: 2 }]);
  });

  it('protects those who are shown, and says the difference in the plan and beside the entry', async () => {
    const entry = { kind: 'group', id: 'night', label: 'Night' } as const;
    const { clock, org, resolve } = planner(counted, [entry]);
    const { summary, rows } = await resolve(group('late'), group('night'));
    expect(rows.map(({ decision }) => decision.kind)).toEqual(['revoke', 'kept-back', 'kept-back']);
    expect(summary.differences).toContainEqual({ what: 'Group Night', counted: 3, shown: 2 });
    const [status] = await clock.runUntil(checkProtected([entry], org.directory));
    expect(status?.found).toEqual({ kind: 'users', users: 2, name: 'Night', counted: 3 });
  });
});

describe('a group that is never the same', () => {
  const counted = new Map([['night', 'unsteady']] as const);

  it('cannot be chosen', async () => {
    await expect(planner(counted).resolve(group('night'))).rejects.toMatchObject({
      error: { code: 'directory-changed' },
    });
  });

  it('protects whoever was in it', async () => {
    const { resolve } = planner(counted, [{ kind: 'group', id: 'night', label: 'Night' }]);
    const { summary, rows } = await resolve(group('late'), { kind: 'user', id: userId(1), name: 'One' });
    expect(rows.map(({ decision }) => decision.kind)).toEqual(['revoke', 'kept-back']);
    expect(summary.differences).toEqual([{ what: 'Group Night', counted: null, shown: 2 }]);
  });
});

describe('an address that somebody only signs in with', () => {
  it('finds them, and the row says so; one that is protected protects them', async () => {
    const { lists, resolve } = planner(new Map(), [{ kind: 'email', email: 'LOGIN4@corp.example' }]);
    const text = 'user1@example.org\nlogin3@corp.example\nLogin4@corp.example\nnobody@corp.example';
    const { listId } = await lists.fromText(text);
    const { rows } = await resolve({ kind: 'list', listId, column: 0 });
    expect(rows.map(({ decision }) => decision)).toEqual([
      { kind: 'revoke' },
      { kind: 'revoke', note: 'Found by username' },
      { kind: 'kept-back', reason: 'protected', note: 'By username; found by username' },
      { kind: 'kept-back', reason: 'not-found', note: null },
    ]);
  });
});
