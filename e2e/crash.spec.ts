import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type RunningApp } from './support/app.ts';
import { answerMessageBoxes, questionsAsked } from './support/dialogs.ts';
import { countInteractions } from './support/interactions.ts';
import {
  callsPerUser,
  chipCounts,
  expectTruth,
  exportReport,
  fillConfirmation,
  ordinaryUsers,
  pasteAndReview,
  revokeButton,
  revokedCount,
} from './support/revocation.ts';
import { signInWithClient, statusLine } from './support/window.ts';

const USERS = 300;

/** 48 a second: slow enough to be in the middle of it when it counts, on a busy machine too. Answers take their time. */
test.use({ simulatorOptions: { limit: 3000, latency: [20, 60] } });

/** Users of the one run whose outcome is on the disk. A torn last line is none. */
async function settledOnDisk(profile: string): Promise<ReadonlySet<string>> {
  const [runId = ''] = await readdir(join(profile, 'runs'));
  const text = await readFile(join(profile, 'runs', runId, 'journal.jsonl'), 'utf8');
  const records = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { readonly type: string; readonly userId?: string });
  return new Set(records.flatMap(({ type, userId }) => (type === 'outcome' && userId ? [userId] : [])));
}

/** Asks main to close its window as the person's X does. */
const closeWindow = ({ electron }: RunningApp): Promise<void> =>
  electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });

test('closed, killed and quit in the middle of a run: it ends with the truth all the same', async ({
  launch,
  simulator,
  profile,
}) => {
  const first = await launch({ simulator });
  await signInWithClient(first.page, simulator, { label: 'Night watch', remember: true });

  await test.step('closing the window asks, and “Keep running” keeps it', async () => {
    await answerMessageBoxes(first.electron, 1);
    await pasteAndReview(first.page, ordinaryUsers(simulator, USERS).join('\n'));
    await fillConfirmation(first.page, 'Compromised accounts');
    await revokeButton(first.page).click();
    await expect.poll(() => revokedCount(simulator)).toBeGreaterThan(5);
    await answerMessageBoxes(first.electron, 0);
    await closeWindow(first);
    await expect.poll(() => questionsAsked(first.electron)).toHaveLength(1);
    expect(await questionsAsked(first.electron)).toMatchObject([
      { message: 'A revocation is running.', buttons: ['Keep running', 'Stop and quit'], defaultId: 0 },
    ]);
    const then = revokedCount(simulator);
    await expect.poll(() => revokedCount(simulator)).toBeGreaterThan(then + 10);
    await expect(first.page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  });

  await first.kill();
  const atKill = revokedCount(simulator);
  expect(atKill).toBeLessThan(USERS);
  const settledAtKill = await settledOnDisk(profile);

  const second = await launch({ simulator });
  await test.step('after kill -9 the run is offered, and goes on when told', async () => {
    await expect(statusLine(second.page)).toContainText('Signed in as Token administration');
    const offer = second.page.locator('.callout', { hasText: 'A run was interrupted' });
    await expect(offer).toBeVisible();
    // Nothing goes on by itself.
    expect(revokedCount(simulator)).toBe(atKill);
    const [, open = '0'] =
      /(\d+) of 300 users? ha(?:s|ve) no outcome yet/.exec(await offer.innerText()) ?? [];
    expect(Number(open)).toBe(USERS - settledAtKill.size);
    const counting = await countInteractions(second);
    await offer.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => revokedCount(simulator)).toBeGreaterThan(atKill + 10);
    const { presses, words } = await counting.told('Killed in the middle of a run');
    expect(presses, words).toBeLessThanOrEqual(1);
  });

  await test.step('“Stop and quit” stops it cleanly', async () => {
    await answerMessageBoxes(second.electron, 1);
    const ended = second.electron.waitForEvent('close');
    await closeWindow(second);
    await ended;
    expect(revokedCount(simulator)).toBeLessThan(USERS);
  });
  const callsAtQuit = callsPerUser(simulator);

  const third = await launch({ simulator });
  await test.step('after quitting too, and then it ends', async () => {
    const offer = third.page.locator('.callout', { hasText: 'A run was interrupted' });
    await offer.getByRole('button', { name: 'Resume' }).click();
    await expect(third.page.getByText(`${USERS} of ${USERS} users were revoked.`)).toBeVisible({
      timeout: 30_000,
    });
    await expect.poll(() => chipCounts(third.page, 'Show by outcome')).toEqual({ Revoked: USERS });
  });

  const rows = await exportReport(third, profile);
  expect(rows).toHaveLength(USERS);
  expectTruth(rows, simulator);
  const calls = callsPerUser(simulator);
  expect(calls.size).toBe(USERS);
  // Twice at most, and never for a user whose outcome was written down.
  expect(Math.max(...calls.values())).toBeLessThanOrEqual(2);
  const again = [...calls].filter(([, count]) => count > 1).map(([userId]) => userId);
  expect(again.filter((userId) => settledAtKill.has(userId))).toEqual([]);
  // A clean end leaves nobody in flight: whoever was called twice, was so because of the kill.
  expect(again.filter((userId) => (callsAtQuit.get(userId) ?? 0) < 2)).toEqual([]);
});
