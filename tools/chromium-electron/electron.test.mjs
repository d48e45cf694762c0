import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { IN_SANDBOX } from '../../scripts/electron-environment.mjs';
import { chromiumPath } from './chromium-path.mjs';

const FIXTURE = join(import.meta.dirname, 'fixture');
const AS_ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const HEADLESS = { CHROMIUM_ELECTRON_HEADLESS: '1' };

const folders = [];
function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'chromium-electron-test-'));
  folders.push(folder);
  return folder;
}

function launch(userData, env = HEADLESS) {
  return _electron.launch({
    ...IN_SANDBOX,
    args: [FIXTURE, `--user-data-dir=${userData}`],
    env: { ...process.env, ...env },
    timeout: 20_000,
  });
}

/** The command lines of the processes that were started for the app's Chromium, and its profile folder. */
function leftOvers(pid) {
  const mark = `chromium-electron-${pid}-`;
  const processes = readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(mark);
    } catch {
      return false; // it ended in this moment
    }
  });
  return [...processes, ...readdirSync(tmpdir()).filter((name) => name.startsWith(mark))];
}

const nothingLeft = (pid) =>
  vi.waitFor(() => expect(leftOvers(pid)).toEqual([]), { timeout: 20_000, interval: 50 });

async function ready(app) {
  const page = await app.firstWindow();
  await page.waitForFunction(() => document.title === 'Fixture ran');
  return page;
}

const seen = (app, what) =>
  vi.waitFor(async () => expect(await app.evaluate(() => globalThis.seen)).toContainEqual(what), {
    timeout: 15_000,
  });

