import { expect, test, type RunningApp, type Simulator } from './support/app.ts';
import { expectFocus } from './support/focus.ts';
import { countInteractions } from './support/interactions.ts';
import { button, confirmByKeys, heading, press } from './support/keyboard.ts';
import { picture } from './support/picture.ts';
import {
  fillConfirmation,
  oneBox,
  ordinaryUsers,
  pasteAndReview,
  pasteText,
  revokeButton,
  revokedCount,
} from './support/revocation.ts';
import { showView, statusLine } from './support/window.ts';

const USERS = 400;

/** Twenty users a second. */
test.use({ simulatorOptions: { limit: 1_200, latency: [5, 25] } });

test('a wrong list is stopped after 100, by keyboard and by mouse', async ({ signedIn: app, simulator }) => {
  const ids = ordinaryUsers(simulator, 2 * USERS);
  await test.step('by keyboard', () => stopByKeys(app, simulator, ids.slice(USERS)));
  await test.step('by mouse, and it says whose run it was and how it ended, whatever connection is in use', () =>
    stopByMouse(app, simulator, ids.slice(0, USERS)));
});

async function stopByKeys(app: RunningApp, simulator: Simulator, ids: readonly string[]): Promise<void> {
  const { page } = app;
  const { keyboard } = page;
  await keyboard.press('Control+2');
  await expectFocus(oneBox(page));
  await pasteText(page, ids.join('\n'));
  await expect(page.getByRole('heading', { level: 3, name: 'Pasted list' })).toBeVisible();
  await keyboard.press('Enter');
  await confirmByKeys(page, 'Leavers of October');
  await expectFocus(heading(page, 'Run'));
  await expect.poll(() => revokedCount(simulator), { timeout: 30_000 }).toBeGreaterThanOrEqual(100);

  const counting = await countInteractions(app);
  await press(page, 'Cancel run…');
  await expectFocus(button(page, 'Stop here'));
  const held = revokedCount(simulator);
  await keyboard.press('Enter');
  const report = page.getByText(/^Cancelled\. The tokens of \d+ of 400 users were revoked\./);
  await expect(report.first()).toBeVisible();
  await expectFocus(heading(page, 'Report'));
  // Whose call was under way when the question came has an outcome all the same.
  expect(revokedCount(simulator) - held).toBeLessThanOrEqual(10);
  expect(revokedCount(simulator)).toBeLessThan(ids.length);
  const { presses, words } = await counting.told('By keyboard, a wrong list');
  expect(presses, words).toBeLessThanOrEqual(2);
}

async function stopByMouse(app: RunningApp, simulator: Simulator, ids: readonly string[]): Promise<void> {
  const { page } = app;
  const already = revokedCount(simulator);
  await pasteAndReview(page, [...ids, 'nobody@nowhere.example'].join('\n'));
  await fillConfirmation(page, 'Leavers of November');
  await page.getByLabel('Ticket').fill('INC-20481');
  await revokeButton(page).click();
  const owner = page.getByLabel('Whose run this is');
  await expect(owner).toContainText(`${simulator.org.name}, by “Simulated org” (Frankfurt)`);
  await expect(owner).toContainText('Leavers of November');
  await expect(owner).toContainText('INC-20481');
  await picture(page, 'run');

  await test.step('under the demo it says loudly where it goes on', async () => {
    await page.evaluate(() => window.tokendesk.call['connections.signIn']({ method: 'demo' }));
    await expect(page.getByRole('alert').filter({ hasText: 'not in the connection in use' })).toContainText(
      `This run goes on in ${simulator.org.name}`,
    );
    await expect(statusLine(page)).toContainText(
      `run in ${simulator.org.name}, not in the connection in use`,
    );
    const before = revokedCount(simulator);
    await expect.poll(() => revokedCount(simulator)).toBeGreaterThan(before);
    await picture(page, 'run-elsewhere');
  });

  await expect.poll(() => revokedCount(simulator) - already, { timeout: 30_000 }).toBeGreaterThanOrEqual(100);
  const counting = await countInteractions(app);
  await page.getByRole('button', { name: 'Cancel run…' }).click();
  await page.getByRole('button', { name: 'Stop here' }).click();
  const { presses, words } = await counting.told('A wrong list');
  expect(presses, words).toBeLessThanOrEqual(2);
  const report = page.getByText(/^Cancelled\. The tokens of \d+ of 400 users were revoked\./);
  await expect(report.first()).toContainText(/\d+ users were not attempted\. 1 row was kept back\./);
  await expect(page.getByText(/^Cancelled by .+\. Ended .+\d\d:\d\d/)).toBeVisible();
  await expect(page.getByText('not by the connection in use')).toBeVisible();
  await picture(page, 'report-elsewhere');

  await showView(page, 'Runs');
  await page.getByRole('grid', { name: 'Runs', exact: true }).getByText('Leavers of November').click();
  await expect(page.getByLabel('Whose run this is')).toContainText('INC-20481');
  await expect(page.getByText(/^Cancelled by .+\. Ended/)).toBeVisible();
  await picture(page, 'run-page-elsewhere');
}
