// @ts-check
import os from 'node:os';
import path from 'node:path';
import { toApp } from './addresses.mjs';
import { BrowserWindow, listener, windows } from './browser-window.mjs';
import { Chromium } from './chromium.mjs';
import { Emitter, newEvent } from './emitter.mjs';
import { guard, notSupported } from './guard.mjs';
import { runtime } from './runtime.mjs';
import { session } from './session.mjs';
import { takeLock, tellHolder } from './single-instance.mjs';
import { openTarget, watchTargets } from './targets.mjs';

const EVENTS = [
  'ready',
  'window-all-closed',
  'activate',
  'before-quit',
  'will-quit',
  'quit',
  'second-instance',
  'web-contents-created',
  'browser-window-created',
];
/** Node's and Playwright's own; `user-data-dir` is the app's data, while Chromium's profile is a throw-away. */
const NOT_FOR_CHROMIUM = new Set(['inspect', 'inspect-brk', 'user-data-dir']);

/**
 * @implements {Pick<import('electron').App, 'isPackaged' | 'isReady' | 'whenReady' | 'name' | 'getName' | 'setName' |
 *   'getVersion' | 'getAppPath' | 'getLocale' | 'getPreferredSystemLanguages' | 'getPath' | 'setPath' |
 *   'requestSingleInstanceLock' | 'quit' | 'exit' | 'relaunch' | 'enableSandbox' | 'setAppUserModelId' |
 *   'setAboutPanelOptions'>}
 */
class App extends Emitter {
  constructor() {
    super('app', EVENTS);
  }
  isPackaged = false;
  /** As on Linux and Windows: present, and undefined. */
  dock = undefined;
  commandLine = guard('commandLine', {
    /** @param {string} name @param {string} [value] */
    appendSwitch(name, value = '') {
      const before = runtime.switches.get(name);
      const adds = before && /^(enable|disable)-features$/.test(name); // Playwright's and the app's lists both count
      runtime.switches.set(name, adds ? `${before},${value}` : value);
    },
    /** @param {string} name */
    hasSwitch: (name) => runtime.switches.has(name),
    /** @param {string} name */
    getSwitchValue: (name) => runtime.switches.get(name) ?? '',
    /** @param {string} name */
    removeSwitch: (name) => void runtime.switches.delete(name),
  });

  isReady() {
    return isReady;
  }
  whenReady() {
    return ready;
  }
  get name() {
    return name ?? runtime.manifest.productName ?? runtime.manifest.name ?? 'Electron';
  }
  set name(value) {
    name = value;
  }
  getName() {
    return this.name;
  }
  /** @param {string} value */
  setName(value) {
    this.name = value;
  }
  getVersion() {
    return runtime.manifest.version ?? '0.0.0';
  }
  getAppPath() {
    return runtime.appPath;
  }
  getLocale() {
    const [language = ''] = (process.env['LC_ALL'] || process.env['LANG'] || '').split('.');
    return /^[a-z]{2}/.test(language) ? language.replace('_', '-') : 'en-US';
  }
  getPreferredSystemLanguages() {
    return [this.getLocale()];
  }

  /** @param {string} which @returns {string} */
  getPath(which) {
    const set = paths.get(which);
    if (set) return set;
    const home = os.homedir();
    const appData = process.env['XDG_CONFIG_HOME'] || path.join(home, '.config');
    switch (which) {
      case 'home':
        return home;
      case 'appData':
        return appData;
      case 'userData':
        return path.resolve(runtime.switches.get('user-data-dir') || path.join(appData, this.name));
      case 'logs':
        return path.join(this.getPath('userData'), 'logs');
      case 'temp':
        return os.tmpdir();
      case 'exe':
        return process.execPath;
      case 'downloads':
        return path.join(home, 'Downloads');
      case 'documents':
        return path.join(home, 'Documents');
      default:
        throw notSupported(`app.getPath('${which}')`);
    }
  }
  /** @param {string} which @param {string} folder */
  setPath(which, folder) {
    paths.set(which, folder);
  }