// Where Electron's own binary runs, on macOS and Windows, nobody needs the stand-in.
describe.skipIf(process.platform !== 'linux' || !chromiumPath())('an app on chromium-electron', () => {
  let app;
  let page;
  const userData = newFolder();

  beforeAll(async () => {
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', import.meta.dirname); // Playwright looks for Electron in this process
    app = await launch(userData);
    page = await ready(app);
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    await app?.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it('shows its page from app://, under the policy that its handler set', async () => {
    const url = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0].webContents.getURL(),
    );
    expect(url).toBe('app://bundle/index.html');
    const policy = await page.evaluate(async () =>
      (await fetch('/page.mjs')).headers.get('content-security-policy'),
    );
    expect(policy).toBe("default-src 'none'; script-src 'self'; connect-src 'self'");
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.inlineRan = true';
      document.head.append(script);
      return window.inlineRan ?? false;
    });
    expect(ran).toBe(false);
    await seen(app, 'ready-to-show');
  });

  it('answers calls, and says who called', async () => {
    const who = await page.evaluate(() => window.bridge.invoke('who'));
    expect(who).toEqual({
      isOurs: true,
      url: 'app://bundle/index.html',
      origin: 'app://bundle',
      isTop: true,
    });
  });

  it('carries what structured clone carries, both ways', async () => {
    const kinds = await page.evaluate(async () => {
      const value = {
        map: new Map([['a', new Set([1])]]),
        date: new Date(5),
        bytes: new Uint8Array([1, 2]),
        none: undefined,
      };
      const back = await window.bridge.invoke('echo', value);
      return [
        back.map.get('a').has(1),
        back.date.getTime(),
        back.bytes instanceof Uint8Array,
        [...back.bytes],
        'none' in back,
      ];
    });
    expect(kinds).toEqual([true, 5, true, [1, 2], true]);
  });

  it('carries ten thousand rows and four million bytes', async () => {
    const sizes = await page.evaluate(async () => {
      const rows = await window.bridge.invoke('rows', 10_000);
      const bytes = await window.bridge.invoke('echo', new Uint8Array(4_000_000).fill(7));
      return [rows.length, rows.at(-1).id, bytes.length, bytes.at(-1)];
    });
    expect(sizes).toEqual([10_000, 'user-9999', 4_000_000, 7]);
  });

  it('refuses a proxy and a missing API in the preload, and names a failing handler', async () => {
    const errors = await page.evaluate(async () => {
      const failure = async (run) => {
        try {
          await run();
          return 'no error';
        } catch (error) {
          return error.message;
        }
      };
      return [
        await failure(() => window.bridge.invoke('echo', new Proxy({ a: 1 }, {}))),
        await failure(() => window.bridge.sendSync()),
        await failure(() => window.bridge.invoke('fail')),
        await failure(() => window.bridge.invoke('nobody')),
      ];
    });
    expect(errors).toEqual([
      'An object could not be cloned.',
      'ipcRenderer.sendSync is not supported by chromium-electron in a preload',
      "Error invoking remote method 'fail': TypeError: no such user",
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    ]);
  });

  it('keeps the bridge frozen and the preload out of the page', async () => {
    const state = await page.evaluate(() => [
      Object.isFrozen(window.bridge),
      typeof require,
      typeof window.__preload,
      typeof window.__wire,
    ]);
    expect(state).toEqual([true, 'undefined', 'undefined', 'undefined']);
  });

  it('tells the page, until the page no longer listens', async () => {
    await page.evaluate(() => {
      window.heard = [];
      window.stop = window.bridge.on('news', (value) => window.heard.push(value));
    });
    const tell = (value) =>
      app.evaluate(
        ({ BrowserWindow }, text) => BrowserWindow.getAllWindows()[0].webContents.send('news', text),
        value,
      );
    await tell('first');
    await page.waitForFunction(() => window.heard.length === 1);
    await page.evaluate(() => window.stop());
    await tell('second');
    // The answer to a call comes after the message that was sent before it.
    await page.evaluate(() => window.bridge.invoke('who'));
    expect(await page.evaluate(() => window.heard)).toEqual(['first']);
  });

  it('does not leave its page, and opens no window', async () => {
    await page.click('#away');
    await seen(app, 'will-navigate https://example.invalid/');
    await page.click('#blank');
    await seen(app, 'open https://example.invalid/blank');
    expect(await page.evaluate(() => window.open('https://example.invalid/popup'))).toBe(null);
    await seen(app, 'open https://example.invalid/popup');
    expect(await page.evaluate(() => document.title)).toBe('Fixture ran');
    await vi.waitFor(() => expect(app.windows()).toHaveLength(1), { timeout: 15_000 });
  });

  it('shows the theme that main chose', async () => {
    for (const theme of ['dark', 'light', 'dark']) {
      await app.evaluate(({ nativeTheme }, source) => (nativeTheme.themeSource = source), theme);
      await page.waitForFunction((wanted) => matchMedia(`(prefers-color-scheme: ${wanted})`).matches, theme);
      expect(await app.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(theme === 'dark');
    }
  });

  it('fails by name where main asks for what is not here', async () => {
    const errors = await app.evaluate(({ app: electronApp, BrowserWindow }) => {
      const failure = (run) => {
        try {
          run();
          return 'no error';
        } catch (error) {
          return error.message;
        }
      };
      return [
        failure(() => globalThis.tryTray()),
        failure(() => electronApp.getFileIcon('x')),
        failure(() => BrowserWindow.getAllWindows()[0].webContents.openDevTools()),
        failure(() => new BrowserWindow({ transparent: true })),
      ];
    });
    expect(errors).toEqual([
      'Tray is not supported by chromium-electron',
      'app.getFileIcon is not supported by chromium-electron',
      'webContents.openDevTools is not supported by chromium-electron',
      "BrowserWindow option 'transparent' is not supported by chromium-electron",
    ]);
  });

  it('tells the first instance of a second, which ends', async () => {
    const args = [...AS_ROOT, FIXTURE, `--user-data-dir=${userData}`, '--from=second'];
    const second = spawn(join(import.meta.dirname, 'electron'), args, {
      env: { ...process.env, ...HEADLESS },
      stdio: 'ignore',
    });
    const [code] = await once(second, 'exit');
    expect(code).toBe(0);
    await seen(app, 'second-instance --from=second');
  });

  it('stays open while its close listener says so', async () => {
    await app.evaluate(() => (globalThis.keepOpen = true));
    await page.evaluate(() => window.close());
    await app.evaluate(({ app: electronApp }) => electronApp.quit());
    expect(await page.evaluate(() => window.bridge.invoke('echo', 'here'))).toBe('here');
    await app.evaluate(() => (globalThis.keepOpen = false));
  });

  it('leaves nothing behind when it is killed, and its lock is taken over', async () => {
    const folder = newFolder();
    const killed = await launch(folder);
    await ready(killed);
    const { pid } = killed.process();
    expect(leftOvers(pid)).not.toEqual([]);
    process.kill(pid, 'SIGKILL');
    await nothingLeft(pid);
    // A lock whose process id now belongs to another, living process.
    const lock = join(folder, 'chromium-electron.lock');
    expect(existsSync(lock)).toBe(true);
    writeFileSync(lock, `${process.pid} 1`);
    const next = await launch(folder);
    await ready(next);
    expect(await next.evaluate(() => globalThis.isFirst)).toBe(true);
    const nextPid = next.process().pid;
    await next.close();
    expect(leftOvers(nextPid)).toEqual([]);
    expect(existsSync(lock)).toBe(false);
  });

  it.skipIf(!existsSync('/usr/bin/Xvfb'))('stands in a real window where there is a display', async () => {
    const server = spawn(
      '/usr/bin/Xvfb',
      ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'],
      {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      },
    );
    try {
      const [display] = await once(server.stdio[3], 'data');
      const shown = await launch(newFolder(), {
        DISPLAY: `:${String(display).trim()}`,
        CHROMIUM_ELECTRON_HEADLESS: '0',
      });
      const shownPage = await ready(shown);
      expect(await shownPage.evaluate(() => [outerWidth, outerHeight])).toEqual([640, 480]);
      await shown.close();
    } finally {
      server.kill();
    }
  });
});
