// @ts-check
import { Emitter, newEvent } from './emitter.mjs';
import { guard, notSupported } from './guard.mjs';
import { Page } from './page.mjs';
import { chromium, runtime } from './runtime.mjs';
import { onInterceptionChange } from './session.mjs';
import { applyTheme, onThemeChange } from './theme.mjs';
import { intercept, WebContents } from './web-contents.mjs';

/** @typedef {{ x: number, y: number, width: number, height: number }} Bounds */
/** @typedef {'normal' | 'minimized' | 'maximized' | 'fullscreen'} WindowState */

const EVENTS = [
  'ready-to-show',
  'show',
  'close',
  'closed',
  'resize',
  'move',
  'focus',
  'blur',
  'maximize',
  'unmaximize',
  'minimize',
  'restore',
  'page-title-updated',
  // Sent by tests alone: nobody logs off here.
  'query-session-end',
  'session-end',
];
const OPTIONS = [
  'x',
  'y',
  'width',
  'height',
  'minWidth',
  'minHeight',
  'show',
  'backgroundColor',
  'title',
  'icon',
  'autoHideMenuBar',
  'webPreferences',
];
const PREFERENCES = [
  'preload',
  'contextIsolation',
  'sandbox',
  'nodeIntegration',
  'webviewTag',
  'spellcheck',
  'devTools',
  'javascript',
  'additionalArguments',
];

/** @param {string} label @param {object} given @param {readonly string[]} known */
function checkOptions(label, given, known) {
  for (const name of Object.keys(given))
    if (!known.includes(name)) throw notSupported(`${label} option '${name}'`);
}

/**
 * @typedef {object} Internals
 * @property {Page} page
 * @property {Bounds} bounds last known, in the normal state
 * @property {WindowState} state
 * @property {string} title
 * @property {boolean} isVisible
 * @property {number | null} windowId Chromium's, once the window stands
 * @property {string | undefined} preload
 * @property {readonly string[]} arguments
 * @property {boolean} scripts whether its pages may run any
 */
/** @type {WeakMap<object, Internals>} */
const all = new WeakMap();
const INNER = Symbol('inner');

/** Guarded, in the order of their making. @type {Set<BrowserWindow>} */
export const windows = new Set();
/** @type {BrowserWindow | null} */
let focused = null;
/** Told of every window that begins and ends: app.mjs. @type {{ created: (window: BrowserWindow) => void, gone: () => void }} */
export const listener = { created: () => {}, gone: () => {} };

onThemeChange(() => windows.forEach((window) => applyTheme(internals(window).page)));
onInterceptionChange(() => windows.forEach((window) => intercept(window.webContents)));

/** @param {BrowserWindow} window guarded or not */
export function internals(window) {
  return /** @type {Internals} */ (all.get(/** @type {any} */ (window)[INNER]));
}

/**
 * @implements {Pick<import('electron').BrowserWindow, 'id' | 'loadURL' | 'show' | 'focus' | 'close' | 'destroy' |
 *   'getBounds' | 'getNormalBounds' | 'setBounds' | 'setMinimumSize' | 'maximize' | 'unmaximize' | 'minimize' |
 *   'restore' | 'isMaximized' | 'isMinimized' | 'isFullScreen' | 'isVisible' | 'isFocused' | 'isDestroyed' |
 *   'getTitle' | 'setTitle' | 'setBackgroundColor' | 'setProgressBar'>}
 */
export class BrowserWindow extends Emitter {
  /** @param {import('electron').BrowserWindowConstructorOptions} [options] */
  constructor(options = {}) {
    super('BrowserWindow', EVENTS);
    const { x = 0, y = 0, width = 800, height = 600, title = runtime.manifest.productName ?? '' } = options;
    const { preload, additionalArguments = [], javascript = true } = options.webPreferences ?? {};
    checkOptions('BrowserWindow', options, OPTIONS);
    checkOptions('webPreferences', options.webPreferences ?? {}, PREFERENCES);
    const page = new Page(chromium());
    Object.defineProperty(this, INNER, { value: this });
    all.set(this, {
      page,
      bounds: { x, y, width, height },
      state: 'normal',
      title,
      isVisible: options.show !== false,
      windowId: null,
      preload,
      arguments: additionalArguments,
      scripts: javascript,
    });
    const guarded = guard('BrowserWindow', this);
    this.webContents = new WebContents(page, () => guarded.close());
    this.id = this.webContents.id;
    windows.add(guarded);
    focused = guarded;
    connect(guarded);
    listener.created(guarded);
    return guarded;
  }

  /** @param {string} url */
  loadURL(url) {
    return this.webContents.loadURL(url);
  }

  show() {
    const inner = internals(this);
    if (inner.isVisible) return;
    inner.isVisible = true;
    this.emit('show');
  }
  focus() {
    focused = [...windows].find((window) => internals(window) === internals(this)) ?? null;
    const { page } = internals(this);
    void page.ready.then(() => page.send('Page.bringToFront')).catch(() => {});
    this.emit('focus');
  }
  close() {
    const { page } = internals(this);
    if (page.isGone) return;
    const event = newEvent();
    this.emit('close', event);
    if (event.defaultPrevented) runtime.isQuitting = false; // as in Electron, a window that stays stops the quitting
    else this.destroy();
  }
  destroy() {
    const { page } = internals(this);
    if (page.isGone) return;
    gone(this);
    page.ready.then(
      () => chromium().send('Target.closeTarget', { targetId: page.targetId }),
      () => {},
    );
  }

