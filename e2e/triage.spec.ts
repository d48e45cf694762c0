import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { axeViolations, WCAG } from './support/axe.ts';
import { AGREE, answerMessageBoxes, chooseSavePath, DECLINE, questionsAsked } from './support/dialogs.ts';
import { showView, statusLine } from './support/window.ts';

async function expectAccessible(page: Page): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((name) => {
      document.documentElement.dataset['theme'] = name;
    }, theme);
    const violations = await axeViolations(page, WCAG);
    expect(
      violations.map(
        ({ id, nodes }) => `${theme} ${id} ${nodes.map(({ target }) => target.join(' ')).join()}`,
      ),
    ).toEqual([]);
  }
}

test('a leaked token: found in a log, located, read, revoked, recorded', async ({
  signedIn,
  simulator,
  profile,
}) => {
  const { page, electron } = signedIn;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const victim = simulator.org.user(2);
  const leaked = simulator.issueToken(victim.id);
  const other = simulator.issueToken(victim.id);
  const isAlive = async (token: string): Promise<boolean> =>
    (await fetch(`${simulator.api}/api/v2/tokens/me`, { headers: { authorization: `Bearer ${token}` } })).ok;
  const heads = () => simulator.ledger().counts['HEAD /api/v2/tokens/me'];
  const dialog = page.getByRole('dialog', { name: 'Inspect another token' });
  const log = `2026-11-20 08:14 WARN proxy retry\n2026-11-20 08:15 INFO curl -H 'Authorization: Bearer ${leaked}' https://api.mypurecloud.ie/x`;

  await test.step('found in a text, and shown masked', async () => {
    await page.getByRole('button', { name: 'Inspect another token…' }).click();
    await dialog.getByLabel('Or paste it here').fill('nothing of the kind');
    await dialog.getByRole('button', { name: 'Find the token' }).click();
    await expect(dialog.getByText('No token was found in that text')).toBeVisible();
    await dialog.getByLabel('Or paste it here').fill(log);
    await dialog.getByRole('button', { name: 'Find the token' }).click();
    await expect(dialog.getByText(`${leaked.slice(0, 4)}••••••••${leaked.slice(-4)}`)).toBeVisible();
    await expect(dialog.getByText('86 characters, line 2. After “Bearer”')).toBeVisible();
    await expect(page.getByText(leaked)).toHaveCount(0);
    await expect(dialog.getByLabel('Region of the token')).toHaveValue('eu-west-1');
    await expect(dialog.getByText('The text names a host of this region.')).toBeVisible();
  });

  await test.step('sent nowhere when the person declines in main’s dialog, which names every host', async () => {
    await dialog.getByLabel('Region of the token').selectOption('all');
    await expect(dialog.getByText('The token is sent to these 18 hosts:')).toBeVisible();
    await expect(dialog.getByText('api.edee1.eusc-pure.cloud')).toBeVisible();
    await answerMessageBoxes(electron, DECLINE);
    await dialog.getByRole('button', { name: 'Ask all 18…' }).click();
    await expect(page.getByText('You declined in the system’s dialog.')).toBeVisible();
    const [question] = await questionsAsked(electron);
    expect(question).toMatchObject({ buttons: ['Cancel', 'Send to 18 hosts'], defaultId: 0 });
    expect(question?.detail.match(/• api\./g)).toHaveLength(18);
    await answerMessageBoxes(electron, AGREE);
    expect(heads()).toBeUndefined();
    await expectAccessible(page);
  });

  await test.step('all regions are asked at once; one knows it', async () => {
    simulator.addFaults({ kind: 'status', status: 401, route: 'HEAD /api/v2/tokens/me', count: 17 });
    await dialog.getByRole('button', { name: 'Ask all 18…' }).click();
    await expect(dialog.getByText(`This token is valid. It belongs to ${victim.name}.`)).toBeVisible();
    expect(heads()).toEqual({ 401: 17, 200: 1 });
    await expect(
      dialog.getByRole('definition').filter({ hasText: 'Desktop tools (Authorization code)' }),
    ).toBeVisible();
    await expect(
      dialog.getByRole('definition').filter({ hasText: 'authorization, groups, organization:readonly' }),
    ).toBeVisible();
    await expect(
      dialog.getByRole('listitem').filter({ hasText: 'See who said what: conversations and their details.' }),
    ).toBeVisible();
    await expect(dialog.getByRole('region', { name: 'Record', exact: true })).toContainText(
      'Revoked:       not from here',
    );
    await expectAccessible(page);
  });

  await test.step('exactly this token is revoked, and found dead', async () => {
    await dialog.getByRole('button', { name: 'Revoke exactly this token…' }).click();
    await expect(dialog.getByText('This token is dead')).toBeVisible();
    expect(await isAlive(leaked)).toBe(false);
    expect([await isAlive(other), await isAlive(simulator.token)]).toEqual([true, true]);
    expect(simulator.ledger().counts['DELETE /api/v2/tokens/me']).toEqual({ 200: 1 });
    await expect(statusLine(page)).toContainText('Signed in as Ines Albrecht');
  });

  await test.step('the record has everything but the token', async () => {
    const path = join(profile, 'record.txt');
    await chooseSavePath(electron, path);
    await dialog.getByRole('button', { name: 'Save record…' }).click();
    await expect(dialog.getByText(path)).toBeVisible();
    const record = await readFile(path, 'utf8');
    for (const part of [
      victim.name,
      victim.id,
      victim.email,
      'no longer valid (status 401',
      simulator.org.id,
    ]) {
      expect(record).toContain(part);
    }
    expect(record).not.toContain(leaked);
    await dialog.getByRole('button', { name: 'Copy record' }).click();
    await expect.poll(() => electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(record);
    await expect(dialog.getByText('Kept in Runs, with the token masked.')).toBeVisible();
  });

  await test.step('on to all tokens of this user: straight to the review, and nothing revoked yet', async () => {
    await dialog.getByRole('button', { name: 'Revoke all tokens of this user…' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Revoke', exact: true })).toBeVisible();
    await expect(page.getByText('The tokens of 1 user will be revoked.').first()).toBeVisible();
    await expect(page.getByRole('grid', { name: 'Rows of the plan' }).getByRole('row')).toHaveCount(2);
    expect(Object.keys(simulator.ledger().revocations)).toEqual([]);
    expect(await isAlive(other)).toBe(true);
  });

  await test.step('the closed panel has forgotten it', async () => {
    const answer = await page.evaluate(() => window.tokendesk.call['triage.revoke']({ tokenId: '2-1' }));
    expect(answer).toMatchObject({ ok: false, error: { code: 'no-such-item' } });
  });

  await test.step('at a custom host: only an https address, agreed to by name', async () => {
    await showView(page, 'Token');
    await page.getByRole('button', { name: 'Inspect another token…' }).click();
    await dialog.getByLabel('Or paste it here').fill(other);
    await dialog.getByRole('button', { name: 'Find the token' }).click();
    await dialog.getByLabel('Region of the token').selectOption('custom');
    await expect(dialog.getByText('Whoever runs it gets the token')).toBeVisible();
    await dialog.getByLabel('API host').fill('http://api.example.com');
    await dialog.getByRole('button', { name: 'Ask this host…' }).click();
    await expect(dialog.getByText('Enter an https address')).toBeVisible();
    await dialog.getByLabel('API host').fill('api.example.com');
    await dialog.getByLabel('API host').fill('gateway.example.com/genesys');
    await expect(
      dialog.getByRole('listitem').getByText('gateway.example.com', { exact: true }),
    ).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Ask this host…' }).click();
    await expect(dialog.getByText(`It belongs to ${victim.name}.`)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog.getByText('The record is not kept yet')).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Close without it' }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('from the clipboard, of a known region: a dead one is told from a living one', async () => {
    await electron.evaluate(({ clipboard }, text) => clipboard.writeText(text), leaked);
    await showView(page, 'Token');
    await page.getByRole('button', { name: 'Inspect another token…' }).click();
    await dialog.getByRole('button', { name: 'Take from clipboard' }).click();
    await dialog.getByRole('button', { name: 'Ask this host…' }).click();
    await expect(dialog.getByText('This region does not accept the token', { exact: true })).toBeVisible();
  });
});
