import type { Page } from '@playwright/test';
import { CALL_NAMES, EVENT_NAMES } from '../src/shared/ipc.ts';
import { expect, takeProblems, test } from './support/app.ts';
import { answerMessageBoxes } from './support/dialogs.ts';
import { filesUnder } from './support/disk.ts';
import { fillConfirmation, ordinaryUsers, pasteAndReview, revokeButton } from './support/revocation.ts';
import { commandLines, heapOf } from './support/search.ts';
import { choose, openConnections, showView, statusLine } from './support/window.ts';

test('the page can do what the contract says and nothing else', async ({ launch }) => {
  const { page, electron } = await launch();
  await electron.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (url: string) => {
      opened.push(url);
      return Promise.resolve();
    };
  });
  const address = () =>
    electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()),
    );

  await test.step('it has exactly the calls and events of the contract, and nothing of Node or Electron', async () => {
    const found = await page.evaluate(() => ({
      calls: Object.keys(window.tokendesk.call),
      events: Object.keys(window.tokendesk.on),
      bridge: Object.keys(window.tokendesk),
      foreign: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
        (name) => name in window,
      ),
    }));
    expect(found).toEqual({
      calls: [...CALL_NAMES],
      events: [...EVENT_NAMES],
      bridge: ['call', 'on'],
      foreign: [],
    });
  });

  await test.step('it cannot give its calls another channel, nor an input of another shape', async () => {
    const answers = await page.evaluate(async () => {
      const call = window.tokendesk.call as unknown as Record<
        string,
        ((input: unknown) => Promise<{ ok: boolean }>) | undefined
      >;
      const frozen = () => {
        try {
          call['connections.secret'] = call['app.snapshot'];
        } catch {
          // What contextBridge exposes may be frozen; either way the name below must lead nowhere.
        }
        return (
          call['connections.secret'] === undefined || call['connections.secret'] === call['app.snapshot']
        );
      };
      return {
        unknown: typeof call['connections.readSecret'],
        frozen: frozen(),
        shape: await call['settings.update']?.({ theme: 'light', lastConnectionId: 'x' }),
        huge: await call['plan.rows']?.({ planId: 'x', from: 0, count: 1e9 }),
        proto: await call['connections.rename']?.(
          JSON.parse('{"connectionId":"demo","label":"x","__proto__":{}}'),
        ),
      };
    });
    expect(answers).toMatchObject({
      unknown: 'undefined',
      frozen: true,
      shape: { ok: false, error: { code: 'invalid-input' } },
      huge: { ok: false, error: { code: 'invalid-input' } },
      proto: { ok: false, error: { code: 'invalid-input' } },
    });
  });

  await test.step('it cannot leave the app, nor open a window', async () => {
    await page.evaluate(() => {
      location.href = 'https://example.com/';
    });
    const opened = await page.evaluate(() => [
      window.open('https://example.com/') === null,
      window.open('file:///etc/passwd') === null,
      window.open('https://help.genesys.cloud/articles/') === null,
    ]);
    expect(opened).toEqual([true, true, true]);
    await showView(page, 'Settings');
    expect(await address()).toEqual(['app://bundle/index.html']);
    // Only a host of the list is opened, in the person's own browser.
    expect(await electron.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual([
      'https://help.genesys.cloud/articles/',
    ]);
  });

  await test.step('it runs no script but its own, and reaches no network', async () => {
    const reached = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.injected = true">');
      const frame = document.createElement('iframe');
      frame.src = 'https://example.com/';
      document.body.append(frame);
      const evaluated = () => {
        try {
          return (0, eval)('1 + 1') as number;
        } catch {
          return null;
        }
      };
      const fetched = await fetch('https://example.com/').then(
        () => true,
        () => false,
      );
      frame.remove();
      return { injected: 'injected' in window, evaluated: evaluated(), fetched };
    });
    // Playwright's own evaluate is not bound by the page's policy, so what eval answers is told by the next line.
    expect(reached).toMatchObject({ injected: false, fetched: false });
    const complaints = takeProblems().join('\n');
    expect(complaints).toMatch(/inline script/i);
    expect(complaints).toMatch(/inline event handler/i);
    expect(complaints).toMatch(/connect-src|Connecting to 'https:\/\/example\.com\/'/i);
  });

  await test.step('main listens to nobody but the app’s own window', async () => {
    const second = electron.waitForEvent('window');
    await electron.evaluate(async ({ app, BrowserWindow }) => {
      const other = new BrowserWindow({
        webPreferences: {
          preload: `${app.getAppPath()}/out/preload/index.cjs`,
          contextIsolation: true,
          sandbox: true,
        },
      });
      await other.loadURL('app://bundle/index.html');
    });
    const stranger = await second;
    await stranger.waitForFunction(() => 'tokendesk' in window);
    const answer = await stranger.evaluate(() => window.tokendesk.call['app.snapshot'](null));
    expect(answer).toMatchObject({ ok: false, error: { message: 'This call is not allowed from here.' } });
    await stranger.close();
    takeProblems();
  });
});

