import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import {
  fillConfirmation,
  ordinaryUsers,
  pasteAndReview,
  revokeButton,
  revokedCount,
} from './support/revocation.ts';
import { launchSignedIn, showView, statusLine } from './support/window.ts';

/** With this set, pictures of what a test has arrived at are left there, for a person to look at. */
const PICTURES = process.env['TOKENDESK_PICTURES'] ?? '';

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === '') return;
  await mkdir(PICTURES, { recursive: true });
  for (const width of [800, 1280]) {
    await page.setViewportSize({ width, height: 860 });
    for (const theme of ['light', 'dark']) {
      await page.evaluate((value) => {
        document.documentElement.dataset['theme'] = value;
      }, theme);
      await page.screenshot({ path: join(PICTURES, `${name}-${width}-${theme}.png`) });
    }
  }
}

test.describe('a wrong list, at five users a second', () => {
  test.use({ simulatorOptions: { limit: 300, latency: [5, 25] } });

  test('is stopped, and says whose run it was and how it ended, whatever connection is in use', async ({
    launch,
    simulator,
  }) => {
    const { page } = await launchSignedIn(launch, simulator);
    await pasteAndReview(page, [...ordinaryUsers(simulator, 60), 'nobody@nowhere.example'].join('\n'));
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
        `Run in ${simulator.org.name}, not in the connection in use`,
      );
      const before = revokedCount(simulator);
      await expect.poll(() => revokedCount(simulator)).toBeGreaterThan(before);
      await picture(page, 'run-elsewhere');
    });

    await page.getByRole('button', { name: 'Cancel run…' }).click();
    await page.getByRole('button', { name: 'Stop here' }).click();
    const report = page.getByText(/^Cancelled\. \d+ of 60 users were revoked\./);
    await expect(report.first()).toContainText(/\d+ users were not attempted\. 1 row was kept back\./);
    await expect(page.getByText(/^Cancelled by .+\. Ended .+\d\d:\d\d/)).toBeVisible();
    await expect(page.getByText('not by the connection in use')).toBeVisible();
    await picture(page, 'report-elsewhere');

    await showView(page, 'Runs');
    await page.getByRole('grid', { name: 'Runs', exact: true }).getByText('Leavers of November').click();
    await expect(page.getByLabel('Whose run this is')).toContainText('INC-20481');
    await expect(page.getByText(/^Cancelled by .+\. Ended/)).toBeVisible();
    await picture(page, 'run-page-elsewhere');
  });
});
