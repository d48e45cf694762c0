// @ts-check
import { app } from './app.mjs';
import { BrowserWindow } from './browser-window.mjs';
import {
  clipboard,
  dialog,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  screen,
  shell,
} from './desktop.mjs';
import { guard, unsupportedModule } from './guard.mjs';
import { ipcMain } from './ipc-main.mjs';
import { Menu } from './menu.mjs';
import { nativeImage } from './native-image.mjs';
import { net } from './net.mjs';
import { protocol, session } from './session.mjs';
import { nativeTheme } from './theme.mjs';
import { webContents } from './web-contents.mjs';

/** What `require('electron')` and `import … from 'electron'` give the app. */
export const api = guard('electron', {
  app,
  BrowserWindow: guard('BrowserWindow', BrowserWindow),
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  webContents,
});

/** Names that a bundle may import from Electron all the same: they fail on use, by name. */
export const UNSUPPORTED = [
  'autoUpdater',
  'BaseWindow',
  'BrowserView',
  'contentTracing',
  'crashReporter',
  'desktopCapturer',
  'globalShortcut',
  'inAppPurchase',
  'MenuItem',
  'MessageChannelMain',
  'netLog',
  'parentPort',
  'pushNotifications',
  'safeStorage',
  'ShareMenu',
  'systemPreferences',
  'TouchBar',
  'Tray',
  'utilityProcess',
  'View',
  'webFrameMain',
  'WebContentsView',
];

/** Everything by name, for `import`, which needs to know its names beforehand. @type {Record<string, unknown>} */
export const named = {
  ...api,
  ...Object.fromEntries(UNSUPPORTED.map((name) => [name, unsupportedModule(name)])),
};
