import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { demoAddresses } from './support/demo.ts';
import { fillConfirmation, openRun, pasteAndReview, revokeButton, showRuns } from './support/revocation.ts';
import { openConnections, showView } from './support/window.ts';

const FOLDER = 'e2e/screenshots';
const SIZES = [
  { width: 320, height: 640 },
  { width: 800, height: 600 },
  { width: 1280, height: 860 },
  { width: 1920, height: 1080 },
];
const DESK = { width: 1280, height: 860 };

/** What is on the screen now, light and dark. Nothing may need to be scrolled sideways at any width. */
async function take(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const theme of ['light', 'dark']) {
      await page.evaluate((value) => {
        document.documentElement.dataset['theme'] = value;
      }, theme);
      await page.screenshot({ path: join(FOLDER, `${name}-${size.width}-${theme}.jpg`), quality: 90 });
    }
    // A table measures itself again after the window has its new width.
    await expect
      .poll(() => page.locator('#main').evaluate((main) => main.scrollWidth - main.clientWidth), {
        message: `${name}: pixels to scroll sideways at ${size.width}`,
      })
      .toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(DESK);
}

// For a person to look at: a comparison of pixels would be one of fonts.
test('every view at 320, 800, 1280 and 1920 pixels, light and dark', async ({ launch }) => {
  test.setTimeout(300_000);
  for (const file of await readdir(FOLDER)) if (/\.(png|jpg)$/.test(file)) await rm(join(FOLDER, file));
  const { page } = await launch({
    keepIntroduction: true,
    env: { TOKENDESK_DEMO: JSON.stringify({ limit: 1200 }) },
  });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize(DESK);

  // Its file is fetched after the first paint.
  await expect(page.getByRole('dialog', { name: 'Welcome to Tokendesk' })).toBeVisible();
  await take(page, '01-introduction');
  await page.getByRole('button', { name: 'Skip' }).click();
  await page.getByRole('button', { name: 'Verify', exact: true }).click();
  await expect(page.getByText('Valid', { exact: true })).toBeVisible();
  await take(page, '02-token');

  const triage = page.getByRole('dialog', { name: 'Inspect another token' });
  await page.getByRole('button', { name: 'Inspect another token…' }).click();
  await triage.getByLabel('Or paste it here').fill(`Authorization: Bearer ${'no-such-token-'.repeat(6)}`);
  await triage.getByRole('button', { name: 'Find the token' }).click();
  await expect(triage.getByRole('button', { name: /^Ask/ })).toBeVisible();
  await take(page, '02b-token-triage');
  await triage.getByRole('button', { name: /^Ask/ }).click();
  await expect(triage.getByRole('region', { name: 'Record', exact: true })).toBeVisible();
  await take(page, '02c-token-triage-answer');
  await triage.getByRole('button', { name: 'Keep in Runs' }).click();
  await expect(triage.getByText('Kept in Runs, with the token masked.')).toBeVisible();
  await page.keyboard.press('Escape');

  await showView(page, 'Revoke');
  await take(page, '03-revoke-who');
  const users = [...demoAddresses(110), 'ana@fernhollow.example', 'nobody@fernhollow.example'];
  await pasteAndReview(page, [...users, ...users.slice(0, 9)].join('\n'));
  await page.getByRole('grid').press('Home');
  await take(page, '04-revoke-review');
  await page.getByRole('button', { name: 'Details' }).click();
  await take(page, '05-revoke-review-details');
  await fillConfirmation(page, 'Leavers of November');
  await take(page, '06-revoke-confirm');
  await revokeButton(page).click();
  await expect(page.getByRole('img', { name: /^Throughput: On average/ })).toBeVisible();
  await take(page, '07-revoke-running');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Continue' })).toBeEnabled();
  await take(page, '07b-revoke-paused');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('110 of 110 users were revoked.')).toBeVisible({ timeout: 30_000 });
  await take(page, '08-revoke-report');

  await openRun(page, 'Leavers of November');
  await page.getByRole('button', { name: 'Check who has signed in again' }).click();
  await expect(page.getByText(/whose tokens were revoked checked/)).toBeVisible();
  await take(page, '10-runs-report');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await take(page, '10b-runs-report-export');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Keep out…' }).click();
  await take(page, '10c-keep-out-form');
  await page.getByRole('button', { name: /^Keep \d+ users? out…$/ }).click();
  await expect(page.getByText(/kept out until/).first()).toBeVisible();
  await take(page, '10d-keep-out');
  await page.getByRole('button', { name: 'Stop keeping out' }).click();
  await expect(page.getByText(/kept out from/).first()).toBeVisible();
  const runs = await showRuns(page);
  await take(page, '09-runs');
  await runs
    .getByText(/^Leaked token/)
    .first()
    .click();
  await take(page, '10e-leaked-token');

  await showView(page, 'Idle timeout');
  await expect(page.getByLabel('After', { exact: true })).toBeVisible();
  await take(page, '11-idle-timeout');
  await page.getByLabel('After', { exact: true }).fill('45 min');
  await page.getByRole('region', { name: 'What saving changes' }).scrollIntoViewIfNeeded();
  await take(page, '12-idle-timeout-save');
  await showView(page, 'Settings');
  await take(page, '13-settings');

  await openConnections(page);
  await take(page, '14-connections');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+k');
  await take(page, '15-palette');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await take(page, '16-keyboard');
});
