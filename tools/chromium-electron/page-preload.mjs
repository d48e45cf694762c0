// @ts-check

/**
 * The preload's half of the page: its `require('electron')` and the wire to main. Runs in the isolated world.
 *
 * The function is turned into text: it must refer to nothing outside itself.
 *
 * @param {import('./page-bridge.mjs').Bridge | null} bridge
 * @param {ReturnType<typeof import('./codec.mjs').codec>} codec
 * @param {{ binding: string, process: object }} settings
 */
export function preloadWorld(bridge, { encode, decode }, settings) {
  /** @type {any} */
  const world = globalThis;
  if (!bridge) {
    world.__preload = () => {};
    return;
  }
  const wire = world[settings.binding];
  const post = (/** @type {object} */ message) => wire(JSON.stringify({ ...message, url: location.href }));

  const notSupported = (/** @type {string} */ name) =>
    new Error(`${name} is not supported by chromium-electron in a preload`);
  const refuse = (/** @type {string} */ label, /** @type {object} */ object) =>
    new Proxy(object, {
      get(target, key) {
        if (key in target || typeof key === 'symbol' || key === '__esModule' || key === 'default') {
          return Reflect.get(target, key);
        }
        throw notSupported(`${label}.${key}`);
      },
    });

  let lastId = 0;
  /** @type {Map<number, { channel: string, resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  /** @type {Map<string, { listener: Function, once: boolean }[]>} */
  const listeners = new Map();

  /** @param {string} channel @param {Function} listener @param {boolean} once */
  function add(channel, listener, once) {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
    return ipcRenderer;
  }
  /** @param {string} channel @param {Function} listener */
  function remove(channel, listener) {
    const left = (listeners.get(channel) ?? []).filter((entry) => entry.listener !== listener);
    listeners.set(channel, left);
    return ipcRenderer;
  }
  /** @type {any} */
  const ipcRenderer = refuse('ipcRenderer', {
    invoke: (/** @type {string} */ channel, /** @type {any[]} */ ...args) =>
      new Promise((resolve, reject) => {
        const packed = args.map(encode);
        const id = ++lastId;
        waiting.set(id, { channel, resolve, reject });
        post({ t: 'invoke', id, channel, args: packed });
      }),
    send: (/** @type {string} */ channel, /** @type {any[]} */ ...args) =>
      post({ t: 'send', channel, args: args.map(encode) }),
    on: (/** @type {string} */ channel, /** @type {Function} */ listener) => add(channel, listener, false),
    once: (/** @type {string} */ channel, /** @type {Function} */ listener) => add(channel, listener, true),
    off: remove,
    removeListener: remove,
  });

  world.__receive = (/** @type {string} */ text) => {
    const message = JSON.parse(text);
    if (message.t === 'reply') {
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error === undefined) call?.resolve(decode(message.value));
      else call?.reject(new Error(`Error invoking remote method '${call.channel}': ${message.error}`));
      return;
    }
    const args = message.args.map(decode);
    for (const { listener, once } of listeners.get(message.channel) ?? []) {
      if (once) remove(message.channel, listener);
      try {
        listener({ sender: ipcRenderer, ports: [] }, ...args);
      } catch (error) {
        setTimeout(() => {
          throw error; // one listener's failure is its own: the others still run
        });
      }
    }
  };

  bridge.onRequest((kind, detail) => post({ t: kind, detail }));
  addEventListener('resize', () => post({ t: 'resize' }));
  let title = '';
  function tellTitle() {
    if (document.title === title) return;
    title = document.title;
    post({ t: 'title', title });
  }
  // The protocol does not tell of a title that a script changes.
  addEventListener('DOMContentLoaded', () => {
    tellTitle();
    const changes = { subtree: true, childList: true, characterData: true };
    if (document.head) new MutationObserver(tellTitle).observe(document.head, changes);
  });

  const electron = refuse('electron', {
    ipcRenderer,
    contextBridge: refuse('contextBridge', { exposeInMainWorld: bridge.expose }),
    // Chromium does not tell a page where a dropped file lies, and neither can we.
    webUtils: refuse('webUtils', { getPathForFile: () => '' }),
  });
  const preloadProcess = { ...settings.process, contextIsolated: true, sandboxed: true };
  const require = (/** @type {string} */ id) => {
    if (/^electron(\/(renderer|common))?$/.test(id)) return electron;
    throw new Error(`module not found: ${id}`);
  };
  world.__preload = (/** @type {string} */ file, /** @type {Function} */ run) => {
    const module = { exports: {} };
    try {
      run.call(module.exports, module.exports, require, module, file, preloadProcess);
    } catch (error) {
      console.error(`Unable to load preload script: ${file}`, error);
      post({ t: 'preload-error', file, message: String(/** @type {any} */ (error)?.stack ?? error) });
    }
  };
}
