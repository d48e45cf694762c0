import { dialog, type BrowserWindow } from 'electron';
import type { ProxyAsking } from '../../shared/proxy.ts';

// dialog.x() is called on the module, so that end-to-end tests can answer in the person's place.

/** @returns true when the person agrees that the password goes to that proxy; Cancel has the focus. */
export async function confirmProxyPassword(
  window: BrowserWindow,
  { host, port, scheme }: ProxyAsking,
): Promise<boolean> {
  const inClear =
    scheme.toLowerCase() === 'basic'
      ? ' This proxy takes them unencrypted: others on this network may read them.'
      : '';
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `Send your user name and password to the proxy ${host}:${port}?`,
    detail: `It is the proxy of this computer’s network settings. They go to no other computer.${inClear}`,
    buttons: ['Cancel', `Send to ${host}`],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}