  /** @param {unknown} [data] */
  requestSingleInstanceLock(data) {
    if (hasLock) return true;
    const folder = this.getPath('userData');
    hasLock = takeLock(folder, (second) => {
      this.emit('second-instance', newEvent(), second.argv, second.cwd, second.data);
    });
    if (!hasLock) handOver = tellHolder(folder, { argv: process.argv, cwd: process.cwd(), data });
    return hasLock;
  }

  quit() {
    if (runtime.isQuitting) return;
    runtime.isQuitting = true;
    if (isRefused('before-quit')) return;
    for (const window of [...windows]) window.close();
    if (windows.size > 0) runtime.isQuitting = false;
    else if (!isRefused('will-quit')) this.exit(0);
  }
  exit(code = 0) {
    if (isExiting) return;
    isExiting = true;
    runtime.isQuitting = true;
    setImmediate(async () => {
      this.emit('quit', newEvent(), code);
      await Promise.all([runtime.chromium?.close(), handOver]);
      process.exit(code);
    });
  }
  relaunch() {
    console.error('chromium-electron: not started again');
  }
  /**
   * As App::EnableSandbox: `--no-sandbox` goes and `--enable-sandbox` is handed on. As root its network service would die
   * in a loop then, so that nothing is fetched any more; here that fails at once.
   */
  enableSandbox() {
    if (isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    if (process.getuid?.() === 0)
      throw new Error('chromium-electron: after app.enableSandbox(), as root, Electron has no network');
    runtime.switches.delete('no-sandbox');
    runtime.switches.set('enable-sandbox', '');
  }
  setAppUserModelId() {}
  setAboutPanelOptions() {}
}

/** @type {() => void} */
let setReady = () => {};
/** @type {Promise<void>} */
const ready = new Promise((resolve) => {
  setReady = resolve;
});
let isReady = false;
let isExiting = false;
let hasLock = false;
/** @type {string | undefined} */
let name;
/** @type {Promise<void> | undefined} */
let handOver;
/** @type {Map<string, string>} */
const paths = new Map();

export const app = guard('app', new App());

/** @param {string} event that a listener may prevent */
function isRefused(event) {
  const asked = newEvent();
  app.emit(event, asked);
  if (asked.defaultPrevented) runtime.isQuitting = false;
  return asked.defaultPrevented;
}

listener.created = (window) => {
  app.emit('web-contents-created', newEvent(), window.webContents);
  void openTarget(window);
  app.emit('browser-window-created', newEvent(), window);
};
listener.gone = () => {
  if (BrowserWindow.getAllWindows().length > 0 || runtime.isQuitting) return;
  if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
  else app.quit();
};

/** No download is ever carried out; the session tells of it. @param {Chromium} browser */
function watchDownloads(browser) {
  void browser.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true });
  browser.on('Browser.downloadWillBegin', ({ url, suggestedFilename }) => {
    const item = { getURL: () => toApp(url), getFilename: () => suggestedFilename };
    session.defaultSession.emit('will-download', newEvent(), item);
  });
}

/**
 * Starts Chromium once the main bundle has run, since its switches are known only then, and makes the app ready.
 * @param {{ headless: boolean }} options
 */
export async function start(options) {
  if (isExiting) return;
  // For tests of a packaged app, which takes the port away that Playwright asks for.
  if (process.env['CHROMIUM_ELECTRON_DEBUGGING']) runtime.switches.set('remote-debugging-port', '0');
  const switches = [...runtime.switches]
    .filter(([key]) => !NOT_FOR_CHROMIUM.has(key))
    .map(([key, value]) => (value ? `--${key}=${value}` : `--${key}`));
  const browser = new Chromium(switches, options);
  runtime.chromium = browser;
  browser.on('gone', () => {
    if (isExiting) return;
    console.error('chromium-electron: Chromium ended unexpectedly');
    process.exit(1);
  });
  const { product } = await browser.send('Browser.getVersion');
  browser.version = product.split('/')[1];
  Object.defineProperty(process.versions, 'chrome', { value: browser.version, enumerable: true });
  await watchTargets();
  watchDownloads(browser);
  isReady = true;
  app.emit('ready', newEvent(), {});
  setReady();
}
