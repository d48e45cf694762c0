// @ts-check
import { originOf, toApp } from './addresses.mjs';
import { codec } from './codec.mjs';
import { Emitter, newEvent } from './emitter.mjs';
import { guard, notSupported } from './guard.mjs';
import { handlerOf, ipcMain } from './ipc-main.mjs';
import { imageOf } from './native-image.mjs';
import { answerRequest, patterns } from './requests.mjs';
import { session } from './session.mjs';
import { applyTheme } from './theme.mjs';

const { encode, decode } = codec();
const ABORTED = -3; // Chromium's net::ERR_ABORTED
const FAILED = -2; // net::ERR_FAILED
const CONSOLE_LEVELS = /** @type {Record<string, string>} */ ({
  warning: 'warning',
  error: 'error',
  debug: 'debug',
});

const EVENTS = [
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'did-finish-load',
  'did-fail-load',
  'render-process-gone',
  'console-message',
  'preload-error',
  'destroyed',
  'page-title-updated',
  // Never sent: Chromium handles keys, its context menu and webviews by itself.
  'will-attach-webview',
  'before-input-event',
  'context-menu',
];

/** @typedef {Parameters<import('electron').WebContents['setWindowOpenHandler']>[0]} OpenHandler */

let lastId = 0;
/** @type {Map<number, WebContents>} */
const all = new Map();

/** `electron.webContents`: what Playwright asks of it. */
export const webContents = guard('webContents', {
  getAllWebContents: () => [...all.values()],
  fromId: (/** @type {number} */ id) => all.get(id),
  fromDevToolsTargetId: (/** @type {string} */ targetId) =>
    [...all.values()].find((contents) => internals(contents).page.targetId === targetId),
});

/**
 * @typedef {object} Internals
 * @property {import('./page.mjs').Page} page
 * @property {() => void} requestClose
 * @property {OpenHandler | null} openHandler
 * @property {string} asked the address that loadURL asked for: not to be announced by will-navigate
 */
/** @type {WeakMap<object, Internals>} */
/** Inches. */
const PAPER = {
  A4: { paperWidth: 8.27, paperHeight: 11.69 },
  Letter: { paperWidth: 8.5, paperHeight: 11 },
};

const state = new WeakMap();
const INNER = Symbol('inner');

/** @param {WebContents} contents guarded or not */
function internals(contents) {
  return /** @type {Internals} */ (state.get(/** @type {any} */ (contents)[INNER]));
}

/**
 * @implements {Pick<import('electron').WebContents, 'id' | 'send' | 'loadURL' | 'getURL' | 'isDestroyed' | 'reload' |
 *   'close' | 'setWindowOpenHandler' | 'openDevTools' | 'executeJavaScript' | 'printToPDF'>}
 */
export class WebContents extends Emitter {
  id = ++lastId;
  session = session.defaultSession;

  /**
   * @param {import('./page.mjs').Page} page
   * @param {() => void} requestClose when the page or a caller asks for it: a BrowserWindow may refuse
   */
  constructor(page, requestClose) {
    super('webContents', EVENTS);
    Object.defineProperty(this, INNER, { value: this });
    state.set(this, { page, requestClose, openHandler: null, asked: '' });
    const guarded = guard('webContents', this);
    this.mainFrame = mainFrame(page, this.id);
    all.set(this.id, guarded);
    connect(guarded);
    return guarded;
  }

  /** @param {string} channel @param {...unknown} args */
  send(channel, ...args) {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument');
    internals(this).page.tell({ t: 'send', channel, args: args.map(encode) });
  }

  /** @param {string} url */
  async loadURL(url) {
    const inner = internals(this);
    inner.asked = withoutHash(new URL(url).href);
    try {
      await inner.page.load(url);
    } catch (error) {
      const reason = /** @type {Error & { code?: string }} */ (error);
      this.emit('did-fail-load', newEvent(), FAILED, reason.code ?? reason.message, url, true);
      throw error;
    }
  }

