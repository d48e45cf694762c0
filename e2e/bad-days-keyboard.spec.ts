import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { chooseFile, chooseSavePath } from './support/dialogs.ts';
import { expectFocus, tabTo } from './support/focus.ts';
import { countInteractions } from './support/interactions.ts';
import { endedOf, keepOutJournal, signInAgainAndAgain } from './support/keep-out.ts';
import {
  markedOption,
  oneBox,
  ordinaryUsers,
  pasteText,
  revokeButton,
  revokedCount,
} from './support/revocation.ts';
import { launchSignedIn, signInWithToken } from './support/window.ts';
import { workbookOf } from './support/workbook.ts';

// No mouse here. Main's own dialogs and those of files are answered in the person's place.

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const heading = (page: Page, name: string, level = 2) =>
  page.getByRole('heading', { name, level, exact: true });

/** Goes there by Tab and presses it. */
async function press(page: Page, name: string | RegExp, { back = false } = {}): Promise<void> {
  await tabTo(button(page, name), { back });
  await page.keyboard.press('Enter');
}

/** From the review of many users to the run: the reason, the phrase, the button. */
async function confirm(page: Page, reason: string): Promise<void> {
  const { keyboard } = page;
  await expectFocus(heading(page, 'Review'));
  await expect(button(page, 'Continue to confirm')).toBeEnabled();
  await press(page, 'Continue to confirm');
  await expectFocus(heading(page, 'Confirm'));
  await tabTo(page.getByLabel('Reason'));
  await keyboard.type(reason);
  const phrase = page.getByLabel(/Type “.+” to confirm/);
  const asked = page.locator('label').getByText(/Type “.+” to confirm/);
  await tabTo(phrase);
  await keyboard.type(/“(.+)”/.exec((await asked.textContent()) ?? '')?.[1] ?? '');
  await tabTo(revokeButton(page));
  await keyboard.press('Enter');
}

test('by keyboard: a leaked token, from the chat to its record', async ({ launch, simulator, profile }) => {
  const app = await launchSignedIn(launch, simulator);
  const { page, electron } = app;
  const { keyboard } = page;
  const victim = simulator.org.user(2);
  const leaked = simulator.issueToken(victim.id);
  const dialog = page.getByRole('dialog', { name: 'Inspect another token' });

  const counting = await countInteractions(app);
  await keyboard.press('Control+k');
  await expectFocus(page.getByRole('combobox'));
  await keyboard.type('inspect');
  await keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await tabTo(dialog.getByLabel('Or paste it here'));
  await keyboard.insertText(
    `curl -H 'Authorization: Bearer ${leaked}' https://api.mypurecloud.de/api/v2/users/me`,
  );
  await press(page, 'Find the token');
  await expect(dialog.getByLabel('Region of the token')).toHaveValue('eu-central-1');
  await press(page, 'Ask this host…');
  await expect(dialog.getByText(`It belongs to ${victim.name}.`)).toBeVisible();
  await press(page, 'Revoke exactly this token…');
  await expect(dialog.getByText('Kept in Runs, with the token masked.')).toBeVisible();
  await keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  const { presses, fields, words } = await counting.told('By keyboard, a leaked token');
  expect(presses, words).toBeLessThanOrEqual(7);
  expect(fields, words).toBeLessThanOrEqual(2);
  expect(
    (await fetch(`${simulator.api}/api/v2/tokens/me`, { headers: { authorization: `Bearer ${leaked}` } }))
      .status,
  ).toBe(401);

  await test.step('its record is found again in Runs, and exported', async () => {
    await keyboard.press('Control+3');
    await expectFocus(heading(page, 'Runs', 1));
    const grid = page.getByRole('grid', { name: 'Runs', exact: true });
    await tabTo(grid);
    await keyboard.press('Home');
    await keyboard.press('Enter');
    await expectFocus(heading(page, `Leaked token of ${victim.name}`));
    const path = join(profile, 'record.txt');
    await chooseSavePath(electron, path);
    await press(page, 'Export record…');
    await expect(page.getByText(path)).toBeVisible();
    await tabTo(button(page, 'Show in folder'));
    expect(await readFile(path, 'utf8')).toContain(victim.id);
    await press(page, 'All runs', { back: true });
    await expectFocus(grid);
  });
});

