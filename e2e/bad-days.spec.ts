import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type RunningApp, type Simulator } from './support/app.ts';
import { AGREE, answerMessageBoxes, chooseSavePath, DECLINE, questionsAsked } from './support/dialogs.ts';
import { countInteractions } from './support/interactions.ts';
import { endedOf, keepOutJournal, signInAgainAndAgain } from './support/keep-out.ts';
import { picture } from './support/picture.ts';
import {
  chipCounts,
  fillConfirmation,
  lookUp,
  oneBox,
  openRun,
  ordinaryUsers,
  pasteAndReview,
  revokeButton,
  revokedCount,
  showRuns,
  typeUntilMarked,
} from './support/revocation.ts';
import { showView, signInWithToken, statusLine } from './support/window.ts';

const FASTER = { env: { TOKENDESK_KEEP_OUT_SPEED: '300' } };

test.use({ startedWith: FASTER });

test('a leaked token, a division except a role, and users who come back are all dealt with', async ({
  launch,
  signedIn: app,
  simulator,
  profile,
}) => {
  await test.step('a leaked token: ended, and its record kept in Runs, found again and exported', () =>
    endLeakedToken(app, simulator, profile));
  await test.step('a division except a role', () => revokeDivision(app, simulator));
  const untouched = ordinaryUsers(simulator, 900).filter((id) => endedOf(simulator, id).length === 0);
  await test.step('one user who comes back is revoked again in one step, and kept out for an hour', () =>
    keepOut(app, simulator, profile, untouched.slice(0, 3)));
  await test.step('keeping out is offered after a kill, and goes on when it is agreed to', async () => {
    const next = untouched.slice(3, 6);
    const [who = ''] = next;
    await keepOutUntilKilled(app, next);
    simulator.issueToken(who);
    await goOnKeepingOut(await launch({ simulator, ...FASTER }), simulator, profile, who);
  });
});

