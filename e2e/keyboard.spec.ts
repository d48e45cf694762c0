import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/app.ts';
import { demoAddresses } from './support/demo.ts';
import { AGREE, answerMessageBoxes, chooseSavePath, DECLINE, questionsAsked } from './support/dialogs.ts';
import { expectFocus, expectTrapped, tabTo } from './support/focus.ts';
import { oneBox } from './support/revocation.ts';
import { openConnections } from './support/window.ts';

/**
 * From ten users on, main asks for itself. At 120 calls a minute they take six seconds: long enough to get to Pause by
 * keyboard on a busy computer.
 */
const USERS = 12;

test('the main job by keyboard alone, from the first start to the exported report', async ({
  launch,
  profile,
}) => {
  const { page, electron } = await launch({
    keepIntroduction: true,
    env: { TOKENDESK_DEMO: JSON.stringify({ limit: 120 }) },
  });
  const { keyboard } = page;
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const heading = (name: string, level: number) => page.getByRole('heading', { name, level, exact: true });

  await test.step('the introduction: each page has its main button under the finger', async () => {
    const introduction = page.getByRole('dialog', { name: 'Welcome to Tokendesk' });
    await expectFocus(button('Next'));
    await expectTrapped(introduction, 4);
    await tabTo(button('Next'));
    await keyboard.press('Enter');
    await expect(introduction.getByText('Step 2 of 3')).toBeVisible();
    await expectFocus(button('Next'));
    await keyboard.press('Space');
    await expect(introduction.getByText('Step 3 of 3')).toBeVisible();
    await expectFocus(button('Explore the demo'));
    await tabTo(button('Back'), { back: true });
    await keyboard.press('Enter');
    await expect(introduction.getByText('Step 2 of 3')).toBeVisible();
    await expectFocus(button('Next'));
    await keyboard.press('Enter');
    await expectFocus(button('Explore the demo'));
    await keyboard.press('Enter');
    await expect(introduction).toBeHidden();
    await expectFocus(heading('Token', 1));
  });

  await test.step('help and palette give the focus back', async () => {
    await keyboard.press('Control+3');
    await expectFocus(heading('Runs', 1));
    await tabTo(button('Revoke tokens'));
    await keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await expectTrapped(page.getByRole('dialog'), 2);
    await keyboard.press('Escape');
    await expectFocus(button('Revoke tokens'));
    await keyboard.press('Control+k');
    await expectFocus(page.getByRole('combobox'));
    await keyboard.press('Escape');
    await expectFocus(button('Revoke tokens'));
    await keyboard.press('Control+k');
    await keyboard.type('revoke');
    await keyboard.press('Enter');
    // Nobody is chosen yet: the field that takes everything is ready to be typed into.
    await expectFocus(oneBox(page));
  });

  await test.step('who: a list is typed', async () => {
    await tabTo(button('List'));
    await keyboard.press('Enter');
    await tabTo(page.getByLabel('Paste a list'));
    await keyboard.type(demoAddresses(USERS).join('\n'));
    await tabTo(button('Use this list'));
    await keyboard.press('Enter');
    await expect(page.getByText(/^Look up/)).toBeVisible();
    await expectFocus(page.getByRole('heading', { level: 3, name: 'Pasted list' }));
    await tabTo(button(/^Look up \d+ rows$/));
    await keyboard.press('Enter');
  });

  const grid = page.getByRole('grid', { name: 'Rows of the plan' });
  await test.step('review: the table by its keys', async () => {
    await expectFocus(heading('Review', 2));
    await tabTo(button('Back'));
    await tabTo(grid);
    await keyboard.press('End');
    await keyboard.press('Space');
    await expect(page.getByText('1 selected')).toBeVisible();
    await keyboard.press('Control+a');
    await expect(page.getByText(`${USERS} selected`)).toBeVisible();
    await tabTo(button('Clear the selection'), { back: true });
    await keyboard.press('Enter');
    await expect(page.getByText('selected')).toBeHidden();
    await expectFocus(grid);
    await tabTo(button('Continue to confirm'), { back: true });
    await keyboard.press('Enter');
  });

  await test.step('confirm: a dry run first', async () => {
    await expectFocus(heading('Confirm', 2));
    await tabTo(page.getByLabel('Reason'));
    await keyboard.type('Leavers of November');
    await tabTo(page.getByLabel('Ticket'));
    await keyboard.type('INC-20481');
    await tabTo(button('Dry run'));
    await keyboard.press('Enter');
    await expectFocus(heading('Report', 2));
    await tabTo(button('Go on to revoke'));
    await keyboard.press('Enter');
  });

  await test.step('confirm: declined in the native dialog, the button keeps the focus', async () => {
    await expectFocus(heading('Confirm', 2));
    const asked = page.locator('label').getByText(/Type “.+” to confirm/);
    await tabTo(page.getByLabel(/Type “.+” to confirm/));
    await keyboard.type(/“(.+)”/.exec((await asked.textContent()) ?? '')?.[1] ?? '');
    await tabTo(button(`Revoke the tokens of ${USERS} users`));
    await answerMessageBoxes(electron, DECLINE);
    await keyboard.press('Enter');
    await expect(page.getByText('You declined in the system’s dialog.')).toBeVisible();
    await expectFocus(button(`Revoke the tokens of ${USERS} users`));
    await answerMessageBoxes(electron, AGREE);
    await keyboard.press('Enter');
  });

  await test.step('run: paused and continued, and its end takes no focus away', async () => {
    await expectFocus(heading('Run', 2));
    await tabTo(button('Pause'));
    await keyboard.press('Enter');
    await expectFocus(button('Continue'));
    await keyboard.press('Enter');
    await expectFocus(button('Pause'));
    const sentence = page.getByText(`${USERS} of ${USERS} users were revoked.`);
    await expect(sentence).toBeVisible({ timeout: 30_000 });
    await expectFocus(heading('Report', 2));
  });

  await test.step('report: exported', async () => {
    const path = join(profile, 'report.csv');
    await chooseSavePath(electron, path);
    await tabTo(button('Export'));
    await keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: /^CSV/ })).toBeFocused();
    await keyboard.press('Enter');
    await expect(page.getByText(path)).toBeVisible();
    await expectFocus(button('Export'));
    expect((await readFile(path, 'utf8')).trim().split('\n')).toHaveLength(USERS + 1);
  });

  await test.step('runs: a report is opened, closed and its record deleted', async () => {
    await keyboard.press('Control+3');
    await expectFocus(heading('Runs', 1));
    const grid = page.getByRole('grid', { name: 'Runs', exact: true });
    await expect(grid).toHaveAttribute('aria-rowcount', '3');
    await tabTo(grid);
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await expectFocus(heading('Leavers of November', 2));
    await tabTo(button('All runs'), { back: true });
    await keyboard.press('Enter');
    await expectFocus(grid);
    await keyboard.press('Enter');
    await expectFocus(heading('Leavers of November', 2));
    await tabTo(button('Delete the record…'), { back: true });
    await answerMessageBoxes(electron, DECLINE);
    await keyboard.press('Enter');
    await expect.poll(() => questionsAsked(electron)).toHaveLength(1);
    await expectFocus(button('Delete the record…'));
    await answerMessageBoxes(electron, AGREE);
    await keyboard.press('Enter');
    await expect(grid).toHaveAttribute('aria-rowcount', '2');
    await expectFocus(grid);
  });
});

test('no bar that stays in view hides what has the focus, at any size of the window', async ({ launch }) => {
  const { page } = await launch();
  const dialog = await openConnections(page);
  for (const size of [
    { width: 1280, height: 860 },
    { width: 800, height: 600 },
    { width: 320, height: 256 },
  ])
    await test.step(`signing in, ${size.width} by ${size.height}`, async () => {
      await page.setViewportSize(size);
      await dialog.getByRole('button', { name: 'Close' }).focus();
      await tabTo(dialog.getByRole('button', { name: 'Sign in', exact: true }));
    });
});