test('no secret is in a file, in the page, in a message to it, or on a command line', async ({
  launch,
  simulator,
  profile,
}) => {
  test.setTimeout(90_000);
  const { page, electron, quit } = await launch({ simulator });
  // From the page's side: every event that main sends it.
  await page.evaluate((names) => {
    const events: unknown[] = [];
    Object.assign(window, { events });
    for (const name of names) window.tokendesk.on[name]((payload) => events.push(payload));
  }, EVENT_NAMES);
  await page.evaluate(() => window.tokendesk.call['settings.update']({ logLevel: 'debug' }));

  const fromClipboard = async (
    secret: string,
    fill: (dialog: ReturnType<Page['locator']>) => Promise<void>,
  ) => {
    await electron.evaluate(({ clipboard }, text) => clipboard.writeText(text), secret);
    const dialog = await openConnections(page);
    await fill(dialog);
    await dialog.getByRole('button', { name: 'Take from clipboard' }).click();
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    return dialog;
  };

  await test.step('use the secrets in every way there is, failures too', async () => {
    const failing = await fromClipboard('wrong-secret-of-the-test', async (dialog) => {
      await dialog.getByLabel('Client id').fill(simulator.clientId);
    });
    await expect(failing.getByRole('alert')).toBeVisible();
    await page.keyboard.press('Escape');
    await fromClipboard(simulator.clientSecret, async (dialog) => {
      await dialog.getByLabel('Client id').fill(simulator.clientId);
    });
    await expect(statusLine(page)).toContainText('Token administration');
    await fromClipboard(simulator.token, (dialog) => choose(dialog, 'Access token'));
    await expect(statusLine(page)).toContainText('Ines Albrecht');
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(
      page.getByRole('region', { name: 'Checks' }).getByText('Valid', { exact: true }),
    ).toBeVisible();
    await showView(page, 'Idle timeout');
    await answerMessageBoxes(electron, 1);
    simulator.addFaults({ kind: 'status', status: 403, route: 'DELETE /api/v2/tokens/:userId', count: 3 });
    await pasteAndReview(page, ordinaryUsers(simulator, 20).join('\n'));
    await fillConfirmation(page, 'Search for secrets');
    await revokeButton(page).click();
    await expect(page.getByText('17 of 20 users were revoked.')).toBeVisible();
  });

  const secrets = [simulator.clientSecret, simulator.token, 'wrong-secret-of-the-test'];
  const leaksIn = (text: string): readonly string[] => secrets.filter((secret) => text.includes(secret));

  await test.step('the page', async () => {
    const heap = await heapOf(page);
    // The search would find something: what the page does know is there.
    expect(heap).toContain(simulator.clientId);
    expect(leaksIn(heap)).toEqual([]);
  });

  await test.step('what main sent and answers', async () => {
    const told = await page.evaluate(async () => {
      const { call } = window.tokendesk;
      const runs = await call['runs.list'](null);
      const runId = runs.ok ? (runs.data[0]?.runId ?? '') : '';
      return JSON.stringify([
        (window as unknown as { events: unknown[] }).events,
        runs,
        await call['app.snapshot'](null),
        await call['token.refresh'](null),
        await call['token.verify'](null),
        await call['timeout.read'](null),
        await call['runs.progress']({ runId }),
        await call['runs.outcomes']({ runId, from: 0, count: 100 }),
        await call['connections.switchTo']({ connectionId: 'nobody' }),
      ]);
    });
    expect(told).toContain('session');
    expect(leaksIn(told)).toEqual([]);
  });

  await test.step('command lines', async () => {
    test.skip(process.platform !== 'linux', '/proc is Linux’ own');
    const lines = await commandLines();
    expect(lines).toContain(profile);
    expect(leaksIn(lines)).toEqual([]);
  });

  await test.step('files, while it runs and after it has ended', async () => {
    const search = async () => {
      const files = [...(await filesUnder(profile))];
      expect(files.map(([path]) => path).join('\n')).toMatch(/journal\.jsonl/);
      // The tokens that client credentials fetched are known to nobody here: they would stand out by their length.
      return files
        .filter(([, text]) => leaksIn(text).length > 0 || /[\w-]{80,}/.test(text))
        .map(([path]) => path);
    };
    expect(await search()).toEqual([]);
    await quit();
    expect(await search()).toEqual([]);
  });
});
