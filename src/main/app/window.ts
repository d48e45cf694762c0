import { join } from 'node:path';
import { app, BrowserWindow, Menu, nativeTheme, screen, type Rectangle } from 'electron';
import { contextMenuOf } from './context-menu.ts';
import { APP_ORIGIN, devServer } from './security.ts';
import type { WindowPlace } from './settings.ts';

const SIZE = { width: 1280, height: 860, minWidth: 800, minHeight: 560 };

/** The window is shown after this at the latest, ms. */
const SHOW_LATEST_MS = 2_000;

/** The ground colours of src/renderer/src/styles/tokens.css, so that nothing flashes before the first paint. */
const BACKGROUND = { light: '#e7ecec', dark: '#0d1213' };

interface Options {
  readonly place: WindowPlace | null;
  readonly preload: string;
  /** Called with the window's last size and place when it closes. */
  readonly onPlace: (place: WindowPlace) => void;
}

/** Creates the window where it was last time, if that is still on a screen. */
export function createWindow({ place, preload, onPlace }: Options): BrowserWindow {
  const window = new BrowserWindow({
    ...SIZE,
    ...(place && isOnScreen(place.bounds) && place.bounds),
    show: false,
    title: 'Tokendesk',
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  showSoon(window, place?.maximized ?? false);
  window.webContents.on('context-menu', (_event, params) => {
    const items = contextMenuOf(params);
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
  window.on('close', () => {
    onPlace({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  return window;
}

/**
 * Shows it on the first of three signs: on Wayland `ready-to-show` may never come for a window that begins hidden, and
 * the app would run unseen. https://github.com/electron/electron/issues/48859
 */
function showSoon(window: BrowserWindow, maximized: boolean): void {
  let shown = false;
  const show = (): void => {
    if (shown || window.isDestroyed()) return;
    shown = true;
    clearTimeout(late);
    // This shows it too, so it belongs here: https://www.electronjs.org/docs/latest/api/browser-window#winmaximize
    if (maximized) window.maximize();
    window.show();
  };
  // oxlint-disable-next-line no-restricted-globals -- a fixed wait for Electron's own event, beside no clock of the domain
  const late = setTimeout(show, SHOW_LATEST_MS);
  window.once('ready-to-show', show);
  window.webContents.once('did-finish-load', show);
  window.once('closed', () => clearTimeout(late));
}

/** Loads the app's own page: the built bundle, or electron-vite's server while developing. */
export async function loadApp(window: BrowserWindow): Promise<void> {
  await window.loadURL(devServer() ?? `${APP_ORIGIN}/index.html`);
}

/** The built preload script, which every window of the app's own page has. */
export const preloadFile = (): string => join(import.meta.dirname, '../preload/index.cjs');

/** Enough of the title bar must be reachable on some display; screens come and go. */
function isOnScreen(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const width =
      Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
    const height =
      Math.min(bounds.y + bounds.height, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y);
    return width >= 200 && height >= 100;
  });
}
