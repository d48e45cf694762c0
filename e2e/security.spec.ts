import { EVENT_NAMES } from '../src/shared/events.ts';
import { CALL_NAMES } from '../src/shared/ipc.ts';
import { expect, takeProblems, test } from './support/app.ts';
import { showView } from './support/window.ts';

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
      const tried: string[] = [];
      const attempt = (work: () => unknown) => {
        try {
          work();
          tried.push('nothing');
        } catch (error) {
          tried.push(error instanceof Error ? error.name : 'something else');
        }
      };
      attempt(() => {
        const script = document.createElement('script');
        script.textContent = 'window.injected = true';
        document.body.append(script);
      });
      attempt(() =>
        document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.injected = true">'),
      );
      const image = document.createElement('img');
      document.body.append(image);
      // Refused at once, or never run: that it does not run is what counts.
      attempt(() => image.setAttribute('onerror', 'window.injected = true'));
      image.src = 'x';
      await new Promise((resolve) => image.addEventListener('error', resolve, { once: true }));
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
      return { injected: 'injected' in window, evaluated: evaluated(), fetched, tried: tried.slice(0, 2) };
    });
    // Playwright's own evaluate is not bound by the page's policy, so what eval answers is told by the next line.
    expect(reached).toMatchObject({
      injected: false,
      fetched: false,
      tried: ['TypeError', 'TypeError'],
    });
    // Chromium tells of each when it comes to it, which may be after the last answer.
    let complaints = '';
    for (const complaint of [
      /TrustedScript/,
      /TrustedHTML/,
      /connect-src|Connecting to 'https:\/\/example\.com\/'/i,
      /frame-src|framing/i,
      /status of 404/i,
    ])
      await expect
        .poll(() => (complaints += takeProblems().join('\n')), { message: String(complaint) })
        .toMatch(complaint);
  });

  await test.step('it makes no markup of text, downloads nothing, and has no data channel', async () => {
    await electron.evaluate(({ session }) => {
      const downloads: unknown[] = [];
      Object.assign(globalThis, { downloads });
      session.defaultSession.on('will-download', (event) => downloads.push(event.defaultPrevented));
    });
    const done = await page.evaluate(async () => {
      const failure = (work: () => unknown): string => {
        try {
          work();
          return 'no error';
        } catch (error) {
          return error instanceof Error ? error.name : 'no error at all';
        }
      };
      const markup = failure(() => (document.createElement('div').innerHTML = '<b>x</b>'));
      const policy = failure(() =>
        (
          window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
        ).trustedTypes.createPolicy('mine', { createHTML: (text: string) => text }),
      );
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(['x']));
      link.download = 'x.txt';
      link.click();
      const peer = new RTCPeerConnection();
      peer.createDataChannel('x');
      const candidates: string[] = [];
      peer.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate) candidates.push(candidate.candidate);
      });
      await peer.createOffer().then(
        (offer) => peer.setLocalDescription(offer),
        () => undefined,
      );
      const state = peer.iceGatheringState;
      peer.close();
      return { markup, policy, candidates, state };
    });
    expect(done.markup).toBe('TypeError');
    expect(done.policy).toBe('TypeError');
    expect(done.candidates).toEqual([]);
    await expect
      .poll(() => electron.evaluate(() => (globalThis as unknown as { downloads: unknown[] }).downloads))
      .toEqual([true]);
    takeProblems();
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