  getURL() {
    return internals(this).page.url;
  }
  isDestroyed() {
    return internals(this).page.isGone;
  }
  reload() {
    void internals(this).page.send('Page.reload');
  }
  close() {
    internals(this).requestClose();
  }
  /** @param {OpenHandler} handler */
  setWindowOpenHandler(handler) {
    internals(this).openHandler = handler;
  }
  /** Taken, and without effect. @param {string} policy */
  setWebRTCIPHandlingPolicy(policy) {
    if (typeof policy !== 'string') throw new TypeError('A policy is missing');
  }
  forcefullyCrashRenderer() {
    void internals(this).page.send('Page.crash');
  }
  /** @param {import('electron').PrintToPDFOptions} options */
  async printToPDF({ printBackground = false, pageSize = 'Letter', ...others }) {
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) throw notSupported(`printToPDF option '${unknown}'`);
    const size = PAPER[/** @type {keyof typeof PAPER} */ (pageSize)];
    if (!size) throw notSupported(`printToPDF page size '${String(pageSize)}'`);
    const { page } = internals(this);
    await page.ready;
    const { data } = await page.send('Page.printToPDF', { printBackground, ...size });
    return Buffer.from(data, 'base64');
  }
  openDevTools() {
    throw notSupported('webContents.openDevTools');
  }

  /** @param {string} code */
  async executeJavaScript(code) {
    const { page } = internals(this);
    await page.ready;
    const { result, exceptionDetails } = await page.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  async capturePage() {
    const { page } = internals(this);
    await page.ready;
    const { data } = await page.send('Page.captureScreenshot');
    return imageOf(Buffer.from(data, 'base64'));
  }
}

/** @param {string} url */
const withoutHash = (url) => url.split('#', 1)[0] ?? '';

/**
 * One frame object for the life of the window, as Electron gives the same one for `mainFrame` and `senderFrame`.
 * @param {import('./page.mjs').Page} page
 * @param {number} id
 * @returns {Pick<import('electron').WebFrameMain, 'url' | 'origin' | 'parent' | 'routingId' | 'processId'>}
 */
function mainFrame(page, id) {
  /** @type {any} */
  const frame = {
    parent: null,
    routingId: id,
    processId: id,
    get url() {
      return page.url;
    },
    get origin() {
      return originOf(page.url);
    },
    get top() {
      return guarded;
    },
  };
  const guarded = guard('webFrameMain', frame);
  return guarded;
}

/** What the page tells, as Electron's events. @param {WebContents} contents guarded */
function connect(contents) {
  const inner = internals(contents);
  const { page } = inner;
  page.on('attached', () => {
    intercept(contents);
    applyTheme(page);
  });
  page.on('loaded', () => contents.emit('did-finish-load', newEvent()));
  page.on('crashed', () =>
    contents.emit('render-process-gone', newEvent(), { reason: 'crashed', exitCode: 1 }),
  );
  page.on('console', ({ type, args, stackTrace }) => {
    const message = args.map((/** @type {any} */ arg) => arg.value ?? arg.description ?? arg.type).join(' ');
    const { url = '', lineNumber = 0 } = stackTrace?.callFrames[0] ?? {};
    const level = CONSOLE_LEVELS[type] ?? 'info';
    contents.emit('console-message', newEvent({ level, message, lineNumber, sourceId: toApp(url) }));
  });
  page.on('preload-error', (file, error) => preloadFailed(contents, file, error));
  page.on('gone', () => {
    all.delete(contents.id);
    contents.emit('destroyed');
  });
  page.on('message', (message, contextId) => receive(contents, message, contextId));
  page.on('request', (paused) => {
    const fail = (/** @type {Error} */ error) => {
      console.error(`chromium-electron: ${paused.request.url}: ${error.message}`);
      void page.send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Failed' });
    };
    answerRequest(paused, {
      frameId: page.targetId,
      webContentsId: contents.id,
      send: (method, params) => page.send(method, params),
      mayNavigate: (url, isRedirect) => mayNavigate(contents, url, isRedirect),
      mayNavigateFrame: (url) => mayNavigateFrame(contents, url),
    }).catch(fail);
  });
}

