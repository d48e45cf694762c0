import { readFile } from 'node:fs/promises';
import { expect, test } from './support/app.ts';
import { choose, showView } from './support/window.ts';

test('the first start is in the demo organization, and what the person sets stays', async ({
  launch,
  judged,
}) => {
  const first = await launch({ keepIntroduction: true });
  const { page } = first;

  await test.step('the introduction can be read or skipped', async () => {
    const introduction = page.getByRole('dialog', { name: 'Welcome to Tokendesk' });
    await expect(introduction.getByText('Step 1 of 3')).toBeVisible();
    await introduction.getByRole('button', { name: 'Next' }).press('Enter');
    await expect(introduction.getByText('Step 2 of 3')).toBeVisible();
    await introduction.getByRole('button', { name: 'Skip' }).click();
    await expect(introduction).toBeHidden();
  });

  await test.step('signed in to the demo, and marked as such', async () => {
    const switcher = page.getByRole('button', { name: 'Connection:' });
    await expect(switcher).toContainText('Fernhollow Assist');
    await expect(switcher.getByText('Demo', { exact: true })).toBeVisible();
    await expect(page.getByText('Signed in as Ines Albrecht')).toBeVisible();
    await expect(page.getByText('No secret stored')).toBeVisible();
  });

  await test.step('what the demo inside main is asked and answers is held against the API’s description', async () => {
    const signedIn = await page.evaluate(() =>
      window.tokendesk.call['connections.signIn']({ method: 'demo' }),
    );
    expect(signedIn.ok).toBe(true);
    expect(await readFile(judged.demoExchanges, 'utf8')).toContain('/api/v2/tokens/me');
  });

  await test.step('the theme takes effect at once', async () => {
    await showView(page, 'Settings');
    await choose(page, 'Dark');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.getByLabel('Share of the limit to use').fill('50');
    await expect(page.getByText('that is 150 revocations a minute')).toBeVisible();
    // The window shows it before main has it; the test quits past the window.
    await expect
      .poll(async () => {
        const snapshot = await page.evaluate(() => window.tokendesk.call['app.snapshot'](null));
        return snapshot.ok && snapshot.data.settings.rateShare;
      })
      .toBe(0.5);
  });

  const bounds = { x: 40, y: 30, width: 1010, height: 720 };
  await first.electron.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(wanted);
  }, bounds);
  await first.quit();

  const second = await launch({ keepIntroduction: true });
  await test.step('after a restart', async () => {
    const again = second.page;
    await expect(again.getByText('Signed in as Ines Albrecht')).toBeVisible();
    await expect(again.getByRole('dialog')).toHaveCount(0);
    await expect(again.locator('html')).toHaveAttribute('data-theme', 'dark');
    await showView(again, 'Settings');
    await expect(again.getByRole('radio', { name: 'Dark' })).toBeChecked();
    await expect(again.getByLabel('Share of the limit to use')).toHaveValue('50');
    const place = await second.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getBounds(),
    );
    expect(place).toEqual(bounds);
    // One demo organisation, not one more each time.
    const snapshot = await again.evaluate(() => window.tokendesk.call['app.snapshot'](null));
    expect(snapshot.ok && snapshot.data.connections.map(({ method }) => method)).toEqual(['demo']);
  });
});
