import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepOutDialog } from '../../consent/dialogs/keep-out.ts';
import type { KeepOutRequest, KeepOutSummary } from '../../../shared/keep-out.ts';
import type { ProtectedEntry } from '../../../shared/plan.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import type { RevocationSession } from '../ports.ts';
import { createFakeOrg, fakeUser, userId } from '../testing/fake-org.ts';
import { createTestRevocation, planList, runToItsEnd } from '../testing/test-revocation.ts';
import { createRandom } from '../../hardening/scale.ts';

/** Chance, the same each time. One for the file: what it names is named once. */
const random = createRandom(1);

const USERS = 4;
const MINUTE = 60_000;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keep-out-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** An app over the same folder and org: a second one is the app after a crash or a quit. */
function setUp(
  clock = createManualClock(Date.parse('2026-11-26T09:00:00Z')),
  tokens = new Map<string, string>(),
  operatorId: string | null = null,
  aheadMs = 0,
) {
  const users = Array.from({ length: USERS }, (_, n) => fakeUser(n));
  const org = createFakeOrg({ users, clock, tokens, operatorId, aheadMs });
  let session: RevocationSession | null = org.session;
  let protectedUsers: readonly ProtectedEntry[] = [];
  const told: KeepOutSummary[] = [];
  const app = createTestRevocation({
    ...{ clock, random, runsDir: () => join(folder, 'runs') },
    ...{ session: () => session, protectedEntries: () => Promise.resolve(protectedUsers) },
    onKeepOut: (summary) => told.push(summary),
  });
  /** A run that has revoked everybody. */
  const run = async (): Promise<string> => {
    const plan = await planList(app, clock, users.map(({ id }) => id).join('\n'));
    const { planId, confirmationText: confirmation } = plan;
    const request = { planId, dryRun: false, reason: 'Leak', ticket: 'INC-1', confirmation };
    const { runId } = await clock.runUntil(app.start(request));
    await runToItsEnd(app, clock);
    return runId;
  };
  const start = async (runId: string, over: Partial<KeepOutRequest> = {}): Promise<KeepOutSummary> => {
    const request = { runId, who: 'revoked', minutes: 60, ...over } as const;
    return clock.runUntil(app.keepOut.ready(request).then((agreed) => app.keepOut.start(agreed)));
  };
  const back = (n: number): void => void tokens.set(userId(n), new Date(clock.now() + aheadMs).toISOString());
  return {
    ...{ app, clock, org, tokens, told, run, start, back },
    signIn: (next: RevocationSession | null): void => {
      session = next;
    },
    protect: (entries: readonly ProtectedEntry[]): void => {
      protectedUsers = entries;
    },
  };
}

const code = (expected: string) => ({ error: { code: expected } });

