import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRandom } from '../../hardening/scale.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createFakeOrg, fakeUser, userId } from '../testing/fake-org.ts';
import { createTestRevocation, planList, runToItsEnd } from '../testing/test-revocation.ts';

const random = createRandom(1);

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rows-with-a-note-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Two users, of whom one is found by the name they sign in with: the row says so in a note. */
function setUp() {
  const clock = createManualClock(Date.parse('2026-11-26T09:00:00Z'));
  const org = createFakeOrg({
    users: [fakeUser(0), fakeUser(1)],
    clock,
    usernames: new Map([[userId(1), 'ana@sign-in.example']]),
  });
  const newApp = () =>
    createTestRevocation({
      runsDir: () => join(folder, 'runs'),
      clock,
      random,
      session: () => org.session,
    });
  const start = async (app: ReturnType<typeof newApp>): Promise<string> => {
    const { planId } = await planList(app, clock, `${userId(0)}\nana@sign-in.example`);
    const request = { planId, dryRun: false, reason: 'Leak', ticket: '', confirmation: '' };
    return (await clock.runUntil(app.start(request))).runId;
  };
  return { clock, org, newApp, start };
}

describe('a run with a row that goes and has a note', () => {
  it('is whole when it has ended', async () => {
    const { clock, org, newApp, start } = setUp();
    const app = newApp();
    const runId = await start(app);
    await runToItsEnd(app, clock);
    expect(org.revoked.size).toBe(2);
    expect(await app.listRuns()).toMatchObject([
      { runId, damage: null, users: 2, counts: { revoked: 2, 'not-attempted': 0 } },
    ]);
  });

  it('is resumed after the app was closed', async () => {
    const { clock, org, newApp, start } = setUp();
    const first = newApp();
    const runId = await start(first);
    await clock.runUntil(first.shutdown());
    const second = newApp();
    expect(await second.listRuns()).toMatchObject([{ state: { kind: 'interrupted' }, damage: null }]);
    await clock.runUntil(second.readyToResume(runId).then(({ what }) => second.resume(runId, what)));
    await runToItsEnd(second, clock);
    expect(org.revoked.size).toBe(2);
    expect(await second.listRuns()).toMatchObject([{ counts: { revoked: 2, failed: 0 } }]);
  });
});
