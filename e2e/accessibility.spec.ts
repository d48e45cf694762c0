import { expect, test } from './support/app.ts';
import { demoAddresses } from './support/demo.ts';
import { emptyPictures, expectGoodLooks } from './support/looks.ts';
import {
  clearSources,
  fillConfirmation,
  lookUp,
  openRun,
  openWay,
  pasteAndReview,
  revokeButton,
  showRuns,
  typeUntilMarked,
} from './support/revocation.ts';
import { choose, openConnections, showView } from './support/window.ts';

test('every view and every dialog keeps to WCAG 2.2 AA, light and dark, and fits from 320 to 1920 pixels', async ({
  launch,
}) => {
  test.setTimeout(300_000);
  await emptyPictures();
  const { page } = await launch({
    keepIntroduction: true,
    // Slow enough that a run of 200 users is still going on when it has been looked at.
    env: { TOKENDESK_DEMO: JSON.stringify({ limit: 300 }) },
  });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  // Otherwise taking the sheet of spaced text away would take more.
  expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
  const check = (where: string) => test.step(where, () => expectGoodLooks(page, where));

  await check('Introduction');
  await page.getByRole('button', { name: 'Skip' }).click();

  await page.getByText('As Genesys Cloud answered').click();
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('Valid', { exact: true })).toBeVisible();
  await check('Token');

  await showView(page, 'Runs');
  await check('Runs, none');
  await showView(page, 'Token');

  const triage = page.getByRole('dialog', { name: 'Inspect another token' });
  await page.getByRole('button', { name: 'Inspect another token…' }).click();
  await triage.getByLabel('Or paste it here').fill(`Authorization: Bearer ${'no-such-token-'.repeat(6)}`);
  await check('Inspect another token');
  await triage.getByRole('button', { name: 'Find the token' }).click();
  await triage.getByLabel('Region of the token').selectOption({ label: 'Demo organization – localhost' });
  await check('Inspect another token: found');
  await triage.getByRole('button', { name: 'Ask this host…' }).click();
  await expect(triage.getByRole('region', { name: 'Record', exact: true })).toBeVisible();
  await check('Inspect another token: answer');
  await page.keyboard.press('Escape');
  await check('Inspect another token: record not kept');
  await triage.getByRole('button', { name: 'Keep and close' }).click();

  const connections = await openConnections(page);
  await connections.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(connections.getByText('Enter the client id.')).toBeVisible();
  await check('Connections');
  await choose(connections, 'Access token');
  await connections.getByRole('button', { name: 'Take from clipboard' }).click();
  await check('Connections: access token');
  await page.keyboard.press('Escape');

  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: 'Command, setting, run or user' })).toBeFocused();
  await check('Command palette');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await check('Keyboard shortcuts');
  await page.keyboard.press('Escape');

  await showView(page, 'Idle timeout');
  const after = page.getByRole('region', { name: 'For everybody' }).getByRole('textbox', { name: 'After' });
  await after.fill('soon');
  await check('Idle timeout');
  await after.fill('45 min');
  await expect(page.getByRole('region', { name: 'What saving changes' })).toBeVisible();
  await check('Idle timeout: what saving changes');

  await showView(page, 'Settings');
  await check('Settings');
  await page.getByRole('button', { name: 'Licences…' }).click();
  await page.getByText(/^electron \d/).click();
  await check('Settings: licences');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Remove everything…' }).click();
  await check('Settings: remove everything?');
  await page.keyboard.press('Escape');
  await (
    await showRuns(page)
  )
    .getByText(/^Leaked token/)
    .first()
    .click();
  await expect(page.getByRole('region', { name: /^Record of/ })).toBeVisible();
  await check('Runs: record of a leaked token');
  await page.getByRole('button', { name: 'All runs' }).click();

  await showView(page, 'Revoke');
  await check('Revoke: who');
  for (const way of ['One field', 'State', 'Last token', 'Saved plan', 'Everyone']) {
    await openWay(page, way);
    await check(`Revoke: who, ${way}`);
  }
  await typeUntilMarked(page, 'an', /./);
  await check('Revoke: who, typed');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await openWay(page, 'List');
  const list = page.getByLabel('Paste a list');
  const useList = page.getByRole('button', { name: 'Use this list' });
  await list.fill('please remove everybody');
  await useList.click();
  // Read in a worker: what is not here yet would come after it was taken away.
  await expect(page.locator('.chosen').getByRole('button', { name: /^Remove / })).toHaveCount(1);
  await check('Revoke: who, a list without users');
  await clearSources(page);
  const users = [...demoAddresses(200), 'ana@fernhollow.example', 'nobody@fernhollow.example'];
  await openWay(page, 'List');
  await list.fill(['email;team', ...users.map((email, index) => `${email};${index % 7}`)].join('\n'));
  await useList.click();
  await expect(page.getByRole('radio', { name: 'email' })).toBeChecked();
  await page.getByText('Keep more users back').click();
  await check('Revoke: who, a list with columns');
  await lookUp(page);
  await page.getByRole('button', { name: 'Details' }).click();
  await check('Revoke: review');
  await fillConfirmation(page, 'Accessibility');
  await check('Revoke: confirm');
  await revokeButton(page).click();
  await expect(page.getByRole('img', { name: /^Throughput: On average/ })).toBeVisible();
  await check('Revoke: running');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused by you', { exact: true }).first()).toBeVisible();
  await check('Revoke: paused');
  await page.getByRole('button', { name: 'Cancel run…' }).click();
  await check('Revoke: cancel?');
  await page.getByRole('button', { name: 'Stop here' }).click();
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Show by outcome' })).toContainText('Not attempted');
  await check('Revoke: report');
  await pasteAndReview(page, demoAddresses(3).join('\n'));
  await fillConfirmation(page, 'Three more');
  await revokeButton(page).click();
  await expect(page.getByText('3 of 3 users were revoked.').first()).toBeVisible();
  await check('Revoke: report, all revoked');
  await showRuns(page);
  await check('Runs');
  await openRun(page, 'Accessibility');
  await page.getByRole('button', { name: 'Check who has signed in again' }).click();
  await expect(page.getByText(/revoked users checked with/)).toBeVisible();
  await check('Runs: report');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: /^CSV/ })).toBeVisible();
  await check('Runs: export menu');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Keep out…' }).click();
  await check('Runs: keep out, form');
  await page.getByRole('button', { name: /^Keep \d+ users? out…$/ }).click();
  await expect(page.getByText(/kept out until/).first()).toBeVisible();
  await check('Runs: keep out');
  await page.getByRole('button', { name: 'Stop keeping out' }).click();
  await expect(page.getByText(/kept out from/).first()).toBeVisible();
  await check('Runs: kept out');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('option', { name: /^Export CSV/ })).toBeVisible();
  await check('Command palette, with what can be done in the view');
  await page.keyboard.press('Escape');
  await showRuns(page);
  await check('Runs, of every kind');

  await openConnections(page);
  await connections.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('Not signed in').first()).toBeAttached();
  await page.keyboard.press('Escape');
  await showView(page, 'Token');
  await check('Token, signed out');
});
