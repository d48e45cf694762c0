import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createRandom } from '../../hardening/scale.ts';
import { createFakeOrg, fakeUser, userId } from '../../revocation/testing/fake-org.ts';
import { createTestRevocation, planList } from '../../revocation/testing/test-revocation.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { startRunDialog } from './runs.ts';

it('says of a plan that lies for half an hour when its users were looked up', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'old-plan-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const clock = createManualClock(Date.parse('2026-11-26T09:00:00Z'));
  const org = createFakeOrg({ users: [fakeUser(0)], clock });
  const app = createTestRevocation({
    runsDir: () => join(folder, 'runs'),
    clock,
    random: createRandom(1),
    session: () => org.session,
  });
  const { planId, createdAt } = await planList(app, clock, userId(0));
  const request = { planId, dryRun: false, reason: 'Leak', ticket: '', confirmation: '' };
  const { what, session } = await app.readyToStart(request);
  const detailAfter = (minutes: number) =>
    startRunDialog(what, session, 10, Date.parse(createdAt) + minutes * 60_000).detail.join('\n');
  expect(detailAfter(29)).not.toContain('Looked up');
  expect(detailAfter(30)).toContain('Looked up Nov 26, 2026');
});
