import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { expect, test, type RunningApp, type Simulator } from './support/app.ts';
import { chooseFile } from './support/dialogs.ts';
import { expectFocus } from './support/focus.ts';
import { countInteractions } from './support/interactions.ts';
import { button, confirmByKeys, heading, press } from './support/keyboard.ts';
import {
  chipCounts,
  chooseAnew,
  fillConfirmation,
  lookUp,
  oneBox,
  ordinaryUsers,
  revokeButton,
  revokedCount,
} from './support/revocation.ts';
import { showView } from './support/window.ts';
import { workbookOf } from './support/workbook.ts';

const LEAVERS = 3_000;
/** Thousands take their time on a machine that does other things too. */
const LONG_MS = 90_000;

test.use({ simulatorOptions: { users: 4_000, limit: 10_000, latency: [1, 5] } });

test('3,000 leavers from a workbook, by keyboard and by mouse', async ({
  signedIn: app,
  simulator,
  profile,
}) => {
  test.setTimeout(2 * LONG_MS);
  await test.step('by keyboard, until they are being revoked', () => revokeByKeys(app, simulator, profile));
  await test.step('by mouse, to the end', () => revokeByMouse(app, simulator, profile));
});

async function revokeByKeys(app: RunningApp, simulator: Simulator, profile: string): Promise<void> {
  const { page, electron } = app;
  const { keyboard } = page;
  const path = join(profile, 'leavers-by-keyboard.xlsx');
  const emails = ordinaryUsers(simulator, LEAVERS).map((id) => simulator.org.byId(id)?.email ?? '');
  await writeFile(path, workbookOf([['E-Mail'], ...emails.map((email) => [email])]));
  await chooseFile(electron, path);

  const counting = await countInteractions(app);
  await keyboard.press('Control+2');
  await expectFocus(oneBox(page));
  await press(page, 'Open a list…');
  await expect(page.getByRole('heading', { level: 3, name: 'leavers-by-keyboard.xlsx' })).toBeVisible();
  await expectFocus(button(page, 'Open a list…'));
  await press(page, /^Look up/);
  await expectFocus(heading(page, 'Review'));
  await expect(page.getByText('The tokens of 3,000 users will be revoked.').first()).toBeVisible();
  const toReview = await counting.told('By keyboard, 3,000 leavers, to the review');
  expect(toReview.presses, toReview.words).toBeLessThanOrEqual(3);
  await confirmByKeys(page, 'Leavers of November');
  await expectFocus(heading(page, 'Run'));
  // Nothing is to be pressed from here on; the other way waits for the end.
  await expect.poll(() => revokedCount(simulator)).toBeGreaterThan(100);
  const begun = await counting.told('By keyboard, 3,000 leavers, until they are revoked');
  expect(begun.presses, begun.words).toBeLessThanOrEqual(5);
  await page.getByRole('button', { name: 'Cancel run…' }).click();
  await page.getByRole('button', { name: 'Stop here' }).click();
  await expect(page.getByText(/^Cancelled\. The tokens of/).first()).toBeVisible();
}

async function revokeByMouse(app: RunningApp, simulator: Simulator, profile: string): Promise<void> {
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
  await chooseAnew(page);
  const counting = await countInteractions(app);
  await showView(page, 'Revoke');
  await page.getByRole('button', { name: 'Open a list…' }).click();
  await lookUp(page);
  const toReview = await counting.told('3,000 leavers from a workbook, to the review');
  expect(toReview.presses, toReview.words).toBeLessThanOrEqual(3);
  await expect.poll(() => chipCounts(page, 'Show by decision')).toEqual({ Revoke: LEAVERS, 'Not found': 1 });
  await fillConfirmation(page, 'Leavers of November');
  await revokeButton(page).click();
  await expect(page.getByText('3,000 of 3,000 users were revoked.').first()).toBeVisible({
    timeout: LONG_MS,
  });
  expect(revokedCount(simulator)).toBe(LEAVERS);
  const toTheEnd = await counting.told('3,000 leavers from a workbook, to the end');
  expect(toTheEnd.presses, toTheEnd.words).toBeLessThanOrEqual(5);
}
