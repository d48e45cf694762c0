import { join } from 'node:path';
import { app } from 'electron';

/** The installer's shortcut has the same: without it Windows shows no notifications. packaging/electron-builder.ts */
const APP_USER_MODEL_ID = 'app.tokendesk.Tokendesk';

/** What a copy that is being developed is called: it shares neither data nor lock with an installed one. */
const DEVELOPMENT_FOLDER = 'Tokendesk Development';

/**
 * Who this process is for the system: its name, its folder of data, and the sandbox of everything it starts. Before the
 * single-instance lock, which lies in that folder, and before the app is ready.
 */
export function nameProcess(): void {
  app.setName('Tokendesk');
  app.setAppUserModelId(APP_USER_MODEL_ID);
  if (!app.isPackaged && !app.commandLine.hasSwitch('user-data-dir'))
    app.setPath('userData', join(app.getPath('appData'), DEVELOPMENT_FOLDER));
  // As root on Linux (a container, CI) this would take away the --no-sandbox that Chromium needs there, and its network
  // service would die over and over. The one window asks for its sandbox itself, whoever runs it.
  // https://github.com/electron/electron/blob/v45.4.1/shell/browser/api/electron_api_app.cc (App::EnableSandbox)
  if (process.getuid?.() !== 0) app.enableSandbox();
}

/**
 * How `app.relaunch` finds the program again: an AppImage runs from a mount that goes with it.
 * https://www.electronjs.org/docs/latest/api/app#apprelaunchoptions
 */
export const relaunchOptions = (env: Readonly<Record<string, string | undefined>>): { execPath?: string } =>
  env['APPIMAGE'] === undefined ? {} : { execPath: env['APPIMAGE'] };
