import { join } from 'node:path';
import type { EventName } from '../src/shared/events.ts';
import type { CallInput, CallName } from '../src/shared/ipc.ts';
import { expect, test } from './support/app.ts';
import { catchBrowser, comeBack, decide, openedAddress } from './support/browser.ts';
import { filesUnder } from './support/disk.ts';
import { chooseSavePath } from './support/dialogs.ts';
import { formsOf, RECORDER, recordingOf } from './support/recording.ts';
import {
  exportReport,
  fillConfirmation,
  ordinaryUsers,
  pasteAndReview,
  revokeButton,
} from './support/revocation.ts';
import { commandLines, heapOf } from './support/search.ts';
import { choose, openConnections, showView, statusLine } from './support/window.ts';

/** What the flows below must have made main say: otherwise the search would prove nothing about them. */
const CALLS: readonly CallName[] = [
  'app.snapshot',
  'settings.update',
  'connections.signIn',
  'connections.switchTo',
  'connections.rename',
  'connections.signOut',
  'connections.remove',
  'token.refresh',
  'token.verify',
  'token.revoke',
  'triage.find',
  'triage.ask',
  'triage.revoke',
  'triage.saveRecord',
  'triage.close',
  'list.fromText',
  'plan.resolve',
  'plan.rows',
  'plan.save',
  'runs.start',
  'runs.outcomes',
  'runs.verify',
  'runs.export',
  'timeout.read',
  'timeout.save',
  'timeout.history',
  'timeout.exportHistory',
];
/** No secret: it is sent to the window on purpose. */
const MARKER = 'a marker that does cross';
const EVENTS: readonly EventName[] = [
  'session.changed',
  'connections.changed',
  'keychain.changed',
  'run.progress',
];