test('by keyboard: one user who comes back, revoked again and kept out for an hour', async ({
  launch,
  simulator,
  profile,
}) => {
  const app = await launch({ simulator, env: { TOKENDESK_KEEP_OUT_SPEED: '300' } });
  const { page } = app;
  const { keyboard } = page;
  await signInWithToken(page, simulator, simulator.token);
  const [who = ''] = ordinaryUsers(simulator, 1);
  await keyboard.press('Control+2');
  await expectFocus(oneBox(page));
  await keyboard.type(simulator.org.byId(who)?.email ?? '');
  await expect(markedOption(page)).toBeVisible();
  await keyboard.press('Enter');
  await expect(page.locator('.chosen section')).toHaveCount(1);
  await keyboard.press('Enter');
  await expectFocus(heading(page, 'Review'));
  await tabTo(revokeButton(page));
  await keyboard.press('Enter');
  await expectFocus(heading(page, 'Report'));
  await expect(page.getByText('1 of 1 user were revoked.').first()).toBeVisible();

  simulator.issueToken(who);
  const counting = await countInteractions(app);
  await press(page, 'Check who has signed in again');
  await expect(page.locator('.callout', { hasText: '1 user got a token since' })).toBeVisible();
  await press(page, 'Revoke this user again…');
  await expectFocus(heading(page, 'Review'));
  await tabTo(revokeButton(page));
  await keyboard.press('Enter');
  await expectFocus(heading(page, 'Report'));
  await expect.poll(() => endedOf(simulator, who)).toHaveLength(2);
  await press(page, 'Keep out…');
  await expectFocus(button(page, 'Cancel'));
  await press(page, 'Keep 1 user out…');
  await expect(page.getByText(/^1 user is kept out until/).first()).toBeVisible();
  const { presses, words } = await counting.told('By keyboard, one user who comes back');
  expect(presses, words).toBeLessThanOrEqual(5);
  await tabTo(button(page, 'Stop keeping out'), { back: true });

  await signInAgainAndAgain(simulator, who, async () => {
    await expect(page.getByText('Signs in by itself', { exact: true })).toBeVisible({ timeout: 30_000 });
  });
  await expect(page.getByText(/^1 user was kept out from .+ to /).first()).toBeVisible({ timeout: 60_000 });
  const lines = await keepOutJournal(profile);
  expect(lines.at(-1)).toMatchObject({ type: 'state', state: { kind: 'finished' }, why: 'Its time is over' });
  const claimed = lines.filter(({ type, outcome }) => type === 'outcome' && outcome === 'revoked');
  expect(claimed.map(({ correlationId }) => correlationId)).toEqual(
    endedOf(simulator, who)
      .slice(2)
      .map(({ correlationId }) => correlationId),
  );
  // The button that was stopped by its end is gone, and the next key goes somewhere.
  await tabTo(button(page, 'Keep out…'));
});

test.describe('thousands', () => {
  const LEAVERS = 3_000;
  test.use({ simulatorOptions: { users: 4_000, limit: 10_000, latency: [1, 5] } });

  test('by keyboard: 3,000 leavers from a workbook', async ({ launch, simulator, profile }) => {
    const app = await launchSignedIn(launch, simulator);
    const { page, electron } = app;
    const { keyboard } = page;
    const path = join(profile, 'leavers.xlsx');
    const emails = ordinaryUsers(simulator, LEAVERS).map((id) => simulator.org.byId(id)?.email ?? '');
    await writeFile(path, workbookOf([['E-Mail'], ...emails.map((email) => [email])]));
    await chooseFile(electron, path);

    const counting = await countInteractions(app);
    await keyboard.press('Control+2');
    await expectFocus(oneBox(page));
    await press(page, 'Open a list…');
    await expect(page.getByRole('heading', { level: 3, name: 'leavers.xlsx' })).toBeVisible();
    await expectFocus(button(page, 'Open a list…'));
    await press(page, /^Look up/);
    await expectFocus(heading(page, 'Review'));
    await expect(page.getByText('The tokens of 3,000 users will be revoked.').first()).toBeVisible();
    const toReview = await counting.told('By keyboard, 3,000 leavers, to the review');
    expect(toReview.presses, toReview.words).toBeLessThanOrEqual(3);
    await confirm(page, 'Leavers of November');
    await expectFocus(heading(page, 'Run'));
    // Nothing is to be pressed from here on, and to its end it takes a minute: bad-days-many.spec.ts waits for that.
    await expect.poll(() => revokedCount(simulator)).toBeGreaterThan(100);
    const begun = await counting.told('By keyboard, 3,000 leavers, until they are revoked');
    expect(begun.presses, begun.words).toBeLessThanOrEqual(5);
  });
});

test('by keyboard: a division except a role', async ({ launch, simulator }) => {
  const app = await launchSignedIn(launch, simulator);
  const { page } = app;
  const { keyboard } = page;
  const counting = await countInteractions(app);
  await keyboard.press('Control+2');
  await expectFocus(oneBox(page));
  await keyboard.type('Customer Care Europe');
  await expect(markedOption(page)).toContainText(/^\s*Customer Care Europe/);
  await keyboard.press('Enter');
  await keyboard.type('engage sup');
  await expect(markedOption(page)).toContainText('Engage Supervisor');
  await keyboard.press('Shift+Enter');
  await expect(page.getByText('Customer Care Europe except Engage Supervisor').first()).toBeVisible();
  await expect(oneBox(page)).toHaveValue('');
  await keyboard.press('Enter');
  await confirm(page, 'Breach at the partner');
  const report = page.getByText(/^The tokens of ([\d,]+) of \1 users were revoked\./);
  await expect(report.first()).toBeVisible({ timeout: 60_000 });
  await expectFocus(heading(page, 'Report'));
  const { presses, words } = await counting.told('By keyboard, a division except a role');
  expect(presses, words).toBeLessThanOrEqual(8);
});

test.describe('a wrong list, at twenty users a second', () => {
  test.use({ simulatorOptions: { limit: 1_200, latency: [5, 25] } });

  test('by keyboard: stopped after 100', async ({ launch, simulator }) => {
    const app = await launchSignedIn(launch, simulator);
    const { page } = app;
    const { keyboard } = page;
    const all = 400;
    await keyboard.press('Control+2');
    await expectFocus(oneBox(page));
    await pasteText(page, ordinaryUsers(simulator, all).join('\n'));
    await expect(page.getByRole('heading', { level: 3, name: 'Pasted list' })).toBeVisible();
    await keyboard.press('Enter');
    await confirm(page, 'Leavers of November');
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
    expect(revokedCount(simulator)).toBeLessThan(all);
    const { presses, words } = await counting.told('By keyboard, a wrong list');
    expect(presses, words).toBeLessThanOrEqual(2);
  });
});
