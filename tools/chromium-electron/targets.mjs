// @ts-check
import { adopt, gone, internals, windows } from './browser-window.mjs';
import { BLANK_PAGE } from './page.mjs';
import { chromium } from './runtime.mjs';
import { askToOpen } from './web-contents.mjs';

/** @typedef {import('./browser-window.mjs').BrowserWindow} BrowserWindow */

/** Windows that wait for their target, by its id (headless) or its first address. @type {Map<string, BrowserWindow>} */
const expected = new Map();
/** Targets that came before `Target.createTarget` said that they are ours: id → session. @type {Map<string, string>} */
const early = new Map();
/** What pages asked to open and whose target is still to come. @type {{ opener: BrowserWindow, url: string, windowName: string, windowFeatures: string[] }[]} */
const asked = [];
let creating = 0;
let appWindows = 0;

/** Every page target is held at its beginning until we have put the preload in, or closed it. */
export async function watchTargets() {
  const browser = chromium();
  browser.on('Target.attachedToTarget', (/** @type {any} */ params) => void attached(params));
  browser.on('Target.detachedFromTarget', (/** @type {any} */ { targetId }) => {
    for (const window of [...windows]) if (internals(window).page.targetId === targetId) gone(window);
  });
  await browser.send('Target.setDiscoverTargets', { discover: true });
  await browser.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'page' }, { exclude: true }],
  });
}

/** Has Chromium make the window. @param {BrowserWindow} window */
export async function openTarget(window) {
  const { page, bounds } = internals(window);
  page.on('window-open', (params) => asked.push({ opener: window, ...params }));
  const browser = chromium();
  if (!browser.headless) {
    const url = `${BLANK_PAGE}${++appWindows}`;
    expected.set(url, window);
    browser.openAppWindow(url);
    return;
  }
  creating++;
  try {
    const { width, height } = bounds;
    const created = { url: 'about:blank', newWindow: true, width, height };
    const { targetId } = await browser.send('Target.createTarget', created);
    const sessionId = early.get(targetId);
    early.delete(targetId);
    if (sessionId === undefined) expected.set(targetId, window);
    else adopt(window, targetId, sessionId);
  } catch (error) {
    page.fail(/** @type {Error} */ (error));
  } finally {
    creating--;
  }
}

/** @param {{ sessionId: string, targetInfo: { targetId: string, url: string } }} params */
async function attached({ sessionId, targetInfo: { targetId, url } }) {
  const ours = expected.get(targetId) ?? expected.get(url);
  if (ours) {
    expected.delete(targetId);
    expected.delete(url);
    adopt(ours, targetId, sessionId);
    return;
  }
  const request = asked.shift(); // Page.windowOpen of the opener comes before its new target
  if (!request && creating > 0) {
    early.set(targetId, sessionId);
    return;
  }
  if (request) {
    const { opener, windowName, windowFeatures } = request;
    askToOpen(opener.webContents, {
      url: request.url,
      frameName: windowName,
      features: windowFeatures.join(','),
    });
  } else {
    console.error('chromium-electron: closed a tab that Chromium opened by itself (Ctrl or middle click)');
  }
  await closeHeld(targetId, sessionId);
}

/**
 * The opener's renderer stands still while its new target is held, and closing the held target at once leaves it
 * hanging about one time in ten. So the target goes on first, with every request of it held back.
 * @param {string} targetId
 * @param {string} sessionId
 */
async function closeHeld(targetId, sessionId) {
  const browser = chromium();
  void browser.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }, sessionId);
  await browser.send('Runtime.runIfWaitingForDebugger', {}, sessionId).catch(() => {});
  await browser.send('Target.closeTarget', { targetId });
}