async function endLeakedToken(app: RunningApp, simulator: Simulator, profile: string): Promise<void> {
  const { page, electron } = app;
  const victim = simulator.org.user(2);
  const leaked = simulator.issueToken(victim.id);
  const dialog = page.getByRole('dialog', { name: 'Inspect another token' });

  const counting = await countInteractions(app);
  await page.getByRole('button', { name: 'Inspect another token…' }).click();
  await dialog
    .getByLabel('Or paste it here')
    .fill(`curl -H 'Authorization: Bearer ${leaked}' https://api.mypurecloud.de/api/v2/users/me`);
  await dialog.getByRole('button', { name: 'Find the token' }).click();
  // The region comes from the text.
  await expect(dialog.getByLabel('Region of the token')).toHaveValue('eu-central-1');
  await dialog.getByRole('button', { name: 'Ask this host…' }).click();
  await expect(dialog.getByText(`It belongs to ${victim.name}.`)).toBeVisible();
  const asked = await counting.told('A leaked token, to what it is');
  await page.keyboard.press('Escape');
  await expect(dialog.getByText('The record is not kept yet')).toBeVisible();
  await picture(page, 'record-unsaved');
  await page.keyboard.press('Escape');
  const ending = await countInteractions(app);
  await dialog.getByRole('button', { name: 'Revoke exactly this token…' }).click();
  await expect(dialog.getByText('Kept in Runs, with the token masked.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  const ended = await ending.told('A leaked token, to its end and its record');
  expect(asked.presses + ended.presses).toBeLessThanOrEqual(7);
  expect(asked.fields + ended.fields).toBeLessThanOrEqual(1);

  await showView(page, 'Runs');
  const grid = page.getByRole('grid', { name: 'Runs', exact: true });
  await expect(grid).toHaveAttribute('aria-rowcount', '2');
  await page
    .getByRole('group', { name: 'Show by state' })
    .getByRole('button', { name: 'Leaked tokens' })
    .click();
  await grid.getByText(`Leaked token of ${victim.name}`).click();
  await expect(page.getByRole('heading', { level: 2, name: `Leaked token of ${victim.name}` })).toBeVisible();
  await expect(page.getByRole('region', { name: /^Record of/ })).toContainText('no longer valid (status 401');
  await picture(page, 'record-kept');
  const path = join(profile, 'record.txt');
  await chooseSavePath(electron, path);
  await page.getByRole('button', { name: 'Export record…' }).click();
  await expect(page.getByText(path)).toBeVisible();
  await electron.evaluate(({ shell }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    shell.showItemInFolder = (file) => void shown.push(`folder of ${file}`);
    shell.openPath = (file) => Promise.resolve(shown.push(file) > 0 ? '' : 'never');
  });
  await page.getByRole('button', { name: 'Show in folder' }).click();
  const shownFiles = () => electron.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
  await expect.poll(shownFiles).toEqual([`folder of ${path}`]);
  // Two presses at once are one.
  await expect(async () => {
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    expect(await shownFiles()).toContain(path);
  }).toPass();
  const record = await readFile(path, 'utf8');
  expect(record).toContain(victim.id);
  expect(record).not.toContain(leaked);
  for (const name of await readdir(join(profile, 'runs')))
    expect(await readFile(join(profile, 'runs', name), 'utf8')).not.toContain(leaked);
  // All kinds are shown again.
  await showRuns(page);
  await page
    .getByRole('group', { name: 'Show by state' })
    .getByRole('button', { name: 'Leaked tokens' })
    .click();
}

async function revokeDivision(app: RunningApp, simulator: Simulator): Promise<void> {
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
  await expect(page.getByText(all).first()).toBeVisible({ timeout: 60_000 });
  expect(revokedCount(simulator)).toBe(chips['Revoke']);
  const { presses, words } = await counting.told('A division except a role');
  expect(presses, words).toBeLessThanOrEqual(8);
  // The choice is told with the run, in its record too.
  await showView(page, 'Runs');
  await page.getByRole('grid', { name: 'Runs', exact: true }).getByText('Breach at the partner').click();
  await expect(page.getByText('Customer Care Europe except Engage Supervisor')).toBeVisible();
}

async function revokeThree(page: Page, ids: readonly string[]): Promise<void> {
  await pasteAndReview(page, ids.join('\n'));
  await fillConfirmation(page, 'Account taken over');
  await revokeButton(page).click();
  await expect(page.getByText('3 of 3 users were revoked.').first()).toBeVisible();
}

async function keepOut(
  app: RunningApp,
  simulator: Simulator,
  profile: string,
  ids: readonly string[],
): Promise<void> {
  const { page } = app;
  const [who = ''] = ids;
  await revokeThree(page, ids);

  await test.step('the check says who, to the second, in the table with a chip', async () => {
    simulator.issueToken(who);
    const counting = await countInteractions(app);
    await page.getByRole('button', { name: 'Check who has signed in again' }).click();
    const seen = await counting.told('One user who comes back, to see it');
    expect(seen.presses, seen.words).toBeLessThanOrEqual(1);
    const result = page.locator('.callout', { hasText: '1 user got a token since' });
    await expect(result.getByRole('listitem')).toHaveText(/, .*\d:\d\d:\d\d/);
    await expect
      .poll(() => chipCounts(page, 'Show by outcome'))
      .toEqual({ Revoked: 3, 'Signed in again': 1 });
    await page
      .getByRole('group', { name: 'Show by outcome' })
      .getByRole('button', { name: 'Signed in again' })
      .click();
    const grid = page.getByRole('grid', { name: 'Outcomes' });
    await expect(grid).toHaveAttribute('aria-rowcount', '2');
    await expect(grid.getByRole('row').nth(1)).toContainText(simulator.org.byId(who)?.name ?? '');
    await picture(page, 'again');
  });

  await test.step('one step leads to the review of exactly that user', async () => {
    await page.getByRole('button', { name: 'Revoke this user again…' }).click();
    await expect(page.getByRole('grid', { name: 'Rows of the plan' })).toHaveAttribute('aria-rowcount', '2');
    await page.getByRole('button', { name: 'Continue to confirm' }).click();
    await expect(page.getByLabel('Reason')).toHaveValue('Account taken over');
  });

  await test.step('main asks once, and declined nobody is kept out', async () => {
    await openRun(page, 'Account taken over');
    const counting = await countInteractions(app);
    await page.getByRole('button', { name: 'Keep out…' }).click();
    await picture(page, 'keep-out-form');
    await answerMessageBoxes(app.electron, DECLINE);
    await page.getByRole('button', { name: 'Keep 1 user out…' }).click();
    await expect(page.getByText('You declined in the system’s dialog.')).toBeVisible();
    expect(await questionsAsked(app.electron)).toMatchObject([
      { message: `Keep 1 user of ${simulator.org.name} out for 1 hour?`, defaultId: 0 },
    ]);
    await answerMessageBoxes(app.electron, AGREE);
    await page.getByRole('button', { name: 'Keep 1 user out…' }).click();
    await expect(page.getByText(/^1 user is kept out until/).first()).toBeVisible();
    // One of them was declined.
    const kept = await counting.told('One user who comes back, kept out');
    expect(kept.presses - 1, kept.words).toBeLessThanOrEqual(2);
  });

  await test.step('who signs in by itself is revoked each time, and said to', async () => {
    await signInAgainAndAgain(simulator, who, async () => {
      await expect(page.getByText('Signs in by itself', { exact: true })).toBeVisible({ timeout: 30_000 });
    });
    await expect(
      page.getByText(/set the user inactive, or block them at the identity provider/),
    ).toBeVisible();
    await expect(statusLine(page)).toContainText('1 user is kept out until');
    await picture(page, 'keep-out');
  });

  await test.step('after the hour it ends, and its evidence agrees with the server', async () => {
    await expect(page.getByText(/^1 user was kept out from .+ to /).first()).toBeVisible({ timeout: 60_000 });
    await picture(page, 'kept-out');
    const lines = await keepOutJournal(profile);
    expect(lines.at(-1)).toMatchObject({
      type: 'state',
      state: { kind: 'finished' },
      why: 'Its time is over',
    });
    const again = endedOf(simulator, who).slice(1);
    const claimed = lines.filter(({ type, outcome }) => type === 'outcome' && outcome === 'revoked');
    expect(claimed.map(({ correlationId }) => correlationId)).toEqual(
      again.map(({ correlationId }) => correlationId),
    );
    expect(claimed.length).toBeGreaterThanOrEqual(3);
    expect(lines.filter(({ type }) => type === 'by-itself')).toHaveLength(1);
    // The two others never came back, and were left alone.
    for (const id of ids.slice(1)) expect(endedOf(simulator, id)).toHaveLength(1);
  });
}

async function keepOutUntilKilled(first: RunningApp, ids: readonly string[]): Promise<void> {
  const { page } = first;
  await revokeThree(page, ids);
  await page.getByRole('button', { name: 'Keep out…' }).click();
  await page.getByText('Until stopped').click();
  await page.getByRole('button', { name: 'Keep 3 users out…' }).click();
  await expect(page.getByText('3 users are kept out until you stop it').first()).toBeVisible();
  await first.kill();
}

async function goOnKeepingOut(
  { page }: RunningApp,
  simulator: Simulator,
  profile: string,
  who: string,
): Promise<void> {
  const offer = page.locator('.callout', { hasText: 'Keeping 3 users out was interrupted' });
  await expect(offer).toContainText('nobody has looked who signs in again');
  await expect(offer.getByRole('button', { name: 'Sign in to go on…' })).toBeVisible();
  await picture(page, 'keep-out-interrupted');
  expect(endedOf(simulator, who)).toHaveLength(1);
  await signInWithToken(page, simulator, simulator.token);
  await offer.getByRole('button', { name: 'Go on keeping out…' }).click();
  await expect.poll(() => endedOf(simulator, who).length).toBe(2);
  await showView(page, 'Runs');
  await page.getByRole('button', { name: 'Stop keeping out' }).first().click();
  await expect
    .poll(async () => (await keepOutJournal(profile)).at(-1))
    .toMatchObject({ type: 'state', state: { kind: 'cancelled' } });
}
