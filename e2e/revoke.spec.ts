import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Simulator } from './support/app.ts';
import { answerMessageBoxes, chooseFile, questionsAsked } from './support/dialogs.ts';
import {
  callsPerUser,
  chipCounts,
  clearSources,
  expectTruth,
  exportReport,
  fillConfirmation,
  lookUp,
  ordinaryUsers,
  pasteAndReview,
  REVOKE_ROUTE,
  revokeButton,
  revokedCount,
  showRuns,
  useList,
  waitingForAnswers,
} from './support/revocation.ts';
import { showView } from './support/window.ts';

const LEAVERS = 'examples/leavers.csv';

/** What the server would say to each address of the leavers' list, worked out without the app. */
async function expectedDecisions({ org, userId }: Simulator): Promise<Readonly<Record<string, number>>> {
  const lines = (await readFile(LEAVERS, 'utf8')).split('\r\n').slice(1);
  const addresses = lines.map((line) => line.split(';')[1]?.trim().toLowerCase() ?? '').filter(Boolean);
  const seen = new Set<string>();
  const counts: Record<string, number> = {};
  for (const address of addresses) {
    const found = org.byEmail(address);
    const [user] = found;
    const decision = seen.has(address)
      ? 'Duplicate'
      : !user
        ? 'Not found'
        : found.length > 1
          ? 'Ambiguous'
          : user.state === 'deleted'
            ? 'Deleted'
            : user.id === userId
              ? 'Yourself'
              : 'Revoke';
    seen.add(address);
    counts[decision] = (counts[decision] ?? 0) + 1;
  }
  return counts;
}

test('a list of leavers: review, dry run, confirmation, run, report', async ({
  signedIn: app,
  simulator,
  profile,
}) => {
  const { page, electron } = app;
  await showView(page, 'Revoke');

  await test.step('a list with nobody in it, or that is none, is refused in plain words', async () => {
    await chooseFile(electron, null);
    await page.getByRole('button', { name: 'Open a list…' }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);

    const empty = join(profile, 'empty.csv');
    await writeFile(empty, '\r\n \r\n');
    await chooseFile(electron, empty);
    await page.getByRole('button', { name: 'Open a list…' }).click();
    await expect(page.getByRole('alert')).toContainText('Nobody is selected');

    const picture = join(profile, 'picture.csv');
    await writeFile(
      picture,
      Uint8Array.from({ length: 4096 }, (_, at) => (at * 151) % 256),
    );
    await chooseFile(electron, picture);
    await page.getByRole('button', { name: 'Open a list…' }).click();
    await expect(page.getByRole('alert')).toContainText('The file cannot be read');

    await useList(page, 'please\nremove\neverybody');
    await expect(page.getByText('No line holds a user id or an email address')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Look up/ })).toBeDisabled();
    expect(simulator.ledger().counts['POST /api/v2/users/search']).toBeUndefined();
  });

  await test.step('a list of which nobody is left cannot be confirmed', async () => {
    await pasteAndReview(page, `nobody@fernhollow.example\n${simulator.userId}`);
    await expect(page.getByText('No tokens will be revoked. 2 rows are kept back.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Continue to confirm' })).toBeDisabled();
    await page.getByRole('button', { name: 'Back' }).click();
  });

  await clearSources(page);
  await chooseFile(electron, LEAVERS);
  await page.getByRole('button', { name: 'Open a list…' }).click();
  const expected = await expectedDecisions(simulator);
  const users = expected['Revoke'] ?? 0;
  await test.step('the review keeps back whom it should, and says why', async () => {
    await expect(page.getByRole('heading', { name: 'leavers.csv' })).toBeVisible();
    await expect(page.getByRole('radio', { name: 'Email' })).toBeChecked();
    await lookUp(page);
    await expect.poll(() => chipCounts(page, 'Show by decision')).toEqual(expected);
    expect(Object.keys(expected).sort()).toEqual(
      ['Ambiguous', 'Deleted', 'Duplicate', 'Not found', 'Revoke', 'Yourself'].sort(),
    );
    const grid = page.getByRole('grid', { name: 'Rows of the plan' });
    await page
      .getByRole('group', { name: 'Show by decision' })
      .getByRole('button', { name: 'Yourself' })
      .click();
    await expect(grid.getByRole('row').nth(1)).toContainText('Ines Albrecht');
    await page
      .getByRole('group', { name: 'Show by decision' })
      .getByRole('button', { name: 'Ambiguous' })
      .click();
    const [first, second] = [simulator.org.user(17), simulator.org.user(18)];
    await expect(grid.getByRole('row').nth(1)).toContainText(first.id);
    await expect(grid.getByRole('row').nth(1)).toContainText(second.id);
  });

  await test.step('a dry run revokes nobody', async () => {
    await fillConfirmation(page, 'Leavers of November');
    await page.getByLabel('Ticket').fill('INC-20481');
    await page.getByRole('button', { name: 'Dry run' }).click();
    await expect(page.getByText(`${users} of ${users} users would be revoked.`)).toBeVisible();
    await expect.poll(() => chipCounts(page, 'Show by outcome')).toMatchObject({ 'Would be revoked': users });
    expect(simulator.ledger().counts[REVOKE_ROUTE]).toBeUndefined();
  });

  await test.step('the typed confirmation must be right, and the native question answered', async () => {
    await page.getByRole('button', { name: 'Go on to revoke' }).click();
    const field = page.getByLabel(/Type “.+” to confirm/);
    await expect(field).toHaveValue(`REVOKE ${users} IN ${simulator.org.name}`);
    await field.fill(`REVOKE ${users - 1} IN ${simulator.org.name}`);
    await expect(revokeButton(page)).toBeDisabled();
    await field.fill(`REVOKE ${users} IN ${simulator.org.name}`);
    await expect(page.getByLabel('Reason')).toHaveValue('Leavers of November');

    await answerMessageBoxes(electron, 0);
    await revokeButton(page).click();
    await expect(page.getByText('You declined in the system’s dialog. Nothing was changed.')).toBeVisible();
    const [question] = await questionsAsked(electron);
    expect(question).toMatchObject({
      message: `Revoke all tokens of ${users} users in ${simulator.org.name}?`,
      buttons: ['Cancel', `Revoke the tokens of ${users} users`],
      defaultId: 0,
    });
    expect(simulator.ledger().counts[REVOKE_ROUTE]).toBeUndefined();
  });

  await test.step('the run ends with one outcome for each user, and the server agrees', async () => {
    await answerMessageBoxes(electron, 1);
    await revokeButton(page).click();
    await expect(page.getByText(`${users} of ${users} users were revoked.`)).toBeVisible({ timeout: 30_000 });
    const rows = await exportReport(app, profile);
    expect(rows).toHaveLength(Object.values(expected).reduce((sum, count) => sum + count, 0));
    await expect
      .poll(() => chipCounts(page, 'Show by outcome'))
      .toEqual({
        Revoked: users,
        'Kept back': rows.length - users,
      });
    expectTruth(rows, simulator);
    expect(revokedCount(simulator)).toBe(users);
    expect(Math.max(...callsPerUser(simulator).values())).toBe(1);
    expect(simulator.ledger().rateLimited).toEqual([]);
  });

  await test.step('the runs of the past have both', async () => {
    const rows = (await showRuns(page)).getByRole('row').filter({ hasText: 'Leavers of November' });
    await expect(rows).toHaveCount(2);
    await expect(rows.nth(0)).toContainText('INC-20481');
    await expect(rows.nth(0)).not.toContainText('Dry run');
    await expect(rows.nth(1)).toContainText('Dry run');
  });
});