test('no secret that is typed, pasted, leaked or fetched is left anywhere, or crosses to the window', async ({
  launch,
  simulator,
  profile,
}) => {
  test.slow(); // every way to sign in and everything done with a token, in one sitting
  const app = await launch({ simulator, preload: RECORDER });
  const { page, electron, quit } = app;
  await catchBrowser(electron);
  const ask = <K extends CallName>(name: K, input: CallInput<K>) =>
    page.evaluate(
      async ([call, given]) =>
        window.tokendesk.call[call as 'app.snapshot'](given as null) as Promise<unknown>,
      [name, input] as const,
    );
  const copy = (text: string) =>
    electron.evaluate(({ clipboard }, value) => clipboard.writeText(value), text);
  await ask('settings.update', { logLevel: 'debug' });

  const newToken = () => simulator.issueToken(simulator.userId);
  const leaked = simulator.issueToken(simulator.org.user(2).id);
  const [typed, copied, ended] = [newToken(), newToken(), newToken()];
  const wrong = 'a-typed/secret+that=is&wrong-4711';
  const secrets = new Set([leaked, typed, copied, ended, wrong, simulator.clientSecret]);

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

  await test.step('its token ends, and is renewed by itself', async () => {
    simulator.addFaults({ kind: 'expire-token', route: 'GET /api/v2/tokens/me', afterCalls: 0 });
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect.poll(() => simulator.ledger().counts['POST /oauth/token']).toEqual({ 200: 2, 401: 1 });
    await expect(statusLine(page)).toContainText('Signed in as Token administration');
  });

  await test.step('a token, typed', async () => {
    const dialog = await openConnections(page);
    await choose(dialog, 'Access token');
    await dialog.getByRole('textbox', { name: 'Access token' }).fill(typed);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(dialog).toBeHidden();
  });

  await test.step('tokens from the clipboard: one in use, one that is revoked and so refused the next time', async () => {
    for (const token of [ended, copied]) {
      await copy(token);
      const dialog = await openConnections(page);
      await choose(dialog, 'Access token');
      await dialog.getByRole('button', { name: 'Take from clipboard' }).click();
      await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect(dialog).toBeHidden();
      if (token === ended) {
        expect(await ask('token.revoke', null)).toMatchObject({ ok: true });
        await expect(statusLine(page)).toContainText('Not signed in');
      }
    }
    await copy(ended);
    const token = { from: 'clipboard' } as const;
    const region = { kind: 'genesys', id: 'eu-central-1' } as const;
    const request = { method: 'access-token', region, token, label: '', remember: true } as const;
    expect(await ask('connections.signIn', request)).toMatchObject({ error: { code: 'wrong-credentials' } });
    // What cannot be read is refused, and not quoted.
    const unreadable = {
      ...request,
      token: { from: 'typed', value: typed, [typed.slice(0, 9)]: typed },
    } as const;
    expect(await ask('connections.signIn', unreadable)).toMatchObject({ error: { code: 'invalid-input' } });
  });

  await test.step('a leaked token, pasted and revoked', async () => {
    await page.getByRole('button', { name: 'Inspect another token…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Inspect another token' });
    await copy(`Authorization: Bearer ${leaked}`);
    await dialog.getByRole('button', { name: 'Take from clipboard' }).click();
    await dialog.getByRole('button', { name: 'Forget it and start over' }).click();
    await dialog.getByLabel('Or paste it here').fill(`{"access_token":"${leaked}"}`);
    await dialog.getByRole('button', { name: 'Find the token' }).click();
    await dialog.getByLabel('Region of the token').selectOption('eu-central-1');
    // A broken answer is asked for again; a page in its place is shown as an error.
    const route = 'GET /api/v2/tokens/me';
    simulator.addFaults({ kind: 'malformed', route }, { kind: 'content-type', route });
    await dialog.getByRole('button', { name: 'Ask this host…' }).click();
    await expect(dialog.getByRole('alert')).toBeVisible();
    await dialog.getByRole('button', { name: 'Ask this host…' }).click();
    await dialog.getByRole('button', { name: 'Revoke exactly this token…' }).click();
    await expect(dialog.getByText('This token is dead')).toBeVisible();
    await chooseSavePath(electron, join(profile, 'record.txt'));
    await dialog.getByRole('button', { name: 'Save record…' }).click();
    await expect(dialog.getByText('Exported', { exact: true })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await ask('triage.revoke', { tokenId: '2-1' });
  });

  await test.step('by the browser: a foreign answer, then the right one', async () => {
    const dialog = await openConnections(page);
    await choose(dialog, 'Browser');
    await dialog.getByLabel('Client id').fill(simulator.clients.pkce.id);
    await dialog.getByRole('button', { name: 'Sign in in the browser' }).click();
    const address = await openedAddress(electron);
    const back = await decide(address, 'allow', simulator.userId);
    for (const name of ['code', 'state']) secrets.add(back.searchParams.get(name) ?? '');
    back.searchParams.set('state', 'x');
    await comeBack(back);
    // An answer with another state is none of ours: the sign-in goes on waiting.
    await comeBack(await decide(address, 'allow', simulator.userId));
    await expect(dialog).toBeHidden();
    await expect(statusLine(page)).toContainText('Signed in as Ines Albrecht');
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(page.getByText('The token is valid').first()).toBeVisible();
  });

  await test.step('a run with that token, its report, and everything that can be exported', async () => {
    await pasteAndReview(page, ordinaryUsers(simulator, 3).join('\n'));
    await chooseSavePath(electron, join(profile, 'plan.json'));
    await page.getByRole('button', { name: 'Save the plan…' }).click();
    await expect(page.getByText(/plan\.json/)).toBeVisible();
    await fillConfirmation(page, 'Search for secrets');
    await revokeButton(page).click();
    await expect(page.getByText('3 of 3 users were revoked.')).toBeVisible();
    await exportReport(app, profile);
    const runs = (await ask('runs.list', null)) as { data: { runId: string }[] };
    const runId = runs.data[0]!.runId;
    for (const format of ['json', 'html'] as const) {
      await chooseSavePath(electron, join(profile, `report.${format}`));
      expect(await ask('runs.export', { runId, format })).toMatchObject({ ok: true });
    }
    expect(await ask('runs.verify', { runId })).toMatchObject({ ok: true });
  });

  await test.step('the idle timeout: read, changed, and its history exported', async () => {
    await showView(page, 'Idle timeout');
    await page
      .getByRole('region', { name: 'For everybody' })
      .getByRole('textbox', { name: 'After' })
      .fill('45');
    await page.getByRole('button', { name: 'Set idle timeout to 45 minutes…' }).click();
    await expect(page.getByText('Saved and read back')).toBeVisible();
    await chooseSavePath(electron, join(profile, 'timeouts.json'));
    expect(await ask('timeout.exportHistory', null)).toMatchObject({ ok: true });
  });

  await test.step('back to what the keychain holds, signed out, and removed with and without the token', async () => {
    const known = (await ask('app.snapshot', null)) as {
      data: { connections: { id: string; method: string }[] };
    };
    const idOf = (wanted: string) => known.data.connections.find(({ method }) => method === wanted)!.id;
    const browser = { connectionId: idOf('pkce') };
    const pasted = { connectionId: idOf('access-token') };
    const client = { connectionId: idOf('client-credentials') };
    expect(await ask('connections.switchTo', pasted)).toMatchObject({ ok: true });
    expect(await ask('connections.switchTo', client)).toMatchObject({ ok: true });
    // The search finds what does cross, in an answer as well as in an event, whatever it is wrapped in.
    const label = Buffer.from(`"${MARKER}"`).toString('base64');
    expect(await ask('connections.rename', { ...client, label })).toMatchObject({ ok: true });
    expect(await ask('connections.remove', { ...browser, revokeToken: true })).toMatchObject({ ok: true });
    expect(await ask('connections.signOut', null)).toMatchObject({ ok: true });
    expect(await ask('connections.remove', { ...pasted, revokeToken: false })).toMatchObject({ ok: true });
  });

  const { crossed, secrets: sent } = await recordingOf(electron);
  await test.step('the recorder has seen the secrets on the network, and every flow', () => {
    for (const secret of sent) secrets.add(secret);
    // Each by hand above, and: three tokens by client credentials, one by the browser, code and verifier, refresh tokens.
    for (const secret of [typed, copied, ended, leaked, simulator.clientSecret])
      expect(sent).toContain(secret);
    expect(sent.filter((secret) => secret.startsWith('refresh-')).length).toBeGreaterThanOrEqual(4);
    expect(secrets.size).toBeGreaterThanOrEqual(16);
    const names = crossed.map(({ name }) => name);
    for (const name of [...CALLS, ...EVENTS]) expect(names, name).toContain(name);
    expect(names.filter((name) => name === 'connections.signIn').length).toBeGreaterThanOrEqual(8);
    expect(crossed.filter(({ text }) => text.includes('"ok":false')).length).toBeGreaterThanOrEqual(5);
  });

  const forms = new Map([...secrets].map((secret) => [secret, formsOf(secret)]));
  const leaksIn = (text: string): readonly string[] =>
    [...forms].filter(([, some]) => some.some((form) => text.includes(form))).map(([secret]) => secret);
  // What main fetched for itself is known to nobody here, but has the length that nothing else has.
  const tokensIn = (text: string): readonly string[] => text.match(/[\w-]{80,90}/g) ?? [];

  await test.step('no answer and no event of main holds one of them', () => {
    const holding = (words: readonly string[]) =>
      new Set(
        crossed.filter(({ text }) => words.some((word) => text.includes(word))).map(({ name }) => name),
      );
    expect([...holding(formsOf(simulator.org.name))]).toEqual(
      expect.arrayContaining(['app.snapshot', 'connections.signIn', 'session.changed', 'triage.ask']),
    );
    const marked = holding(formsOf(MARKER).slice(-6));
    expect([...marked]).toEqual(expect.arrayContaining(['connections.rename', 'connections.changed']));
    const leaking = crossed.filter(({ text }) => leaksIn(text).length > 0).map(({ name }) => name);
    expect(leaking).toEqual([]);
  });

  await test.step('the page: what it shows, and its memory', async () => {
    expect(leaksIn(await page.evaluate(() => document.documentElement.outerHTML))).toEqual([]);
    const heap = await heapOf(page);
    // The search would find something: what the page does know is there.
    expect(heap).toContain(simulator.clientId);
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
    for (const name of ['connections.json', 'journal.jsonl', 'report.csv', 'report.html', 'record.txt']) {
      expect(paths).toContain(name);
    }
  });
});
