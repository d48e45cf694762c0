// @ts-check
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { toApp, toChromium } from './addresses.mjs';
import { codec } from './codec.mjs';
import { bridge } from './page-bridge.mjs';
import { preloadWorld } from './page-preload.mjs';
import { readablePath } from './runtime.mjs';

const WORLD = 'Electron Isolated Context'; // Electron's own name for it, as developer tools show it
const BINDING = '__wire';
/** What an app window begins with: `--app=about:blank` is refused. A number after it tells windows apart. */
export const BLANK_PAGE = 'data:text/html,window-';
/** A blank page is loaded in far less; without it the window is used all the same. */
const BLANK_PAGE_MS = 2000;

/**
 * The page of one window, in terms of the protocol; knows nothing of Electron's API.
 * Emits: `navigated` (url), `dom-ready`, `loaded`, `painted`, `message` (from the preload's world), `console`,
 * `crashed`, `preload-error`, `request` (paused by Fetch).
 */
export class Page extends EventEmitter {
  #chromium;
  #sessionId = '';
  #loaderId = '';
  #loadedId = '';
  #contextId = '';
  /** False for the blank page a window begins with and for error pages: their events are not the app's. */
  #isContent = false;
  targetId = '';
  url = '';
  isGone = false;
  /** Resolves when the target is attached and has loaded the blank page it begins with. @type {Promise<void>} */
  ready;
  #isReady = () => {};
  /** @type {(error: Error) => void} */
  #isLost = () => {};

  /** @param {import('./chromium.mjs').Chromium} chromium */
  constructor(chromium) {
    super();
    this.#chromium = chromium;
    this.ready = new Promise((resolve, reject) => {
      this.#isReady = resolve;
      this.#isLost = reject;
    });
    this.ready.catch(() => {});
  }

  get isAttached() {
    return this.#sessionId !== '';
  }

  /** To the page's own session. @param {string} method @param {object} [params] */
  send(method, params) {
    return this.#chromium.send(method, params, this.#sessionId);
  }

