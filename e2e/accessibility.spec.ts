import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { createOrg, DEMO_ORG } from '../src/simulator/org/org.ts';
import { answerMessageBoxes } from './support/dialogs.ts';
import { fillConfirmation, pasteAndReview, revokeButton } from './support/revocation.ts';
import { openConnections, showView } from './support/window.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Checks what is on the screen now, light and dark, and collects what is wrong. */
async function violations(page: Page, where: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((name) => {
      document.documentElement.dataset['theme'] = name;
    }, theme);
    // Legacy mode: Electron cannot open the blank page that axe otherwise works in.
    const axe = new AxeBuilder({ page }).setLegacyMode(true);
    // The themes differ in colours only.
    const result = await (
      theme === 'light' ? axe.withTags(RULES) : axe.withRules(['color-contrast', 'link-in-text-block'])
    ).analyze();
    for (const { id, nodes } of result.violations)
      found.push(`${where}, ${theme}: ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  }
  return found;
}

test('every view and every dialog keeps to WCAG 2.2 AA, light and dark', async ({ launch }) => {
  test.setTimeout(180_000);
  const { page, electron } = await launch({
    keepIntroduction: true,
    env: { TOKENDESK_DEMO: JSON.stringify({ limit: 60_000 }) },
  });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const found: string[] = [];
  const check = (where: string) =>
    test.step(where, async () => {
      found.push(...(await violations(page, where)));
    });

  await check('Introduction');
  await page.getByRole('button', { name: 'Skip' }).click();

  await page.getByText('As Genesys Cloud answered').click();
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('Valid', { exact: true })).toBeVisible();
  await check('Token');
  await page.getByRole('button', { name: 'Revoke this token…' }).click();
  await check('Token: revoke this one?');
  await page.keyboard.press('Escape');

  await openConnections(page);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('Enter the client id.')).toBeVisible();
  await check('Connections');
  await page.keyboard.press('Escape');

  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: 'Command, view or connection' })).toBeFocused();
  await check('Command palette');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await check('Keyboard shortcuts');
  await page.keyboard.press('Escape');

  await showView(page, 'Idle timeout');
  await page
    .getByRole('region', { name: 'For everybody' })
    .getByRole('textbox', { name: 'After' })
    .fill('soon');
  await check('Idle timeout');
  await page
    .getByRole('region', { name: 'For everybody' })
    .getByRole('textbox', { name: 'After' })
    .fill('45 min');
  await page.getByRole('button', { name: 'Review and save…' }).click();
  await check('Idle timeout: save?');
  await page.keyboard.press('Escape');

  await showView(page, 'Settings');
  await check('Settings');
  await showView(page, 'Runs');
  await check('Runs, none');

  await showView(page, 'Revoke');
  const users = ['ana', 'nobody'].map((name) => `${name}@fernhollow.example`);
  await page.getByLabel('Paste a list').fill('please remove everybody');
  await page.getByRole('button', { name: 'Use this list' }).click();
  await check('Revoke: who');
  await pasteAndReview(page, [...demoAddresses(12), ...users].join('\n'));
  await page.getByRole('button', { name: 'Details' }).click();
  await check('Revoke: review');
  await fillConfirmation(page, 'Accessibility');
  await check('Revoke: confirm');
  await answerMessageBoxes(electron, 1);
  await revokeButton(page).click();
  await expect(page.getByText('12 of 12 users were revoked.')).toBeVisible();
  await check('Revoke: report');
  await showView(page, 'Runs');
  await check('Runs');

  expect(found).toEqual([]);
});

/** Addresses of people of the demo organisation who can be revoked. */
function demoAddresses(count: number): readonly string[] {
  const org = createOrg(DEMO_ORG);
  return Array.from({ length: 200 }, (_, index) => org.user(index + 100))
    .filter(({ state }) => state === 'active')
    .slice(0, count)
    .map(({ email }) => email);
}
