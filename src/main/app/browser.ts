import { app, shell } from 'electron';

// shell.openExternal is called on the module, so that end-to-end tests can catch the address in the browser's place.

/** Pages of Genesys' own that the app links to. */
const DOCUMENTATION_HOSTS = new Set([
  'help.genesys.cloud',
  'developer.genesys.cloud',
  'help.mypurecloud.com',
]);

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Opens a page of the documentation in the person's browser; any other address does nothing. */
export function openDocumentation(address: string): void {
  void open(address, (url) => url.protocol === 'https:' && DOCUMENTATION_HOSTS.has(url.host)).catch(
    () => undefined,
  );
}

/**
 * Opens the login page of the region that is being signed in to, and nothing else: its login host, over https, the one
 * path of OAuth. Plain http is for the simulator on this computer, and never in a packaged app.
 * @throws when the address is another one or the system did not open it
 */
export async function openLoginPage(address: string, loginBase: string): Promise<void> {
  const base = new URL(loginBase);
  await open(address, (url) => {
    const secure =
      url.protocol === 'https:' ||
      (url.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname) && !app.isPackaged);
    const path = `${base.pathname.replace(/\/$/, '')}/oauth/authorize`;
    return secure && url.origin === base.origin && url.pathname === path;
  });
}

/** The only call of shell.openExternal. */
async function open(address: string, isAllowed: (url: URL) => boolean): Promise<void> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || url.username || url.password || !isAllowed(url)) throw new Error('This address is not opened.');
  await shell.openExternal(url.href);
}