  /** @returns {Bounds} */
  getBounds() {
    return { ...internals(this).bounds };
  }
  getNormalBounds() {
    return this.getBounds();
  }
  /** @param {Partial<Bounds>} bounds */
  setBounds(bounds) {
    const inner = internals(this);
    const before = inner.bounds;
    inner.bounds = { ...before, ...bounds };
    void place(this);
    announce(this, before);
  }
  setMinimumSize() {}

  maximize() {
    this.show(); // as Electron does, without being asked
    setState(this, 'maximized', 'maximize');
  }
  unmaximize() {
    setState(this, 'normal', 'unmaximize');
  }
  minimize() {
    setState(this, 'minimized', 'minimize');
  }
  restore() {
    setState(this, 'normal', 'restore');
  }
  isMaximized() {
    return internals(this).state === 'maximized';
  }
  isMinimized() {
    return internals(this).state === 'minimized';
  }
  isFullScreen() {
    return internals(this).state === 'fullscreen';
  }
  isVisible() {
    return internals(this).isVisible;
  }
  isFocused() {
    return focused !== null && internals(focused) === internals(this);
  }
  isDestroyed() {
    return internals(this).page.isGone;
  }

  getTitle() {
    return internals(this).title;
  }
  /** @param {string} title */
  setTitle(title) {
    internals(this).title = title;
  }
  setBackgroundColor() {}
  setProgressBar() {}

  static getAllWindows() {
    return [...windows];
  }
  static getFocusedWindow() {
    return focused;
  }
  /** @param {WebContents} contents */
  static fromWebContents(contents) {
    return [...windows].find((window) => window.webContents === contents) ?? null;
  }
}

/** @param {BrowserWindow} window guarded */
function connect(window) {
  const { page } = internals(window);
  // As for a hidden window on Wayland (electron#48859), where a test asks for it.
  const staysAway =
    process.env['CHROMIUM_ELECTRON_READY_TO_SHOW'] === 'never' && !internals(window).isVisible;
  if (!staysAway) page.once('painted', () => window.emit('ready-to-show'));
  page.on('resized', () => void readBounds(window));
  window.webContents.on('page-title-updated', (event, title) => {
    window.emit('page-title-updated', event, title, true);
    if (!event.defaultPrevented) internals(window).title = title;
  });
}

/** Gives the window the target that Chromium made for it. @param {BrowserWindow} window @param {string} targetId @param {string} sessionId */
export function adopt(window, targetId, sessionId) {
  const { page, preload, arguments: args, scripts } = internals(window);
  page.attach(targetId, sessionId, { preload, arguments: args });
  if (!scripts) void page.send('Emulation.setScriptExecutionDisabled', { value: true });
  void place(window);
}

/** Its target is gone, whoever ended it. @param {BrowserWindow} window guarded or not */
export function gone(window) {
  const inner = internals(window);
  if (inner.page.isGone) return;
  for (const other of windows) if (internals(other) === inner) windows.delete(other);
  if (focused && internals(focused) === inner) focused = [...windows].at(-1) ?? null;
  inner.page.markGone();
  window.emit('closed');
  listener.gone();
}

/** @param {BrowserWindow} window @param {WindowState} state @param {string} event */
function setState(window, state, event) {
  const inner = internals(window);
  if (inner.state === state) return;
  inner.state = state;
  if (inner.windowId !== null) {
    void chromium().send('Browser.setWindowBounds', {
      windowId: inner.windowId,
      bounds: { windowState: state },
    });
  }
  window.emit(event);
}

/** @param {BrowserWindow} window @param {Bounds} before */
function announce(window, before) {
  const { bounds } = internals(window);
  if (bounds.width !== before.width || bounds.height !== before.height) window.emit('resize');
  if (bounds.x !== before.x || bounds.y !== before.y) window.emit('move');
}

/** @param {BrowserWindow} window */
async function place(window) {
  const inner = internals(window);
  if (!inner.page.isAttached) return;
  const browser = chromium();
  const { x: left, y: top, width, height } = inner.bounds;
  const { windowId } = await browser.send('Browser.getWindowForTarget', { targetId: inner.page.targetId });
  inner.windowId = windowId;
  const bounds = browser.headless ? { width, height } : { left, top, width, height };
  await browser.send('Browser.setWindowBounds', { windowId, bounds });
  // Headless, a window has a frame that no one sees and that takes its size from the page.
  if (browser.headless) await browser.send('Browser.setContentsSize', { windowId, width, height });
  if (inner.state !== 'normal') {
    await browser.send('Browser.setWindowBounds', { windowId, bounds: { windowState: inner.state } });
  }
}

/** The person has moved or resized the window. @param {BrowserWindow} window */
async function readBounds(window) {
  const inner = internals(window);
  const browser = chromium();
  if (browser.headless || inner.page.isGone) return;
  const { bounds } = await browser.send('Browser.getWindowForTarget', { targetId: inner.page.targetId });
  if (bounds.windowState !== 'normal') return;
  const before = inner.bounds;
  inner.bounds = { x: bounds.left, y: bounds.top, width: bounds.width, height: bounds.height };
  announce(window, before);
}
