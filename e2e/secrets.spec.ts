import { join } from 'node:path';
import { expect, test } from './support/app.ts';
import { allowInBrowser, catchBrowser, comeBack, decide, openedAddress } from './support/browser.ts';
import { filesUnder } from './support/disk.ts';
import { chooseSavePath } from './support/dialogs.ts';
import {
  exportReport,
  fillConfirmation,
  ordinaryUsers,
  pasteAndReview,
  revokeButton,
} from './support/revocation.ts';
import { commandLines, heapOf } from './support/search.ts';
import { choose, openConnections, statusLine } from './support/window.ts';

test('no secret that is typed, pasted, leaked or fetched in the browser is left anywhere', async ({
  launch,
  simulator,
  profile,
}) => {
  const app = await launch({ simulator });
  const { page, electron, quit } = app;
  await catchBrowser(electron);
  await page.evaluate(() => window.tokendesk.call['settings.update']({ logLevel: 'debug' }));
  const leaked = simulator.issueToken(simulator.org.user(2).id);
  const typed = simulator.issueToken(simulator.userId);
  const wrong = 'a-typed-secret-that-is-wrong-4711';
  const secrets = new Set([leaked, typed, wrong, simulator.clientSecret]);
  const codes: URL[] = [];

  await test.step('client secrets: a wrong one and the right one, typed', async () => {
    const dialog = await openConnections(page);
    await dialog.getByLabel('Client id').fill(simulator.clientId);
    for (const secret of [wrong, simulator.clientSecret]) {
      await dialog.getByLabel('Client secret').fill(secret);
      await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(dialog.getByLabel('Client secret')).toHaveValue('');
      if (secret === wrong) await expect(dialog.getByRole('alert')).toBeVisible();
    }
    await expect(dialog).toBeHidden();
  });

  await test.step('a token, typed', async () => {
    const dialog = await openConnections(page);
    await choose(dialog, 'Access token');
    await dialog.getByRole('textbox', { name: 'Access token' }).fill(typed);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('a leaked token, pasted and revoked', async () => {
    await page.getByRole('button', { name: 'Inspect another token…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Inspect another token' });
    await dialog.getByLabel('Or paste it here').fill(`{"access_token":"${leaked}"}`);
    await dialog.getByRole('button', { name: 'Find the token' }).click();
    await dialog.getByLabel('Region of the token').selectOption('eu-central-1');
    await dialog.getByLabel('I agree that the token is sent to this host').check();
    await dialog.getByRole('button', { name: 'Ask this host' }).click();
    await dialog.getByRole('button', { name: 'Revoke exactly this token…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke this token' }).click();
    await expect(dialog.getByText('This token is dead')).toBeVisible();
    await chooseSavePath(electron, join(profile, 'record.txt'));
    await dialog.getByRole('button', { name: 'Save record…' }).click();
    await expect(dialog.getByText(/^Saved as/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  await test.step('by the browser: refused once, then allowed', async () => {
    const dialog = await openConnections(page);
    await choose(dialog, 'Browser');
    await dialog.getByLabel('Client id').fill(simulator.clients.pkce.id);
    await dialog.getByRole('button', { name: 'Sign in in the browser' }).click();
    const back = await decide(await openedAddress(electron), 'allow', simulator.userId);
    codes.push(new URL(back));
    back.searchParams.set('state', 'x');
    await comeBack(back);
    await expect(dialog.getByRole('alert')).toBeVisible();
    await dialog.getByRole('button', { name: 'Sign in in the browser' }).click();
    await allowInBrowser(electron, simulator);
    await expect(dialog).toBeHidden();
    await expect(statusLine(page)).toContainText('Signed in as Ines Albrecht');
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(page.getByText('The token is valid').first()).toBeVisible();
  });

  await test.step('a run with that token, and its report', async () => {
    await pasteAndReview(page, ordinaryUsers(simulator, 3).join('\n'));
    await fillConfirmation(page, 'Search for secrets');
    await revokeButton(page).click();
    await expect(page.getByText('3 of 3 users were revoked.')).toBeVisible();
    await exportReport(app, profile);
  });

  for (const url of codes)
    secrets.add(url.searchParams.get('code') ?? '').add(url.searchParams.get('state') ?? '');
  const leaksIn = (text: string): readonly string[] => [...secrets].filter((secret) => text.includes(secret));
  // What main fetched for itself is known to nobody here, but has the length that nothing else has.
  const tokensIn = (text: string): readonly string[] => text.match(/[\w-]{80,90}/g) ?? [];

  await test.step('the page: what it shows, what it can ask for, and its memory', async () => {
    const told = await page.evaluate(async () =>
      JSON.stringify([
        document.documentElement.outerHTML,
        await window.tokendesk.call['app.snapshot'](null),
        await window.tokendesk.call['token.refresh'](null),
        await window.tokendesk.call['triage.verify']({ tokenId: '1-1' }),
      ]),
    );
    expect(leaksIn(told)).toEqual([]);
    const heap = await heapOf(page);
    // The search would find something: what the page does know is there.
    expect(heap).toContain(simulator.clients.pkce.id);
    expect(leaksIn(heap)).toEqual([]);
  });

  await test.step('command lines', async () => {
    test.skip(process.platform !== 'linux', '/proc is Linux’ own');
    const lines = await commandLines();
    expect(lines).toContain(profile);
    expect(leaksIn(lines)).toEqual([]);
  });

  await test.step('every file, while it runs and after it has ended', async () => {
    const search = async () =>
      [...(await filesUnder(profile))]
        .filter(([, text]) => leaksIn(text).length > 0 || tokensIn(text).length > 0)
        .map(([path]) => path);
    expect(await search()).toEqual([]);
    await quit();
    expect(await search()).toEqual([]);
    const paths = [...(await filesUnder(profile)).keys()].join('\n');
    for (const name of ['connections.json', 'journal.jsonl', 'report.csv', 'record.txt']) {
      expect(paths).toContain(name);
    }
  });
});