describe('keeping out the users of a run', () => {
  it('is agreed to once, for these users and this time, and told as it goes', async () => {
    const { app, clock, org, told, run, start, back } = setUp();
    const runId = await run();
    const agreed = await clock.runUntil(app.keepOut.ready({ runId, who: 'revoked', minutes: 240 }));
    expect(keepOutDialog(agreed)).toMatchObject({
      message: 'Keep 4 users of Aurora Ltd out for 4 hours?',
      button: 'Keep 4 users out',
    });
    expect(keepOutDialog(agreed).detail.join('\n')).toContain('• User 0 (user0@example.org)');

    const { keepOutId } = await start(runId);
    expect(app.keepOut.activeRunId()).toBe(runId);
    expect(app.isBusy()).toBe(true);
    back(2);
    const before = org.requests.length;
    await clock.advance(2 * MINUTE);
    expect(org.requests.slice(before)).toEqual([userId(2)]);
    expect(told.at(-1)).toMatchObject({ runId, keepOutId, returns: 1, revoked: 1, users: USERS });
    expect(told.at(-1)?.back).toMatchObject([
      { userId: userId(2), name: 'User 2', returns: 1, problem: null },
    ]);
    expect(told.at(-1)?.about).toMatchObject({ reason: 'Leak', ticket: 'INC-1', operator: 'Olive Operator' });

    await clock.advance(60 * MINUTE);
    expect(app.keepOut.activeRunId()).toBeNull();
    const [summary] = await app.keepOut.list(runId);
    expect(summary).toMatchObject({
      state: { kind: 'finished' },
      endedWhy: 'Its time is over',
      damage: null,
    });
    expect(await app.keepOut.list(null)).toEqual([]);

    // It is part of what goes into the incident file.
    const json = JSON.parse(await app.report(runId, 'json')) as { readonly keptOut: unknown };
    expect(json.keptOut).toMatchObject([{ keepOutId, returns: 1, revoked: 1, endedWhy: 'Its time is over' }]);
    const html = await app.report(runId, 'html');
    expect(html).toContain('<h2>Kept out afterwards</h2>');
    expect(html).toContain(`User 2 ${userId(2)}`);
  });

  it('takes those of the last check alone when they are meant', async () => {
    const { app, clock, run, back } = setUp();
    const runId = await run();
    await expect(app.keepOut.ready({ runId, who: 'again', minutes: 15 })).rejects.toMatchObject(
      code('nothing-selected'),
    );
    await clock.advance(1_000);
    back(1);
    await clock.runUntil(app.verify(runId));
    const agreed = await clock.runUntil(app.keepOut.ready({ runId, who: 'again', minutes: 15 }));
    expect(agreed.users.map((user) => user.userId)).toEqual([userId(1)]);
  });

  it.each([-20 * MINUTE, 20 * MINUTE])(
    'sees who came back, and nobody else, where the server’s clock is ahead by %i ms',
    async (aheadMs) => {
      const { app, clock, run, start, back, told } = setUp(undefined, undefined, null, aheadMs);
      back(3);
      await clock.advance(5_000);
      const runId = await run();
      await clock.advance(5_000);
      back(1);
      await clock.runUntil(app.verify(runId));
      expect((await app.verifications(runId)).latest?.again).toMatchObject([{ index: 1 }]);
      await start(runId);
      await clock.advance(2 * MINUTE);
      back(2);
      await clock.advance(2 * MINUTE);
      expect(told.at(-1)?.back.map((user) => user.userId)).toEqual([userId(2), userId(1)]);
      expect(told.at(-1)).toMatchObject({ returns: 2, revoked: 2 });
    },
  );

  it('makes one list of those of the last check, whose run names this one', async () => {
    const { app, clock, run, back } = setUp();
    const runId = await run();
    await expect(app.againList(runId)).rejects.toMatchObject(code('nothing-selected'));
    await clock.advance(1_000);
    back(1);
    back(3);
    await clock.runUntil(app.verify(runId));
    const { listId, rows } = await app.againList(runId);
    expect(rows).toBe(2);
    const selection = { include: [{ kind: 'list' as const, listId, column: 0 }], exclude: [] };
    const plan = await clock.runUntil(app.resolvePlan(selection));
    expect(plan).toMatchObject({ revoke: 2 });
    const request = { planId: plan.planId, dryRun: false, reason: 'Again', ticket: '', confirmation: '' };
    const { runId: child } = await clock.runUntil(app.start(request));
    expect((await app.listRuns()).find((one) => one.runId === child)).toMatchObject({ parent: runId });
  });

  it('leaves protected users and the operator alone', async () => {
    const { app, clock, run, protect } = setUp(undefined, undefined, userId(0));
    const runId = await run();
    protect([{ kind: 'user', id: userId(1), label: 'User 1' }]);
    const agreed = await clock.runUntil(app.keepOut.ready({ runId, who: 'revoked', minutes: 15 }));
    expect(agreed.users.map((user) => user.userId)).toEqual([userId(2), userId(3)]);
  });

  it('goes on after the app has ended, when it is agreed to anew, and not under another org', async () => {
    const first = setUp();
    const runId = await first.run();
    const { keepOutId } = await first.start(runId);
    await first.clock.advance(MINUTE);
    const ending = first.app.shutdown();
    await first.clock.runUntil(ending);

    const second = setUp(first.clock, first.tokens);
    const [offered] = await second.app.keepOut.list(null);
    expect(offered).toMatchObject({ keepOutId, state: { kind: 'interrupted' } });
    second.back(3);
    await second.clock.advance(10 * MINUTE);
    expect(second.org.requests).toEqual([]);

    const other = createFakeOrg({ users: [], clock: second.clock, organizationId: 'org-2' });
    second.signIn(other.session);
    const key = { runId, keepOutId };
    await expect(second.app.keepOut.readyToResume(key)).rejects.toMatchObject(code('other-organization'));
    second.signIn(second.org.session);

    const agreed = await second.clock.runUntil(second.app.keepOut.readyToResume(key));
    expect(keepOutDialog(agreed).message).toMatch(/^Keep 4 users of Aurora Ltd out until /);
    await second.clock.runUntil(second.app.keepOut.resume(agreed));
    await second.clock.advance(MINUTE);
    expect(second.org.requests).toEqual([userId(3)]);
    // Until then, and no longer.
    await second.clock.advance(50 * MINUTE);
    expect(second.app.keepOut.activeRunId()).toBeNull();
  });

  it('does not get longer when the clock is set back before it goes on', async () => {
    const first = setUp();
    const { clock, tokens } = first;
    const runId = await first.run();
    const { keepOutId } = await first.start(runId);
    await clock.advance(50 * MINUTE);
    await clock.runUntil(first.app.shutdown());
    clock.setWallClock(clock.now() - 24 * 60 * MINUTE);

    const { app, org } = setUp(clock, tokens);
    await clock.runUntil(
      app.keepOut.readyToResume({ runId, keepOutId }).then((agreed) => app.keepOut.resume(agreed)),
    );
    expect(app.keepOut.activeRunId()).toBe(runId);
    await clock.advance(11 * MINUTE);
    expect(app.keepOut.activeRunId()).toBeNull();
    expect(org.requests).toEqual([]);
    expect(await app.keepOut.list(runId)).toMatchObject([{ endedWhy: 'Its time is over' }]);
  });

  it('is one at a time, and keeps its run from being deleted', async () => {
    const { app, clock, run, start } = setUp();
    const runId = await run();
    const { keepOutId } = await start(runId);
    await expect(app.keepOut.ready({ runId, who: 'revoked', minutes: 15 })).rejects.toMatchObject(
      code('run-active'),
    );
    await expect(app.deleteRun(runId)).rejects.toMatchObject(code('run-active'));
    const key = { runId, keepOutId };
    expect(app.keepOut.pause(key)).toMatchObject({ state: { kind: 'paused', reason: 'by-you' } });
    expect(await app.keepOut.continue(key)).toMatchObject({ state: { kind: 'running' } });
    expect(await clock.runUntil(app.keepOut.stop(key))).toMatchObject({
      state: { kind: 'cancelled' },
      endedWhy: 'Stopped by Olive Operator',
    });
    expect(app.isBusy()).toBe(false);
    const journal = await readFile(
      join(folder, 'runs', runId, 'keep-out', keepOutId, 'journal.jsonl'),
      'utf8',
    );
    const types = journal
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual([
      'header',
      ...Array<string>(USERS).fill('user'),
      ...Array<string>(4).fill('state'),
    ]);
    expect(await app.deleteRun(runId)).toEqual([]);
  });

  it('is stopped for good after an interruption too', async () => {
    const first = setUp();
    const runId = await first.run();
    const { keepOutId } = await first.start(runId);
    await first.clock.runUntil(first.app.shutdown());
    const second = setUp(first.clock, first.tokens);
    expect(await second.clock.runUntil(second.app.keepOut.stop({ runId, keepOutId }))).toMatchObject({
      state: { kind: 'cancelled' },
    });
    await expect(second.app.keepOut.readyToResume({ runId, keepOutId })).rejects.toMatchObject(
      code('no-such-item'),
    );
  });
});
