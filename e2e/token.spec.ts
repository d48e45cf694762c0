import { expect, test } from './support/app.ts';
import { signInWithToken, showView, statusLine } from './support/window.ts';

test('the token: read, verified, copied, found dead, and revoked', async ({ signedIn, simulator }) => {
  const { page, electron } = signedIn;
  const { org, clients } = simulator;
  const admin = org.user(0);
  const panel = (name: string) => page.getByRole('region', { name, exact: true });
  /** The value beside a name in a list of names and values. */
  const value = (region: string, name: string) =>
    panel(region)
      .locator('.pair', { has: page.locator('dt').getByText(name, { exact: true }) })
      .locator('dd');

  await test.step('all of TokenInfo is readable', async () => {
    await expect(value('Who', 'Name')).toHaveText(admin.name);
    await expect(value('Who', 'Email')).toHaveText(admin.email);
    await expect(value('Who', 'Title')).toHaveText(admin.title);
    await expect(value('Who', 'Department')).toHaveText(admin.department);
    await expect(value('Who', 'Division')).toHaveText(admin.division.name);
    await expect(value('Who', 'User id')).toHaveText(admin.id);
    await expect(value('Where', 'Organization')).toHaveText(org.name);
    await expect(value('Where', 'Organization id')).toHaveText(org.id);
    await expect(value('Where', 'Home organization')).toHaveText('The same');
    await expect(value('Where', 'Region')).toHaveText('Frankfurt (eu-central-1, mypurecloud.de)');
    await expect(value('Issued by', 'OAuth client')).toHaveText(clients.pkce.name);
    await expect(value('Issued by', 'Client id')).toHaveText(clients.pkce.id);
    await expect(value('Issued by', 'Grant')).toHaveText('Authorization code');
    await expect(value('Issued by', 'State')).toHaveText('Active');
    await expect(value('Issued by', 'Owner')).toHaveText(org.name);
    await expect(value('Issued by', 'Authorized scopes')).toHaveText(clients.pkce.scopes.join(', '));
    // The org's idle timeout is 2 hours, and a pasted token does not tell when it expires.
    await expect(page.locator('.instrument', { hasText: 'Idles out in' })).toContainText(/0?1:5\d:\d\d/);
    await expect(page.locator('.instrument', { hasText: 'Expires in' })).toContainText('Not known');
    await expect(panel('What it may do').getByRole('listitem').getByText('Yes')).toHaveCount(3);
    await page.getByText('All permissions of this user').click();
    await expect(page.getByText('oauth:token:delete', { exact: true })).toBeVisible();
  });

  await test.step('looking does not keep the token from idling out', async () => {
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect
      .poll(() => simulator.ledger().counts['GET /api/v2/tokens/me']?.['200'])
      .toBeGreaterThanOrEqual(2);
  });

  await test.step('Verify says valid', async () => {
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(panel('Checks').getByRole('row').nth(1)).toContainText(/Valid\s*200/);
    // Every call counts against the limit, also a check.
    await expect(statusLine(page)).toContainText(/Calls left\s*[\d,]+ of [\d,]+/);
    expect(simulator.ledger().counts['HEAD /api/v2/tokens/me']).toEqual({ 200: 1 });
  });

  await test.step('the JSON that is copied has no token in it', async () => {
    await page.getByText('As Genesys Cloud answered').click();
    await page.getByRole('button', { name: 'Copy as JSON' }).click();
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    const text = await electron.evaluate(({ clipboard }) => clipboard.readText());
    expect(JSON.parse(text)).toMatchObject({
      organization: { id: org.id },
      OAuthClient: { id: clients.pkce.id, authorizedGrantType: 'CODE' },
    });
    expect(text).not.toContain(simulator.token);
  });

  await test.step('revoked behind the app’s back: Verify says so, and the session has ended', async () => {
    await fetch(`${simulator.api}/api/v2/tokens/me`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${simulator.token}` },
    });
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(statusLine(page)).toContainText('Token has ended');
    await expect(panel('Checks').getByRole('row').nth(1)).toContainText(/Not valid\s*401/);
    await expect(panel('Checks').getByRole('row').nth(2)).toContainText(/Valid\s*200/);
    await expect(page.getByText('Your token has ended')).toBeVisible();
    await showView(page, 'Settings');
    await expect(page.getByRole('button', { name: 'Sign in again' })).toBeVisible();
    expect(simulator.ledger().counts['HEAD /api/v2/tokens/me']).toEqual({ 200: 1, 401: 1 });
  });

  await test.step('Revoke this token ends it at the server, then here', async () => {
    const token = simulator.issueToken(admin.id);
    await signInWithToken(page, simulator, token);
    await showView(page, 'Token');
    await page.getByRole('button', { name: 'Revoke this token…' }).click();
    await expect(page.getByText('You are not signed in')).toBeVisible();
    await expect(statusLine(page)).toContainText('Not signed in');
    expect(simulator.ledger().counts['DELETE /api/v2/tokens/me']).toEqual({ 200: 2 });
    const dead = await fetch(`${simulator.api}/api/v2/tokens/me`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(dead.status).toBe(401);
  });
});
