import { app, session, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { openDocumentation } from './browser.ts';

/** Where the window's content comes from: our own scheme, or electron-vite's server while developing. */
export const APP_ORIGIN = 'app://bundle';

/** electron-vite's development server; a packaged app has none. */
export const devServer = (): string | null =>
  app.isPackaged ? null : (process.env.ELECTRON_RENDERER_URL ?? null);

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

/** Rules for every window there will ever be: no foreign page, no new window, no permission. */
export function enforceSecurityRules(): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwnAddress(event.url)) event.preventDefault();
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
  });
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.defaultSession.setPermissionCheckHandler(() => false);
}
