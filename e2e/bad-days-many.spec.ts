import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { expect, test } from './support/app.ts';
import { chooseFile } from './support/dialogs.ts';
import { countInteractions } from './support/interactions.ts';
import {
  chipCounts,
  fillConfirmation,
  lookUp,
  oneBox,
  ordinaryUsers,
  revokeButton,
  revokedCount,
  typeUntilMarked,
} from './support/revocation.ts';
import { launchSignedIn, showView } from './support/window.ts';

const LEAVERS = 3_000;
/** Thousands take their time on a machine that does other things too. */
const LONG_MS = 90_000;

test.describe('thousands', () => {
  test.use({ simulatorOptions: { users: 4_000, limit: 10_000, latency: [1, 5] } });

  test('3,000 leavers from a workbook', async ({ launch, simulator, profile }) => {
    test.setTimeout(2 * LONG_MS);
    const app = await launchSignedIn(launch, simulator);
    const { page, electron } = app;
    const path = join(profile, 'leavers.xlsx');
    const rows = ordinaryUsers(simulator, LEAVERS).map((id) => {
      const { name = '', email = '' } = simulator.org.byId(id) ?? {};
      return { Name: name, 'E-Mail': email, Left: '2026-11-25' };
    });
    const sheet = utils.json_to_sheet([
      ...rows,
      { Name: 'Nobody', 'E-Mail': 'nobody@nowhere.example', Left: '' },
    ]);
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, 'Leavers');
    await writeFile(path, write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);

    await chooseFile(electron, path);
    const counting = await countInteractions(app);
    await showView(page, 'Revoke');
    await page.getByRole('button', { name: 'Open a list…' }).click();
    await lookUp(page);
    const toReview = await counting.told('3,000 leavers from a workbook, to the review');
    expect(toReview.presses, toReview.words).toBeLessThanOrEqual(3);
    expect(await chipCounts(page, 'Show by decision')).toEqual({ Revoke: LEAVERS, 'Not found': 1 });
    await fillConfirmation(page, 'Leavers of November');
    await revokeButton(page).click();
    await expect(page.getByText('3,000 of 3,000 users were revoked.').first()).toBeVisible({
      timeout: LONG_MS,
    });
    expect(revokedCount(simulator)).toBe(LEAVERS);
    const toTheEnd = await counting.told('3,000 leavers from a workbook, to the end');
    expect(toTheEnd.presses, toTheEnd.words).toBeLessThanOrEqual(5);
  });
});

test('a division except a role', async ({ launch, simulator }) => {
  const app = await launchSignedIn(launch, simulator);
  const { page } = app;
  const counting = await countInteractions(app);
  await showView(page, 'Revoke');
  await oneBox(page).fill('Customer Care Europe');
  await page
    .getByRole('listbox', { name: 'What to add' })
    .getByRole('option')
    .filter({ hasText: /^\s*Customer Care Europe/ })
    .click();
  await typeUntilMarked(page, 'engage sup', 'Engage Supervisor');
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByText('Customer Care Europe except Engage Supervisor').first()).toBeVisible();
  await lookUp(page);
  const chips = await chipCounts(page, 'Show by decision');
  expect(chips['Excluded']).toBeGreaterThan(0);
  await fillConfirmation(page, 'Breach at the partner');
  await revokeButton(page).click();
  const all = `${chips['Revoke']} of ${chips['Revoke']} users were revoked.`;
  await expect(page.getByText(all).first()).toBeVisible({ timeout: LONG_MS });
  expect(revokedCount(simulator)).toBe(chips['Revoke']);
  const { presses, words } = await counting.told('A division except a role');
  expect(presses, words).toBeLessThanOrEqual(8);
  // The choice is told with the run, in its record too.
  await showView(page, 'Runs');
  await page.getByRole('grid', { name: 'Runs', exact: true }).getByText('Breach at the partner').click();
  await expect(page.getByText('Customer Care Europe except Engage Supervisor')).toBeVisible();
});
