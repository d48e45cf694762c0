import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type RunningApp, type Simulator } from './support/app.ts';
import { chooseSavePath } from './support/dialogs.ts';
import { expectFocus, tabTo } from './support/focus.ts';
import { countInteractions } from './support/interactions.ts';
import { endedOf, keepOutJournal, signInAgainAndAgain } from './support/keep-out.ts';
import { button, confirmByKeys, heading, press } from './support/keyboard.ts';
import { chooseAnew, markedOption, oneBox, ordinaryUsers, revokeButton } from './support/revocation.ts';

// No mouse here. Main's own dialogs and those of files are answered in the person's place.

test.use({ startedWith: { env: { TOKENDESK_KEEP_OUT_SPEED: '300' } } });

test('by keyboard: a leaked token, a division except a role, and one user who comes back', async ({
  signedIn: app,
  simulator,
  profile,
}) => {
  await test.step('a leaked token, from the chat to its record', () =>
    endLeakedToken(app, simulator, profile));
  await test.step('a division except a role', () => revokeDivision(app));
  await chooseAnew(app.page);
  await app.page.keyboard.press('Control+1');
  await test.step('one user who comes back, revoked again and kept out for an hour', () =>
    keepOut(app, simulator, profile));
});

async function endLeakedToken(app: RunningApp, simulator: Simulator, profile: string): Promise<void> {
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
}

async function revokeDivision(app: RunningApp): Promise<void> {
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
  await confirmByKeys(page, 'Breach at the partner');
  const report = page.getByText(/^The tokens of ([\d,]+) of \1 users were revoked\./);
  await expect(report.first()).toBeVisible({ timeout: 60_000 });
  await expectFocus(heading(page, 'Report'));
  const { presses, words } = await counting.told('By keyboard, a division except a role');
  expect(presses, words).toBeLessThanOrEqual(8);
}

async function keepOut(app: RunningApp, simulator: Simulator, profile: string): Promise<void> {
  const { page } = app;
  const { keyboard } = page;
  // Nobody has revoked them yet.
  const who = ordinaryUsers(simulator, 900).find((id) => endedOf(simulator, id).length === 0) ?? '';
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
}