test.describe('at ten users a second', () => {
  test.use({ simulatorOptions: { limit: 600, latency: [5, 25] } });

  test('a run is paused, continued and cancelled', async ({ signedIn: app, simulator, profile }) => {
    const { page } = app;
    await pasteAndReview(page, ordinaryUsers(simulator, 120).join('\n'));
    await fillConfirmation(page, 'Compromised accounts');
    await revokeButton(page).click();
    await expect.poll(() => revokedCount(simulator)).toBeGreaterThan(2);

    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await expect(page.getByText('Paused by you').first()).toBeVisible();
    await expect(waitingForAnswers(page)).toHaveText('0');
    const paused = revokedCount(simulator);
    await expect(page.getByRole('progressbar', { name: 'Progress of the run' }).first()).toHaveAttribute(
      'aria-valuenow',
      String(paused),
    );
    // Long enough for several calls at this pace.
    await showView(page, 'Settings');
    await showView(page, 'Token');
    await (await showRuns(page)).getByRole('row').filter({ hasText: 'Compromised accounts' }).click();
    expect(revokedCount(simulator)).toBe(paused);

    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await expect.poll(() => revokedCount(simulator)).toBeGreaterThan(paused + 2);

    await page.getByRole('button', { name: 'Cancel run…' }).click();
    const question = page.getByRole('dialog', { name: 'Stop this run here?' });
    await expect(question.getByRole('button', { name: 'Stop here' })).toBeFocused();
    await test.step('it holds while its question is read, and can go on', async () => {
      await expect(waitingForAnswers(page)).toHaveText('0');
      const held = revokedCount(simulator);
      await expect(page.getByText('Paused by you').first()).toBeVisible();
      expect(revokedCount(simulator)).toBe(held);
      await question.getByRole('button', { name: 'Go on' }).click();
      await expect.poll(() => revokedCount(simulator)).toBeGreaterThan(held);
    });
    await page.getByRole('button', { name: 'Cancel run…' }).click();
    await question.getByRole('button', { name: 'Stop here' }).click();
    await expect(page.getByText(/users were not attempted\./)).toBeVisible();

    const rows = await exportReport(app, profile);
    expect(rows).toHaveLength(120);
    expectTruth(rows, simulator);
    const revoked = revokedCount(simulator);
    await expect
      .poll(() => chipCounts(page, 'Show by outcome'))
      .toEqual({ Revoked: revoked, 'Not attempted': 120 - revoked });
  });
});
