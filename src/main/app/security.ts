import { app, session, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { isOpenToTests } from './openness.ts';
import { devServerOverride } from './environment.ts';

/** Where the window's content comes from: our own scheme, or electron-vite's server while developing. */
export const APP_ORIGIN = 'app://bundle';

/** electron-vite's development server; a packaged app has none. */
export const devServer = devServerOverride;

/** Switches by which another program, or a shortcut that somebody else made, could look into a packaged app. */
const DEBUGGING = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-allow-origins',
  'disable-web-security',
  'ignore-certificate-errors',
];

/**
 * Takes them off the command line; before the app is ready, since Chromium reads them then. No fuse does this.
 * https://www.electronjs.org/docs/latest/tutorial/fuses
 */
export function removeDebuggingSwitches(): void {
  if (!isOpenToTests()) for (const name of DEBUGGING) app.commandLine.removeSwitch(name);
}

/** True for an address of the app itself. */
export function isOwnAddress(address: string): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  // URL.origin is "null" for schemes of our own, so compare the parts.
  if (`${url.protocol}//${url.host}` === APP_ORIGIN) return true;
  const dev = devServer();
  return dev !== null && url.origin === new URL(dev).origin;
}

/**
 * True when the call comes from the top frame of one of our windows. The frame is checked, not only the
 * window: a foreign page inside it must not speak for us.
 * https://www.electronjs.org/docs/latest/tutorial/security#17-validate-the-sender-of-all-ipc-messages
 */
export function isTrustedSender(event: IpcMainInvokeEvent, own: WebContents | null): boolean {
  const frame = event.senderFrame;
  return (
    own !== null && event.sender === own && frame !== null && frame.parent === null && isOwnAddress(frame.url)
  );
}

/**
 * Rules for every window there will ever be: no foreign page, no frame, no new window, no download, no permission.
 * @param openDocumentation what becomes of a link that wants a window of its own.
 */
export function enforceSecurityRules(openDocumentation: (address: string) => void): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwnAddress(event.url)) event.preventDefault();
    });
    // The app has no frames.
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isOwnAddress(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
    contents.setWindowOpenHandler(({ url }) => {
      openDocumentation(url);
      return { action: 'deny' };
    });
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
  session.defaultSession.on('will-download', (event) => {
    event.preventDefault();
  });
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
  session.defaultSession.setDisplayMediaRequestHandler((_request, answer) => {
    // Null refuses; the types know only streams. https://www.electronjs.org/docs/latest/api/session
    answer(null);
  });
}
