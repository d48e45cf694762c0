// @ts-check
import { Emitter, newEvent } from './emitter.mjs';
import { guard } from './guard.mjs';

// What a desktop would do is here at its safest: a dialog is closed without a choice, nothing is opened. All of
// these are plain properties, so that a test puts its own function in their place.

/** The options are the last argument, with or without a parent window. @param {any[]} args */
function cancelled(args) {
  const { cancelId, buttons = [] } = args.at(-1) ?? {};
  const byName = buttons.findIndex((/** @type {string} */ label) => /^(&?cancel|no)$/i.test(label)); // Electron's rule
  return { response: cancelId ?? Math.max(byName, 0), checkboxChecked: false };
}

export const dialog = guard(
  'dialog',
  /** @satisfies {Partial<import('electron').Dialog>} */ ({
    showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
    showSaveDialog: async () => ({ canceled: true, filePath: '' }),
    /** @param {...any} args */
    showMessageBox: async (...args) => cancelled(args),
    /** @param {string} title @param {string} content */
    showErrorBox: (title, content) => console.error(`${title}: ${content}`),
  }),
);

export const shell = guard(
  'shell',
  /** @satisfies {Partial<import('electron').Shell>} */ ({
    /** @param {string} url */
    openExternal: async (url) => console.error(`chromium-electron: not opened: ${url}`),
    openPath: async () => '',
    showItemInFolder: () => {},
  }),
);

let clipboardText = '';
export const clipboard = guard(
  'clipboard',
  /** @satisfies {Partial<import('electron').Clipboard>} */ ({
    readText: async () => clipboardText,
    /** @param {string} text */
    writeText: async (text) => {
      clipboardText = String(text);
    },
    clear: () => {
      clipboardText = '';
    },
  }),
);

/** Shows nothing, but can be shown and clicked by a test through its events. */
class NotificationShape extends Emitter {
  /** @param {import('electron').NotificationConstructorOptions} [options] */
  constructor(options = {}) {
    super('Notification', ['show', 'click', 'close', 'failed']);
    this.title = options.title ?? '';
    this.body = options.body ?? '';
  }
  show() {
    this.emit('show', newEvent());
  }
  close() {
    this.emit('close', newEvent());
  }
  static isSupported() {
    return true;
  }
}
export const Notification = guard('Notification', NotificationShape);

const POWER_EVENTS = ['suspend', 'resume', 'on-ac', 'on-battery', 'shutdown', 'lock-screen', 'unlock-screen'];
export const powerMonitor = guard('powerMonitor', new Emitter('powerMonitor', POWER_EVENTS));

let lastBlocker = 0;
/** @type {Set<number>} */
const blockers = new Set();
export const powerSaveBlocker = guard(
  'powerSaveBlocker',
  /** @satisfies {Partial<import('electron').PowerSaveBlocker>} */ ({
    start() {
      blockers.add(++lastBlocker);
      return lastBlocker;
    },
    /** @param {number} id */
    stop: (id) => blockers.delete(id),
    /** @param {number} id */
    isStarted: (id) => blockers.has(id),
  }),
);

const area = { x: 0, y: 0, width: 1280, height: 800 };
const display = {
  id: 1,
  bounds: area,
  workArea: area,
  size: { width: area.width, height: area.height },
  workAreaSize: { width: area.width, height: area.height },
  scaleFactor: 1,
  rotation: 0,
};
export const screen = guard('screen', {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
  getDisplayMatching: () => display,
});
