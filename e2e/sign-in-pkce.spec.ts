import type { Page } from '@playwright/test';
import { startSimulator } from '../src/simulator/index.ts';
import { expect, test, type Simulator } from './support/app.ts';
import { openWay } from './support/revocation.ts';
import { allowInBrowser, catchBrowser, comeBack, decide, openedAddress } from './support/browser.ts';
import { choose, openConnections, showView, statusLine } from './support/window.ts';

async function openForm(page: Page, simulator: Simulator) {
  const dialog = await openConnections(page);
  await choose(dialog, 'Browser');
  await dialog.getByLabel('Region').selectOption('eu-central-1');
  await dialog.getByLabel('Client id').fill(simulator.clients.pkce.id);
  return dialog;
}

const submit = (dialog: ReturnType<Page['locator']>) =>
  dialog.getByRole('button', { name: 'Sign in in the browser' }).click();

test.describe('where tokens last 200 seconds', () => {
  test.use({ simulatorOptions: { tokenSeconds: 200 } });

  test('signing in in the browser: every way it can go, and its token ends soon', async ({
    launch,
    simulator,
  }) => {
    const { page, electron } = await launch({ simulator });
    await catchBrowser(electron);
    const dialog = await openForm(page, simulator);
    const alert = dialog.getByRole('alert');
    const exchanges = () => simulator.ledger().counts['POST /oauth/token'];

    await test.step('the guide says what to register', async () => {
      await dialog.getByText('How to create the OAuth client in Genesys Cloud').click();
      await expect(dialog.getByText('http://localhost', { exact: true })).toBeVisible();
      await expect(dialog.getByText('OAuth > Token > Delete')).toBeVisible();
    });

    await test.step('denied consent', async () => {
      await submit(dialog);
      await expect(dialog.getByText('Go on in your browser')).toBeVisible();
      // The window says so a moment before main has made the address.
      await expect(async () => {
        await dialog.getByRole('button', { name: 'Copy address' }).click();
        await expect(dialog.getByText('Address copied')).toBeVisible({ timeout: 1_000 });
      }).toPass();
      expect(await electron.evaluate(({ clipboard }) => clipboard.readText())).toContain('/oauth/authorize?');
      const page2 = await comeBack(await decide(await openedAddress(electron), 'deny', simulator.userId));
      expect(page2?.text).toContain('Signing in was not completed');
      await expect(alert).toContainText('Signing in was declined in the browser');
    });

    await test.step('a wrong state: nothing is exchanged, and the wait goes on', async () => {
      await submit(dialog);
      const back = await decide(await openedAddress(electron), 'allow', simulator.userId);
      back.searchParams.set('state', 'a-state-of-somebody-else');
      expect((await comeBack(back))?.text).toContain('another sign-in');
      await expect(dialog.getByText('Go on in your browser')).toBeVisible();
      expect(exchanges()).toBeUndefined();
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await expect(dialog.getByText('Go on in your browser')).toBeHidden();
    });

    await test.step('cancelled: no error, and nobody listens any longer', async () => {
      await submit(dialog);
      const back = await decide(await openedAddress(electron), 'allow', simulator.userId);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await expect(dialog.getByText('Go on in your browser')).toBeHidden();
      await expect(alert).toHaveCount(0);
      expect(await comeBack(back)).toBeNull();
    });

    await test.step('a login host that has had enough', async () => {
      simulator.addFaults({ kind: 'status', status: 400, route: 'POST /oauth/token' });
      await submit(dialog);
      await allowInBrowser(electron, simulator);
      await expect(alert).toContainText('Too many sign-in attempts');
    });

    await test.step('the address asks for what “More” says; then it works, once', async () => {
      await dialog.getByText('More', { exact: true }).click();
      await dialog.getByLabel('Ask for the password again').check();
      await dialog.getByLabel('Organization (short name)').fill('fernhollow');
      await submit(dialog);
      await expect(dialog.getByText('Enter the identity provider too')).toBeVisible();
      await dialog.getByLabel('Identity provider').fill('okta');
      await submit(dialog);
      const address = await openedAddress(electron);
      expect(Object.fromEntries(address.searchParams)).toMatchObject({
        prompt: 'login',
        org: 'fernhollow',
        provider: 'okta',
        code_challenge_method: 'S256',
      });
      expect(address.searchParams.get('redirect_uri')).toMatch(/^http:\/\/localhost:\d+$/);
      const back = await decide(address, 'allow', simulator.userId);
      const shown = await comeBack(back);
      expect(shown?.text).toContain('You can close this page');
      expect(await comeBack(back)).toBeNull();
      await expect(dialog).toBeHidden();
      await expect(statusLine(page)).toContainText('Signed in as Ines Albrecht');
      await expect(statusLine(page)).toContainText('Secret in the keychain');
      await expect(statusLine(page)).toContainText('Expires in');
      await expect(page.getByText('Frankfurt (eu-central-1, mypurecloud.de)')).toBeVisible();
      expect(exchanges()).toEqual({ 200: 1, 400: 1 });
    });

    await test.step('removed with its token', async () => {
      const connections = await openConnections(page);
      await connections
        .getByRole('button', { name: `Remove ${simulator.org.name}` })
        .last()
        .click();
      await connections.getByLabel('Revoke its token at Genesys Cloud first').check();
      await connections.getByRole('button', { name: 'Revoke token and remove…' }).click();
      await expect(statusLine(page)).toContainText('Not signed in');
      expect(simulator.ledger().counts['DELETE /api/v2/tokens/me']).toEqual({ 200: 1 });
      await page.keyboard.press('Escape');
      await expect(connections).toBeHidden();
    });

    await test.step('a token that ends soon is said in time, and a new one does not disturb the work', async () => {
      await submit(await openForm(page, simulator));
      await allowInBrowser(electron, simulator);
      await expect(statusLine(page)).toContainText('Signed in as Ines Albrecht');
      const notice = page.locator('.callout', { hasText: 'Your token expires soon' });
      await showView(page, 'Revoke');
      await openWay(page, 'List');
      await page.getByLabel('Paste a list').fill('ana@fernhollow.example');
      await expect(notice).toContainText(/In 0[123]:\d\d/);
      await notice.getByRole('button', { name: 'Sign in again' }).click();
      await expect(dialog.getByLabel('Client id')).toHaveValue(simulator.clients.pkce.id);
      await expect(dialog.getByRole('radio', { name: 'Browser' })).toBeChecked();
      await submit(dialog);
      await allowInBrowser(electron, simulator);
      await expect(dialog).toBeHidden();
      await expect(page.getByLabel('Paste a list')).toHaveValue('ana@fernhollow.example');
      await notice.getByRole('button', { name: 'Not now' }).click();
      await expect(notice).toBeHidden();
    });
  });
});

