import { expect, type Locator, type Page } from '@playwright/test';
import type { SessionState } from '../../src/shared/connection.ts';
import type { Simulator } from '../../src/simulator/index.ts';

type View = 'Token' | 'Revoke' | 'Runs' | 'Idle timeout' | 'Settings';

/** Goes to a view by the rail, and waits until it is there. */
export async function showView(page: Page, view: View): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: view, exact: true })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: view, exact: true })).toBeVisible();
}

/** Opens the dialog in which one signs in, renames and removes. */
export async function openConnections(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Connection:' }).click();
  await page.getByRole('menuitem', { name: 'Sign in or manage connections' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connections' });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Who is signed in and where the secret is. Not by its role: behind a dialog it has none. */
export const statusLine = (page: Page): Locator => page.locator('footer[aria-label=Status]');

/** Presses one of a group of choices by its label, which is what is seen of the radio button. */
export async function choose(within: Page | Locator, label: string): Promise<void> {
  await within.locator('.choice label').getByText(label, { exact: true }).click();
  await expect(within.getByRole('radio', { name: label, exact: true })).toBeChecked();
}

/** The administrator of the simulated org, by a pasted token: for tests that are not about signing in. */
export async function signInWithToken(page: Page, simulator: Simulator, token: string): Promise<void> {
  const state = await page.evaluate(
    (value) =>
      window.tokendesk.call['connections.signIn']({
        method: 'access-token',
        region: { kind: 'genesys', id: 'eu-central-1' },
        token: { from: 'typed', value },
        label: 'Simulated org',
        remember: false,
      }),
    token,
  );
  expect(state.ok && state.data?.kind).toBe('signed-in' satisfies SessionState['kind']);
  await expect(statusLine(page)).toContainText('Secret for this session only');
  // The simulator that the app reached is this one, and not the demo organisation inside main.
  expect(simulator.ledger().counts['GET /api/v2/tokens/me']?.['200']).toBeGreaterThan(0);
}

/** Client credentials, not by the form. Throws when they are refused. */
export async function signInWithClient(
  page: Page,
  client: { readonly clientId: string; readonly clientSecret: string },
  wishes: { readonly label: string; readonly remember: boolean },
): Promise<void> {
  const { clientId, clientSecret } = client;
  const signedIn = await page.evaluate(
    ({ clientId, clientSecret, label, remember }) =>
      window.tokendesk.call['connections.signIn']({
        method: 'client-credentials',
        region: { kind: 'genesys', id: 'eu-central-1' },
        clientId,
        clientSecret: { from: 'typed', value: clientSecret },
        label,
        remember,
      }),
    { clientId, clientSecret, ...wishes },
  );
  if (!signedIn.ok || signedIn.data?.kind !== 'signed-in')
    throw new Error(`Signing in failed: ${JSON.stringify(signedIn)}`);
}
