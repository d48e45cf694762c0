import { expect, test } from './support/app.ts';
import { axeViolations } from './support/axe.ts';
import { signInWithClient, statusLine } from './support/window.ts';

/** What is no command but somebody's data: the window alone has it. */
const DATA = /^(run|user|person)-/;

test('a command is in the palette and in the menu bar, and does the same from both', async ({
  launch,
  simulator,
}) => {
  const { page, electron } = await launch({ simulator });
  await expect(statusLine(page)).toContainText('Signed in as');
  await signInWithClient(page, simulator, { label: 'Night watch', remember: false });
  await expect(statusLine(page)).toContainText('Signed in as Token administration');

  await test.step('every command of the palette is in the menu bar, with its key', async () => {
    await page.getByRole('button', { name: 'Commands' }).click();
    await expect(page.getByRole('option').first()).toBeVisible();
    const commands = await page.getByRole('option').evaluateAll((options) =>
      options.map((option) => ({
        id: option.getAttribute('data-command') ?? '',
        keys: [...option.querySelectorAll('kbd')].map((key) => key.textContent.trim()),
      })),
    );
    const menu = await electron.evaluate(({ Menu }) => {
      type Items = NonNullable<ReturnType<typeof Menu.getApplicationMenu>>['items'];
      const flat = (items: Items): Items =>
        items.flatMap((item) => [item, ...(item.submenu ? flat(item.submenu.items) : [])]);
      return flat(Menu.getApplicationMenu()?.items ?? []).flatMap(({ id, accelerator, enabled }) =>
        id ? [{ id, key: accelerator ?? '', enabled }] : [],
      );
    });
    const inMenu = new Map(menu.map((item) => [item.id, item]));
    const wanted = commands.filter(({ id }) => !DATA.test(id));
    expect(wanted.length).toBeGreaterThan(25);
    expect(wanted.filter(({ id }) => inMenu.get(id)?.enabled !== true)).toEqual([]);
    // A connection to go back to is among them, and each key is the menu's.
    expect(wanted.some(({ id }) => id.startsWith('connection-'))).toBe(true);
    const withKeys = wanted.filter(
      // On a Mac a menu cannot show a key without taking it.
      ({ id, keys }) => keys.length > 0 && !(process.platform === 'darwin' && id === 'keyboard-help'),
    );
    expect(withKeys.length).toBeGreaterThan(4);
    for (const { id, keys } of withKeys)
      expect([id, inMenu.get(id)?.key.endsWith(keys.at(-1) ?? '')]).toEqual([id, true]);
    await page.keyboard.press('Escape');
  });

  await test.step('a command of the menu does in the window what the palette’s does', async () => {
    const click = (id: string): Promise<void> =>
      electron.evaluate(({ Menu }, wanted) => {
        Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click();
      }, id);
    await click('setting-rate-share');
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
    await expect(page.locator('[data-setting="rate-share"]')).toBeInViewport();
    await click('keyboard-help');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  });

  await test.step('a runbook is found in the palette, and its step opens the view it speaks of', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox', { name: 'Command, setting, run or user' }).fill('leaked runbook');
    await page.keyboard.press('Enter');
    const help = page.getByRole('dialog', { name: 'Runbooks' });
    await expect(help.getByRole('heading', { name: 'A token leaked' })).toBeVisible();
    await expect(help.getByRole('heading', { name: 'What Tokendesk cannot do' })).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);

    // Another runbook, by its link and in the list.
    await help
      .getByRole('article')
      .getByRole('button', { name: 'an integration’s client secret leaked' })
      .click();
    await expect(help.getByRole('heading', { name: 'An integration’s client secret leaked' })).toBeVisible();
    await help.getByRole('button', { name: 'A token leaked', exact: true }).click();

    await help.getByRole('button', { name: 'Inspect another token', exact: true }).click();
    await expect(page.getByRole('dialog', { name: 'Inspect another token' })).toBeVisible();
    await expect(help).toBeHidden();
  });
});
