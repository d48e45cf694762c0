import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { originOf, schemes, toApp, toChromium } from './addresses.mjs';
import { app as electronApp } from './app.mjs';
import { parseCommandLine } from './command-line.mjs';
import { Emitter } from './emitter.mjs';
import { guard, unsupportedModule } from './guard.mjs';
import { runtime } from './runtime.mjs';

describe('the command line', () => {
  it('takes what Playwright gives', () => {
    const args = [
      '-r',
      '/p/loader.js',
      '--no-sandbox',
      '--inspect=0',
      '.',
      '--user-data-dir=/d',
      '-x',
      'late',
    ];
    expect(parseCommandLine(args, '/home/me/app')).toEqual({
      preloads: ['/p/loader.js'],
      switches: new Map([
        ['no-sandbox', ''],
        ['inspect', '0'],
        ['user-data-dir', '/d'],
      ]),
      target: '/home/me/app',
      inspectPort: 0,
    });
  });

  it.each([
    [[], null],
    [['--inspect'], 0],
    [['--inspect=9229'], 9229],
    [['--inspect=127.0.0.1:9230'], 9230],
  ])('%j asks for the inspector at %s', (args, port) => {
    expect(parseCommandLine(args, '/').inspectPort).toBe(port);
  });
});

// https://github.com/electron/electron/blob/v45.4.1/shell/browser/api/electron_api_app.cc (App::EnableSandbox)
describe('the switches of the sandbox', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    runtime.switches.clear();
  });

  it('are combined as in Electron: enableSandbox() takes --no-sandbox away and hands --enable-sandbox on', () => {
    vi.spyOn(process, 'getuid').mockReturnValue(1000);
    runtime.switches.set('no-sandbox', '');
    electronApp.enableSandbox();
    expect([...runtime.switches.keys()]).toEqual(['enable-sandbox']);
  });

  it('leave root without a network, which fails at once here and in a loop there', () => {
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    runtime.switches.set('no-sandbox', '');
    expect(() => electronApp.enableSandbox()).toThrow('Electron has no network');
    expect(runtime.switches.has('no-sandbox')).toBe(true);
  });

  it.skipIf(process.getuid?.() !== 0)('root may not start without --no-sandbox', () => {
    const { status, stderr } = spawnSync(join(import.meta.dirname, 'electron'), ['fixture'], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('Running as root without --no-sandbox is not supported');
  });
});

describe('addresses', () => {
  it('go to Chromium and back', () => {
    schemes.set('app', null);
    for (const url of ['app://bundle/', 'app://bundle/a/b.js?x=1#y', 'https://example.org/', 'about:blank']) {
      expect(toApp(toChromium(url))).toBe(url);
    }
    expect(toChromium('app://bundle/index.html')).toMatch(
      /^https:\/\/bundle\.app\..*\.invalid\/index\.html$/,
    );
    expect(toApp('https://bundle.app.electron.invalid.example.org/')).toMatch(/^https:/);
  });

  it('have the origin that Electron says', () => {
    schemes.set('app', null);
    expect(originOf('app://bundle/index.html')).toBe('app://bundle');
    expect(originOf('https://example.org/x')).toBe('https://example.org');
    expect(originOf('')).toBe('null');
  });
});

describe('what is missing fails by its name', () => {
  const app = guard('app', { quit: () => 'quit' });

  it('when read, called or set', () => {
    expect(app.quit()).toBe('quit');
    expect(() => app.getFileIcon).toThrow('app.getFileIcon is not supported by chromium-electron');
    expect(() => {
      app.badgeCount = 1;
    }).toThrow('setting app.badgeCount is not supported by chromium-electron');
    expect(() => new (unsupportedModule('Tray'))()).toThrow('Tray is not supported by chromium-electron');
    expect(() => unsupportedModule('safeStorage').encryptString).toThrow('safeStorage.encryptString');
  });

  it('when waited for', () => {
    const emitter = guard('app', new Emitter('app', ['ready']));
    let heard = 0;
    emitter.once('ready', () => heard++);
    emitter.emit('ready');
    emitter.emit('ready');
    expect(heard).toBe(1);
    expect(() => emitter.on('login', () => {})).toThrow("app event 'login' is not supported");
    expect(() => emitter.once('login', () => {})).toThrow("app event 'login' is not supported");
  });

  it('but not when a console or a promise only looks', async () => {
    expect(await app).toBe(app);
    expect(JSON.stringify(app)).toBe('{}');
  });

  it('and a test may put its own function in place of one that is there', () => {
    const stubbed = guard('app', { quit: () => 'quit' });
    stubbed.quit = () => 'stubbed';
    expect(stubbed.quit()).toBe('stubbed');
  });
});
