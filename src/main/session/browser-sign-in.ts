import type { Clock } from '../clock.ts';
import { failure } from '../failure.ts';
import { beginCodeRequest, type LoginWishes } from '../genesys/authorization-code.ts';
import type { GrantedToken, LoginHost } from '../genesys/login-host.ts';
import { openLoopback } from './loopback.ts';

/** For the person in the browser, password and second factor included, ms. */
export const BROWSER_LIMIT_MS = 120_000;

export interface BrowserSignIn extends LoginHost {
  readonly wishes: LoginWishes;
  readonly clock: Clock;
  readonly limitMs: number;
  /** Shows an address of the login host in the system browser. @throws when it cannot */
  readonly openBrowser: (address: string, loginBase: string) => Promise<void>;
}

/**
 * A token by way of the system browser: authorization code with PKCE, back over a loopback redirect.
 * @throws AppFailure `sign-in-timed-out`, `browser-not-opened`, `consent-denied`, `sign-in-not-ours`, or as
 * `askForToken`; the signal's reason when aborted
 */
export async function signInByBrowser(options: BrowserSignIn, signal: AbortSignal): Promise<GrantedToken> {
  signal.throwIfAborted();
  const loopback = await openLoopback();
  try {
    const request = await beginCodeRequest(options, loopback.redirectUri, options.wishes);
    const answer = loopback.answer((query) => request.isAnswer(query));
    signal.throwIfAborted();
    await options.openBrowser(request.authorizeUrl, options.hosts.loginBase).catch(() => {
      throw failure('browser-not-opened', 'The system did not open the address of the login page.');
    });
    const callback = request.check(await inTime(answer, options, signal));
    const granted = await request.exchange(callback, signal);
    await loopback.finish('signed-in');
    return granted;
  } catch (error) {
    await loopback.finish('not-signed-in');
    throw error;
  }
}

/** The browser's answer, the end of the time, or the person's "Cancel": whichever is first. */
async function inTime(
  answer: Promise<URLSearchParams>,
  { clock, limitMs }: BrowserSignIn,
  signal: AbortSignal,
): Promise<URLSearchParams> {
  const over = new AbortController();
  const limit = clock.sleep(limitMs, AbortSignal.any([signal, over.signal])).then(() => {
    throw failure('sign-in-timed-out', `The browser did not come back within ${limitMs / 1000} seconds.`);
  });
  try {
    return await Promise.race([answer, limit]);
  } finally {
    over.abort(failure('cancelled', 'The browser has answered.'));
    await limit.catch(() => undefined);
  }
}
