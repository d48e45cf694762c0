import { shell } from 'electron';
import type { Clock } from '../clock.ts';
import { failure } from '../failure.ts';
import { isOpenToTests } from './openness.ts';

// shell.openExternal is called on the module, so that end-to-end tests can catch the address in the browser's place.

/** Pages of Genesys' own that the app links to. */
const DOCUMENTATION_HOSTS = new Set([
  'help.genesys.cloud',
  'developer.genesys.cloud',
  'help.mypurecloud.com',
]);

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** No more often than a person opens one page after the other, ms. */
const DOCUMENTATION_GAP_MS = 3_000;

/** @returns what opens a page of the documentation in the person's browser; any other address, or a flood, does nothing. */
export function createDocumentation(clock: Pick<Clock, 'monotonic'>): (address: string) => void {
  let last = -Infinity;
  return (address) => {
    const now = clock.monotonic();
    if (now - last < DOCUMENTATION_GAP_MS) return;
    void open(address, (url) => {
      const known = url.protocol === 'https:' && DOCUMENTATION_HOSTS.has(url.host);
      if (known) last = now;
      return known;
    }).catch(() => undefined);
  };
}

/** Login pages in the person's browser: one at a time. */
export interface LoginPages {
  /** Host of the page that was opened and has not come back yet; null when there is none. */
  waiting(): string | null;
  /** It has come back, or the person wants another. */
  forget(): void;
  /** As `openLoginPage`. @throws AppFailure `browser-not-opened` while one is waited for. */
  open(address: string, loginBase: string): Promise<void>;
  /** Opens the page that is waited for once more. @throws AppFailure `browser-not-opened` too soon, too often, or without one. */
  openAgain(): Promise<void>;
  /** Address of the page that is waited for, for another browser. @throws AppFailure `browser-not-opened` without one. */
  address(): string;
}

/** A page can be opened again so often, with so much time between, ms: the window must not flood the browser. */
const MOST_AGAIN = 5;
const AGAIN_GAP_MS = 3_000;

interface OpenedPage {
  readonly host: string;
  readonly address: string;
  readonly loginBase: string;
  readonly at: number;
  again: number;
  lastAt: number;
}

/** @param limitMs how long a page is waited for: as long as the sign-in that opened it, ms. */
export function createLoginPages(clock: Pick<Clock, 'monotonic'>, limitMs: number): LoginPages {
  let page: OpenedPage | null = null;
  const waiting: LoginPages['waiting'] = () =>
    page !== null && clock.monotonic() - page.at < limitMs ? page.host : null;
  const current = (): OpenedPage => {
    if (page !== null && waiting() !== null) return page;
    throw failure('browser-not-opened', 'No login page is waited for.');
  };
  return {
    waiting,
    forget: () => {
      page = null;
    },
    open: async (address, loginBase) => {
      if (waiting() !== null)
        throw failure('browser-not-opened', 'Another login page has not come back yet.');
      const at = clock.monotonic();
      const opened = { host: new URL(loginBase).host, address, loginBase, at, again: 0, lastAt: at };
      page = opened;
      await openLoginPage(address, loginBase).catch((error: unknown) => {
        if (page === opened) page = null;
        throw error;
      });
    },
    openAgain: async () => {
      const opened = current();
      const now = clock.monotonic();
      if (opened.again >= MOST_AGAIN || now - opened.lastAt < AGAIN_GAP_MS)
        throw failure('browser-not-opened', 'The page was opened a moment ago.');
      opened.again += 1;
      opened.lastAt = now;
      await openLoginPage(opened.address, opened.loginBase);
    },
    address: () => current().address,
  };
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
      (url.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname) && isOpenToTests());
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