  /**
   * Called while the new target is held before its first navigation, so that no script runs without the preload.
   * @param {string} targetId
   * @param {string} sessionId
   * @param {{ preload: string | undefined, arguments: readonly string[] }} options
   */
  attach(targetId, sessionId, options) {
    this.targetId = targetId;
    this.#sessionId = sessionId;
    this.#listen();
    void this.send('Page.enable');
    void this.send('Page.setLifecycleEventsEnabled', { enabled: true });
    void this.send('Runtime.enable');
    void this.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD });
    this.#addScripts(options);
    this.emit('attached');
    const blank = this.#blankPage();
    this.send('Runtime.runIfWaitingForDebugger')
      .then(() => blank)
      .then(
        () => this.#isReady(),
        (error) => this.fail(error),
      );
  }

  /**
   * Resolves when the page that the window begins with has loaded. A navigation that crosses that one is carried out, but
   * once in some hundred times no client is told of it: neither `Page.frameNavigated` nor what its loader does next.
   * @returns {Promise<void>}
   */
  #blankPage() {
    return new Promise((resolve) => {
      const enough = setTimeout(resolve, BLANK_PAGE_MS);
      this.once('blank-loaded', () => {
        clearTimeout(enough);
        resolve();
      });
    });
  }

  fail(/** @type {Error} */ error) {
    this.#isLost(error);
  }

  /** @param {{ preload: string | undefined, arguments: readonly string[] }} options */
  #addScripts({ preload, arguments: args }) {
    const key = randomBytes(16).toString('hex');
    const add = (/** @type {string} */ source, /** @type {string} */ worldName) =>
      void this.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName });
    const { platform, arch, versions } = process;
    const settings = {
      binding: BINDING,
      process: { platform, arch, type: 'renderer', argv: [process.argv[0], ...args], versions, env: {} },
    };
    const inIsolated = `(${bridge})('${key}','isolated','main')`;
    add(`(${bridge})('${key}','main','isolated')`, '');
    add(`(${preloadWorld})(${inIsolated},(${codec})(),${JSON.stringify(settings)})`, WORLD);
    if (!preload) return;
    try {
      const source = readFileSync(readablePath(preload), 'utf8');
      const wrapped = `(function(exports,require,module,__filename,process){${source}\n})`;
      new vm.Script(wrapped, { filename: preload }); // a sandboxed preload must be CommonJS: say so here
      add(`__preload(${JSON.stringify(preload)},${wrapped})`, WORLD);
    } catch (error) {
      this.emit('preload-error', preload, error);
    }
  }

  #listen() {
    const on = (/** @type {string} */ method, /** @type {(params: any) => void} */ listener) =>
      this.#chromium.on(`${this.#sessionId}:${method}`, listener);
    on('Runtime.executionContextCreated', ({ context }) => {
      const isMainFrame = context.auxData.frameId === this.targetId;
      if (context.name === WORLD && isMainFrame) this.#contextId = context.uniqueId;
    });
    on('Runtime.executionContextsCleared', () => {
      this.#contextId = '';
    });
    on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== BINDING) return;
      const message = JSON.parse(payload);
      this.url = toApp(message.url); // the message may overtake Page.frameNavigated
      this.emit('message', message, executionContextId);
    });
    on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId) return;
      this.url = toApp(frame.url + (frame.urlFragment ?? ''));
      this.#loaderId = frame.loaderId;
      this.#isContent =
        frame.url !== 'about:blank' && !frame.url.startsWith(BLANK_PAGE) && !frame.unreachableUrl;
    });
    on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === this.targetId) this.url = toApp(url);
    });
    on('Page.lifecycleEvent', ({ frameId, loaderId, name }) => {
      if (frameId !== this.targetId) return;
      if (name === 'load' && !this.#isContent) this.emit('blank-loaded');
      if (loaderId !== this.#loaderId || !this.#isContent) return;
      if (name === 'load') {
        this.#loadedId = loaderId;
        this.emit('loaded');
      }
      if (name === 'firstPaint') this.emit('painted');
    });
    on('Page.javascriptDialogOpening', ({ type }) => {
      // As in Electron, a window closes without asking; `alert` and the like show in the page.
      if (type === 'beforeunload') void this.send('Page.handleJavaScriptDialog', { accept: true });
    });
    on('Page.windowOpen', (params) => this.emit('window-open', params));
    on('Runtime.consoleAPICalled', (params) => this.emit('console', params));
    on('Inspector.targetCrashed', () => this.emit('crashed'));
    on('Fetch.requestPaused', (params) => this.emit('request', params));
  }

  /**
   * Resolves when the page has loaded.
   * @param {string} url the app's
   */
  async load(url) {
    await this.ready;
    const { errorText, loaderId } = await this.send('Page.navigate', { url: toChromium(url) });
    if (errorText)
      throw Object.assign(new Error(`${errorText} (-2) loading '${url}'`), { code: errorText, url });
    while (loaderId && this.#loadedId !== loaderId && !this.isGone) {
      await new Promise((resolve) => {
        this.once('loaded', resolve);
        this.once('gone', resolve);
      });
    }
  }

  /**
   * To the preload's world.
   * @param {object} message
   * @param {number} [executionContextId] the document that asked; without it the present one
   */
  tell(message, executionContextId) {
    if (executionContextId === undefined && !this.#contextId) return; // nobody is listening yet
    const context =
      executionContextId === undefined
        ? { uniqueContextId: this.#contextId }
        : { contextId: executionContextId };
    // A string and JSON.parse, not a literal: V8 reads JSON far faster than source.
    void this.send('Runtime.evaluate', {
      expression: `__receive(${JSON.stringify(JSON.stringify(message))})`,
      ...context,
    });
  }

  markGone() {
    this.isGone = true;
    this.emit('gone');
  }
}
