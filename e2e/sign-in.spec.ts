import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type RunningApp, type Simulator } from './support/app.ts';
import { useList } from './support/revocation.ts';
import { inKeychain } from './support/keychain.ts';
import { choose, openConnections, showView, statusLine } from './support/window.ts';

interface SavedConnection {
  readonly id: string;
  readonly label: string;
  readonly method: string;
}

/** The connections as they stand in the file, without the demo organisation's. */
async function savedConnections(profile: string): Promise<readonly SavedConnection[]> {
  const text = await readFile(join(profile, 'connections.json'), 'utf8');
  const { connections } = JSON.parse(text) as { connections: readonly SavedConnection[] };
  return connections.filter(({ method }) => method !== 'demo');
}

/** An administrator who may do everything but delete tokens. */
const limitedToken = (simulator: Simulator): string => simulator.issueToken(simulator.org.user(1).id);

async function signInWithClient(page: Page, clientId: string, secret: string) {
  const dialog = await openConnections(page);
  await dialog.getByLabel('Region').selectOption('eu-central-1');
  await dialog.getByLabel('Client id').fill(clientId);
  await dialog.getByLabel('Client secret').fill(secret);
  await dialog.getByLabel('Name for this connection').fill('Night watch');
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  return dialog;
}

test('client credentials are refused, kept in the keychain until removed; then a token is pasted', async ({
  launch,
  simulator,
  profile,
}) => {
  const { clientId, clientSecret } = simulator;
  const first = await launch({ simulator });
  const { page } = first;

  await test.step('a wrong secret is said in the form, and nothing is stored', async () => {
    const dialog = await signInWithClient(page, clientId, 'not-the-secret');
    await expect(dialog.getByRole('alert')).toContainText('These credentials were not accepted');
    await expect(dialog.getByLabel('Client id')).toHaveValue(clientId);
    await expect(dialog.getByLabel('Client secret')).toHaveValue('');
    await expect(dialog.getByLabel('Client secret')).toBeFocused();
    await expect(dialog.getByRole('alert')).toBeInViewport();
    expect(await savedConnections(profile)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(statusLine(page)).toContainText('Signed in as Ines Albrecht');
  });

  await test.step('the right one signs in, and stands in the keychain alone', async () => {
    await signInWithClient(page, clientId, clientSecret);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(statusLine(page)).toContainText('Signed in as Token administration');
    await expect(statusLine(page)).toContainText('Secret in the keychain');
    await expect(page.getByText('Frankfurt (eu-central-1, mypurecloud.de)')).toBeVisible();
  });
  const [connection] = await savedConnections(profile);
  const id = connection?.id ?? '';
  expect(connection).toMatchObject({ label: 'Night watch', method: 'client-credentials' });
  expect(await inKeychain(id, 'client-secret')).toBe(clientSecret);
  await first.quit();

  const second = await launch({ simulator });
  const { page: again } = second;
  await test.step('a restart signs in again with it', async () => {
    await expect(statusLine(again)).toContainText('Signed in as Token administration');
    expect(simulator.ledger().counts['POST /oauth/token']).toEqual({ 200: 2, 401: 1 });
  });

  await test.step('rename', async () => {
    const dialog = await openConnections(again);
    await dialog.getByRole('button', { name: 'Rename Night watch' }).click();
    await dialog.getByLabel('New name for Night watch').fill('Day watch');
    await dialog.getByRole('button', { name: 'Rename', exact: true }).click();
    await expect(dialog.getByRole('button', { name: 'Remove Day watch' })).toBeVisible();
    expect(await savedConnections(profile)).toMatchObject([{ id, label: 'Day watch' }]);
  });

  await test.step('remove takes the secret out of the keychain', async () => {
    await again.getByRole('button', { name: 'Remove Day watch' }).click();
    await again.getByRole('button', { name: 'Remove connection…' }).click();
    await expect(again.getByRole('button', { name: 'Remove Day watch' })).toBeHidden();
    expect(await savedConnections(profile)).toEqual([]);
    expect(await inKeychain(id, 'client-secret')).toBeNull();
    await expect(statusLine(again)).toContainText('Not signed in');
    await again.keyboard.press('Escape');
  });

  await pasteToken(second, simulator, profile);
});

/** A pasted token: typed, or read from the clipboard by main. */
async function pasteToken(
  { page, electron }: RunningApp,
  simulator: Simulator,
  profile: string,
): Promise<void> {
  const chooseToken = async () => {
    const dialog = await openConnections(page);
    await choose(dialog, 'Access token');
    return dialog;
  };

  await test.step('a token, typed', async () => {
    const dialog = await chooseToken();
    await dialog.getByRole('textbox', { name: 'Access token' }).fill(simulator.token);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(statusLine(page)).toContainText('Signed in as Ines Albrecht');
    await expect(statusLine(page)).toContainText('Secret in the keychain');
  });

  await test.step('sign out forgets it here, and it stays valid', async () => {
    const [connection] = await savedConnections(profile);
    const id = connection?.id ?? '';
    expect(await inKeychain(id, 'access-token')).toBe(simulator.token);
    const dialog = await openConnections(page);
    await dialog.getByRole('button', { name: 'Sign out' }).click();
    await expect(statusLine(page)).toContainText('Not signed in');
    await expect.poll(() => inKeychain(id, 'access-token')).toBeNull();
    expect(simulator.ledger().counts['DELETE /api/v2/tokens/me']).toBeUndefined();
    // The keychain forgets before main's answer is back, and until then the dialog does not let itself be closed.
    await expect(async () => {
      await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden({ timeout: 500 });
    }).toPass({ timeout: 10_000 });
    await expect(page.getByText('You are not signed in')).toBeVisible();
  });

  await test.step('a token from the clipboard, of somebody who may not revoke', async () => {
    await electron.evaluate(({ clipboard }, text) => clipboard.writeText(text), limitedToken(simulator));
    const dialog = await chooseToken();
    await dialog.getByRole('button', { name: 'Take from clipboard' }).click();
    await expect(dialog.getByText('This window never sees it.')).toBeVisible();
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(statusLine(page)).toContainText('Signed in as Tomasz Wren');
  });

  await test.step('what is missing is said at once, with what it disables', async () => {
    const panel = page.getByRole('region', { name: 'What it may do' });
    await expect(panel.getByRole('listitem').filter({ hasText: 'OAuth > Token > Delete' })).toContainText(
      'Missing',
    );
    await showView(page, 'Revoke');
    await expect(page.getByText('The permission “OAuth > Token > Delete” is missing')).toBeVisible();
    await useList(page, simulator.org.emails[60] ?? '');
    await page.getByRole('button', { name: 'Look up 1 row' }).click();
    await page.getByRole('button', { name: 'Continue to confirm' }).click();
    await expect(page.getByRole('button', { name: 'Revoke the tokens of 1 user' })).toBeDisabled();
    await expect(page.getByText(/get the permission “OAuth > Token > Delete”/)).toBeVisible();
  });
}
