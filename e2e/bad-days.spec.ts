import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { AGREE, answerMessageBoxes, chooseSavePath, DECLINE, questionsAsked } from './support/dialogs.ts';
import { countInteractions } from './support/interactions.ts';
import { endedOf, keepOutJournal, signInAgainAndAgain } from './support/keep-out.ts';
import {
  chipCounts,
  fillConfirmation,
  openRun,
  ordinaryUsers,
  pasteAndReview,
  revokeButton,
  revokedCount,
} from './support/revocation.ts';
import { launchSignedIn, showView, signInWithToken, statusLine } from './support/window.ts';

/** With this set, pictures of what a test has arrived at are left there, for a person to look at. */
const PICTURES = process.env['TOKENDESK_PICTURES'] ?? '';

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === '') return;
  await mkdir(PICTURES, { recursive: true });
  for (const width of [800, 1280]) {
    await page.setViewportSize({ width, height: 860 });
    for (const theme of ['light', 'dark']) {
      await page.evaluate((value) => {
        document.documentElement.dataset['theme'] = value;
      }, theme);
      await page.screenshot({ path: join(PICTURES, `${name}-${width}-${theme}.png`) });
    }
  }
}

test.describe('a wrong list, at twenty users a second', () => {
  test.use({ simulatorOptions: { limit: 1200, latency: [5, 25] } });

  test('is stopped after 100, and says whose run it was and how it ended, whatever connection is in use', async ({
    launch,
    simulator,
  }) => {
    const app = await launchSignedIn(launch, simulator);
    const { page } = app;
    await pasteAndReview(page, [...ordinaryUsers(simulator, 400), 'nobody@nowhere.example'].join('\n'));
    await fillConfirmation(page, 'Leavers of November');
    await page.getByLabel('Ticket').fill('INC-20481');
    await revokeButton(page).click();
    const owner = page.getByLabel('Whose run this is');
    await expect(owner).toContainText(`${simulator.org.name}, by “Simulated org” (Frankfurt)`);
    await expect(owner).toContainText('Leavers of November');
    await expect(owner).toContainText('INC-20481');
    await picture(page, 'run');

    await test.step('under the demo it says loudly where it goes on', async () => {
      await page.evaluate(() => window.tokendesk.call['connections.signIn']({ method: 'demo' }));
      await expect(page.getByRole('alert').filter({ hasText: 'not in the connection in use' })).toContainText(
        `This run goes on in ${simulator.org.name}`,
      );
      await expect(statusLine(page)).toContainText(
        `Run in ${simulator.org.name}, not in the connection in use`,
      );
      const before = revokedCount(simulator);
      await expect.poll(() => revokedCount(simulator)).toBeGreaterThan(before);
      await picture(page, 'run-elsewhere');
    });

    await expect.poll(() => revokedCount(simulator), { timeout: 30_000 }).toBeGreaterThanOrEqual(100);
    const counting = await countInteractions(app);
    await page.getByRole('button', { name: 'Cancel run…' }).click();
    await page.getByRole('button', { name: 'Stop here' }).click();
    const { presses, words } = await counting.told('A wrong list');
    expect(presses, words).toBeLessThanOrEqual(2);
    const report = page.getByText(/^Cancelled\. The tokens of \d+ of 400 users were revoked\./);
    await expect(report.first()).toContainText(/\d+ users were not attempted\. 1 row was kept back\./);
    await expect(page.getByText(/^Cancelled by .+\. Ended .+\d\d:\d\d/)).toBeVisible();
    await expect(page.getByText('not by the connection in use')).toBeVisible();
    await picture(page, 'report-elsewhere');

    await showView(page, 'Runs');
    await page.getByRole('grid', { name: 'Runs', exact: true }).getByText('Leavers of November').click();
    await expect(page.getByLabel('Whose run this is')).toContainText('INC-20481');
    await expect(page.getByText(/^Cancelled by .+\. Ended/)).toBeVisible();
    await picture(page, 'run-page-elsewhere');
  });
});

async function revokeThree(page: Page, ids: readonly string[]): Promise<void> {
  await pasteAndReview(page, ids.join('\n'));
  await fillConfirmation(page, 'Account taken over');
  await revokeButton(page).click();
  await expect(page.getByText('3 of 3 users were revoked.').first()).toBeVisible();
}

test('one user who comes back is revoked again in one step, and kept out for an hour', async ({
  launch,
  simulator,
  profile,
}) => {
  const app = await launch({ simulator, env: { TOKENDESK_KEEP_OUT_SPEED: '300' } });
  const { page } = app;
  await signInWithToken(page, simulator, simulator.token);
  const ids = ordinaryUsers(simulator, 3);
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
    expect(await chipCounts(page, 'Show by outcome')).toEqual({ Revoked: 3, 'Signed in again': 1 });
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
});

test('keeping out is offered after a kill, and goes on when it is agreed to', async ({
  launch,
  simulator,
  profile,
}) => {
  const env = { TOKENDESK_KEEP_OUT_SPEED: '300' };
  const first = await launch({ simulator, env });
  await signInWithToken(first.page, simulator, simulator.token);
  const ids = ordinaryUsers(simulator, 3);
  const [who = ''] = ids;
  await revokeThree(first.page, ids);
  await first.page.getByRole('button', { name: 'Keep out…' }).click();
  await first.page.getByText('Until stopped').click();
  await first.page.getByRole('button', { name: 'Keep 3 users out…' }).click();
  await expect(first.page.getByText('3 users are kept out until you stop it').first()).toBeVisible();
  await first.kill();
  simulator.issueToken(who);

  const second = await launch({ simulator, env });
  const { page } = second;
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
});

test('a leaked token: ended, and its record kept in Runs, found again and exported', async ({
  launch,
  simulator,
  profile,
}) => {
  const app = await launch({ simulator });
  const { page, electron } = app;
  await signInWithToken(page, simulator, simulator.token);
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
});
