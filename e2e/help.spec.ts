import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './support/app.ts';

test('a runbook is found in the palette, and its step opens the view it speaks of', async ({ launch }) => {
  const { page } = await launch();

  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox', { name: 'Command, setting, run or user' }).fill('leaked runbook');
  await page.keyboard.press('Enter');
  const help = page.getByRole('dialog', { name: 'Runbooks' });
  await expect(help.getByRole('heading', { name: 'A token leaked' })).toBeVisible();
  await expect(help.getByRole('heading', { name: 'What Tokendesk cannot do' })).toBeVisible();
  expect((await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations).toEqual([]);

  await test.step('another runbook, by its link and in the list', async () => {
    await help
      .getByRole('article')
      .getByRole('button', { name: 'an integration’s client secret leaked' })
      .click();
    await expect(help.getByRole('heading', { name: 'An integration’s client secret leaked' })).toBeVisible();
    await help.getByRole('button', { name: 'A token leaked', exact: true }).click();
  });

  await help.getByRole('button', { name: 'Inspect another token', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Inspect another token' })).toBeVisible();
  await expect(help).toBeHidden();
});