/** @param {WebContents} contents */
export function intercept(contents) {
  const { page } = internals(contents);
  if (page.isAttached) void page.send('Fetch.enable', { patterns: patterns() });
}

/** @param {WebContents} contents @param {string} url @param {boolean} isRedirect */
function mayNavigate(contents, url, isRedirect) {
  const { page, asked } = internals(contents);
  const target = withoutHash(url);
  if (!isRedirect && (target === asked || target === withoutHash(page.url))) return true;
  const event = newEvent({ url, isMainFrame: true });
  if (!isRedirect) contents.emit('will-frame-navigate', event);
  if (!event.defaultPrevented) contents.emit(isRedirect ? 'will-redirect' : 'will-navigate', event, url);
  if (event.defaultPrevented) {
    contents.emit('did-fail-load', newEvent(), ABORTED, 'ERR_ABORTED', url, true);
  }
  return !event.defaultPrevented;
}

/** @param {WebContents} contents @param {string} url of a document in a frame */
function mayNavigateFrame(contents, url) {
  const event = newEvent({ url, isMainFrame: false });
  contents.emit('will-frame-navigate', event);
  return !event.defaultPrevented;
}

/**
 * Asks the app about a new window. Only a refusal is carried out; this app allows none.
 * @param {WebContents} contents
 * @param {{ url: string, frameName?: string, features?: string }} details
 */
export function askToOpen(contents, { url, frameName = '', features = '' }) {
  const { openHandler, page } = internals(contents);
  /** @type {Parameters<OpenHandler>[0]} */
  const details = {
    url: toApp(url),
    frameName,
    features,
    disposition: features ? 'new-window' : 'foreground-tab',
    referrer: { url: page.url, policy: 'strict-origin-when-cross-origin' },
  };
  const answer = openHandler?.(details) ?? { action: 'allow' };
  if (answer.action !== 'deny')
    console.error(notSupported(`a second window opened by the page (${details.url})`));
}

/** @param {WebContents} contents @param {string} file @param {Error} error */
function preloadFailed(contents, file, error) {
  console.error(`Unable to load preload script: ${file}\n${error.stack ?? error.message}`);
  contents.emit('preload-error', newEvent(), file, error);
}

/** @param {WebContents} contents @param {any} message @param {number} contextId */
function receive(contents, message, contextId) {
  const { page, requestClose } = internals(contents);
  switch (message.t) {
    case 'invoke':
      return void answerCall(contents, message, contextId);
    case 'send':
      return void ipcMain.emit(message.channel, ipcEvent(contents), ...message.args.map(decode));
    case 'close':
      return requestClose();
    case 'open':
      return askToOpen(contents, message.detail);
    case 'title':
      return void contents.emit('page-title-updated', newEvent(), message.title, true);
    case 'resize':
      return void page.emit('resized');
    case 'preload-error':
      return preloadFailed(contents, message.file, new Error(message.message));
    default:
      throw new Error(`chromium-electron: unknown message '${message.t}'`);
  }
}

/** @param {WebContents} contents */
const ipcEvent = (contents) =>
  newEvent({
    type: 'frame',
    sender: contents,
    senderFrame: contents.mainFrame,
    frameId: contents.mainFrame.routingId,
    processId: contents.id,
  });

/** @param {WebContents} contents @param {any} message @param {number} contextId */
async function answerCall(contents, { id, channel, args }, contextId) {
  /** @type {{ t: 'reply', id: number, value?: any, error?: string }} */
  const reply = { t: 'reply', id };
  try {
    reply.value = encode(await handlerOf(channel)(ipcEvent(contents), ...args.map(decode)));
  } catch (error) {
    reply.error = String(error); // Electron too sends the text only
    console.error(`Error occurred in handler for '${channel}':`, error);
  }
  internals(contents).page.tell(reply, contextId);
}
