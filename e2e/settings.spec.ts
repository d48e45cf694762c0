import { readdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './support/app.ts';
import { answerMessageBoxes, chooseFile, questionsAsked } from './support/dialogs.ts';
import { expectFocus } from './support/focus.ts';
import { inKeychain } from './support/keychain.ts';
import { lookUp, ordinaryUsers, useList } from './support/revocation.ts';

test('settings: found by name, the folder of runs, licences, and rid of everything', async ({
  launch,
  simulator,
  profile,
}) => {
  const first = await launch({ simulator });
  const { page, electron } = first;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const ask = async (text: string): Promise<void> => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox').fill(text);
    await expect(page.getByRole('option').first()).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };
  const connectionId = await page.evaluate(async (token) => {
    const state = await window.tokendesk.call['connections.signIn']({
      method: 'access-token',
      region: { kind: 'genesys', id: 'eu-central-1' },
      token: { from: 'typed', value: token },
      label: 'Simulated org',
      remember: true,
    });
    return state.ok && state.data?.kind === 'signed-in' ? state.data.connection.id : '';
  }, simulator.token);
  expect(await inKeychain(connectionId, 'access-token')).toBe(simulator.token);

  await test.step('the palette goes to a setting, wherever one is', async () => {
    await ask('share of the rate');
    await expectFocus(page.getByLabel('Share of the limit to use'));
    await ask('licences');
    await expectFocus(button('Licences…'));
    await ask('folder of runs');
    await expectFocus(button('Change…'));
  });

  await test.step('About shows what it runs on, and copies what can be posted in public', async () => {
    await ask('version');
    const runsOn = await electron.evaluate(() => process.versions);
    for (const version of [runsOn.node, runsOn['chrome'], runsOn['electron']])
      await expect(page.locator('[data-setting="version"]').getByText(version).first()).toBeVisible();
    await button('Copy diagnostics').click();
    await expect(button('Copied')).toBeVisible();
    const text = await electron.evaluate(({ clipboard }) => clipboard.readText());
    expect(text).toContain(`Node.js: ${runsOn.node}`);
    expect(text).toMatch(/^Keychain: .+, ready$/m);
    expect(text).toContain('Session: signed in by access-token, secret in keychain');
    const { org, token, userId, api } = simulator;
    const { name, email } = org.byId(userId)!;
    for (const told of [
      token,
      userId,
      connectionId,
      org.id,
      org.name,
      api,
      'Simulated org',
      profile,
      homedir(),
      name,
      email,
    ])
      expect(text).not.toContain(told);
  });

  await test.step('times in UTC and larger text are set at once, and kept', async () => {
    await ask('utc');
    await expectFocus(page.getByRole('radio', { name: 'Follow the system' }).last());
    await page.getByText('24 hours, UTC', { exact: true }).click();
    await page.getByText('Large', { exact: true }).click();
    const size = () => page.evaluate(() => getComputedStyle(document.body).fontSize);
    await expect.poll(size).toBe('15.75px');
    await expect
      .poll(async () => JSON.parse(await readFile(join(profile, 'settings.json'), 'utf8')) as unknown)
      .toMatchObject({ times: 'utc', density: 'large' });
    await page.getByText('Normal', { exact: true }).click();
    await expect.poll(size).toBe('14px');
  });

  const evidence = join(profile, 'evidence');
  await test.step('runs are kept in the folder that is chosen, if it can be written', async () => {
    await writeFile(join(profile, 'a file'), '');
    await chooseFile(electron, join(profile, 'a file', 'below'));
    await button('Change…').click();
    await expect(page.getByRole('alert')).toContainText('The file cannot be written');
    await chooseFile(electron, null);
    await button('Change…').click();
    // The answer has come, and no other dialog is to be chosen in for it.
    await expect(page.getByRole('alert')).toBeHidden();
    await expect(page.getByText(join(profile, 'runs'), { exact: true }).first()).toBeVisible();
    await chooseFile(electron, evidence);
    await button('Change…').click();
    await expect(page.getByText('New runs are kept there.')).toBeVisible();

    await page.keyboard.press('ControlOrMeta+2');
    await useList(page, ordinaryUsers(simulator, 1).join('\n'));
    await lookUp(page);
    await button('Continue to confirm').click();
    await page.getByLabel('Reason').fill('Kept elsewhere');
    await button('Dry run').click();
    await expect(page.getByText('1 of 1 user would be revoked.')).toBeVisible();
    expect(await readdir(evidence)).toHaveLength(1);
    expect(await readdir(profile)).not.toContain('runs');
  });

  await test.step('the palette offers recent runs and the people who were looked at', async () => {
    const outcomes = page.getByRole('grid', { name: 'Outcomes' });
    // While rows come, what stands around them moves, and a press may miss.
    await expect(outcomes).toHaveAttribute('aria-busy', 'false');
    await expect(outcomes.getByRole('row')).toHaveCount(2);
    await button('Details').click();
    await expect(button('Details')).toHaveAttribute('aria-pressed', 'true');
    await outcomes.getByRole('row').nth(1).click();
    const name = await page.getByRole('complementary').getByRole('heading').innerText();
    await ask('Kept elsewhere');
    await expect(page.getByRole('heading', { level: 2, name: 'Kept elsewhere' })).toBeVisible();
    await ask(`choose ${name}`);
    await expect(page.getByRole('heading', { level: 3, name })).toBeVisible();
  });

  await test.step('each package has its licence, and its text on demand', async () => {
    await ask('licences');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Licences' });
    await expect(dialog.getByRole('listitem').filter({ hasText: /^electron / })).toHaveCount(1);
    await dialog.getByLabel('Find a package').fill('zod');
    await expect(dialog.getByText('1 package', { exact: true })).toBeVisible();
    await dialog.getByText(/^zod \d/).click();
    await expect(dialog.getByText('Permission is hereby granted')).toBeVisible();
    await page.keyboard.press('Escape');
  });

  const remove = page.getByRole('alertdialog', { name: 'Remove everything?' });
  const confirmed = remove.getByRole('button', { name: 'Remove everything' });
  const confirm = async (): Promise<void> => {
    await page.getByLabel('Revoke the tokens at Genesys Cloud first').check();
    await remove.getByLabel(/^Type/).fill('REMOVE EVERYTHING');
    await confirmed.click();
  };
  await test.step('removing: nothing happens when main’s own question is declined', async () => {
    await ask('remove everything');
    await page.keyboard.press('Enter');
    await expect(remove.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await expect(confirmed).toBeDisabled();
    await answerMessageBoxes(electron, 0);
    await confirm();
    await expect.poll(() => questionsAsked(electron)).toHaveLength(1);
    await expect(remove).toBeVisible();
    expect(await inKeychain(connectionId, 'access-token')).toBe(simulator.token);
  });

  await test.step('removing: a token that may still be valid keeps its connection, and it says so', async () => {
    simulator.addFaults({ kind: 'status', status: 403, route: 'DELETE /api/v2/tokens/me' });
    await answerMessageBoxes(electron, 1);
    await confirmed.click();
    const end = page.getByRole('dialog', { name: '1 thing could not be removed' });
    await expect(end.getByText('Connections: Simulated org')).toBeVisible();
    await expect(end.getByText(/Not begun because of that: .*Settings/)).toBeVisible();
    await end.getByRole('button', { name: 'Understood' }).click();
    expect(await inKeychain(connectionId, 'access-token')).toBe(simulator.token);
    expect(await readFile(join(profile, 'settings.json'), 'utf8')).toContain(evidence);
  });

  await test.step('removing: everything but the evidence', async () => {
    await electron.evaluate(({ app }) => {
      // This test starts the next one itself.
      app.relaunch = () => undefined;
    });
    await button('Remove everything…').click();
    await expect(page.getByLabel('Also delete 1 record of runs and leaked tokens')).not.toBeChecked();
    await confirm();
    const end = page.getByRole('dialog', { name: 'Everything is removed' });
    await expect(end.getByText(evidence)).toBeVisible();
    expect(await inKeychain(connectionId, 'access-token')).toBeNull();
    expect(simulator.ledger().counts['DELETE /api/v2/tokens/me']).toMatchObject({ '403': 1 });
    expect(await readdir(evidence)).toHaveLength(1);
    const left = await readdir(profile);
    for (const name of ['settings.json', 'connections.json', 'logs', 'timeout-history', 'protected-users'])
      expect(left).not.toContain(name);
    // The window may be gone before it has said that the click arrived; that the program ended says so too.
    const restart = end.getByRole('button', { name: 'Start Tokendesk again' });
    await Promise.all([first.ended, restart.click().catch(() => undefined)]);
  });

  const again = await launch({ simulator, keepIntroduction: true });
  await expect(again.page.getByRole('dialog', { name: 'Welcome to Tokendesk' })).toBeVisible();
  const snapshot = await again.page.evaluate(() => window.tokendesk.call['app.snapshot'](null));
  expect(snapshot.ok && snapshot.data.connections.map(({ method }) => method)).toEqual(['demo']);
});
