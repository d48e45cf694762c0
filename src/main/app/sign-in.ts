import type { Platform } from '../platform.ts';
import { createSession, type Session } from '../session/session.ts';
import type { Storage } from '../storage.ts';
import { Triage } from '../triage/triage.ts';
import { createLoginPages, type LoginPages } from './browser.ts';

/** Who is signed in, the pages that were opened for it, and the tokens of others that are looked at. */
export interface SignIn {
  readonly session: Session;
  readonly loginPages: LoginPages;
  readonly triage: Triage;
}

/** Signing in, put together from what the system gives and what is kept. */
export function openSignIn(
  platform: Platform,
  storage: Storage,
  { fetch }: { readonly fetch: typeof globalThis.fetch },
): SignIn {
  const loginPages = createLoginPages(platform.clock, platform.browserLimitMs);
  const session = createSession({
    ...platform,
    ...storage,
    fetch,
    openBrowser: (address, loginBase) => loginPages.open(address, loginBase),
    rateShare: () => storage.settings.all.rateShare,
  });
  const triage = new Triage({ ...platform, fetch, isOwnToken: (token) => session.usesToken(token) });
  return { session, loginPages, triage };
}