test('a browser that does not come back, and tokens that are not what they should be', async ({
  launch,
  simulator,
}) => {
  const { page, electron } = await launch({ simulator, env: { TOKENDESK_SIGN_IN_MS: '700' } });
  await catchBrowser(electron);
  const dialog = await openForm(page, simulator);
  const alert = dialog.getByRole('alert');

  await test.step('the time is over', async () => {
    await submit(dialog);
    const back = await decide(await openedAddress(electron), 'allow', simulator.userId);
    await expect(alert).toContainText('Signing in took too long');
    expect(await comeBack(back)).toBeNull();
  });

  await choose(dialog, 'Access token');
  const signIn = async (token: string) => {
    await dialog.getByRole('textbox', { name: 'Access token' }).fill(token);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  };

  await test.step('of another region', async () => {
    const elsewhere = await startSimulator({ users: 60, seed: 99 });
    await signIn(elsewhere.token);
    await elsewhere.close();
    await expect(alert).toContainText('belongs to another region');
  });

  await test.step('from an address that the org does not allow', async () => {
    simulator.addFaults({
      kind: 'status',
      status: 401,
      code: 'ip.not.authorized',
      route: 'GET /api/v2/tokens/me',
    });
    await signIn(simulator.token);
    await expect(alert).toContainText('Your network address is not on the org’s allowlist');
  });

  await test.step('without permissions: named with the views they disable', async () => {
    await signIn(simulator.issueToken(simulator.org.user(2).id));
    await expect(dialog).toBeHidden();
    const notice = page.locator('.callout', { hasText: 'This sign-in cannot do everything' });
    await expect(notice.getByRole('listitem')).toHaveCount(3);
    await expect(notice).toContainText('Revoke: You can prepare and check a list');
    await expect(notice).toContainText('Idle timeout: You can see the idle timeout, but not change it.');
  });

  await test.step('whose org changes under the app: it ends, and the work is kept', async () => {
    await electron.evaluate(({ net }) => {
      const real = net.fetch.bind(net);
      net.fetch = async (input, init) => {
        const answer = await real(input, init);
        if (typeof input !== 'string' || !input.includes('/tokens/me')) return answer;
        const body = (await answer.json()) as Record<string, unknown>;
        const organization = { id: '7b1f2c9e-6a3d-4f0e-9b57-0d2e8c4a1f36', name: 'Another org' };
        return Response.json({ ...body, organization });
      };
    });
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(statusLine(page)).toContainText('Token has ended');
    await showView(page, 'Revoke');
    await expect(page.getByText('Your token has ended')).toBeVisible();
  });
});
