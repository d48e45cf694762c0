import { net } from 'electron';
import type { ProbeProxy } from '../proxy/proxy-login.ts';

/** For the request that lets a proxy ask for its password, ms. */
const PROBE_MS = 20_000;

/** What `net.fetch` gives where a proxy wants a password that it has nobody to ask for. */
const CHALLENGED = /ERR_TUNNEL_CONNECTION_FAILED|ERR_PROXY_AUTH_/;

/** How a request fails that waits for the password of a proxy: Chromium's own name for it. */
const PASSWORD_NEEDED = 'net::ERR_PROXY_AUTH_REQUESTED';

type Fetch = typeof globalThis.fetch;

/**
 * The app's fetch: Chromium's network, which knows the system's proxy and certificates. Nothing goes to its cache on the
 * disk: answers are people's data. A request that a proxy turned away was not sent on, so it is sent again, whatever its
 * method, once the proxy has its password.
 * @param unlock resolves to whether that address can be reached now
 * @param isAsking whether a proxy waits for a person
 */
export function createAppFetch(options: {
  readonly fetch: Fetch;
  readonly unlock: (address: string) => Promise<boolean>;
  readonly isAsking: () => boolean;
}): Fetch {
  return async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    const send = (): Promise<Response> =>
      options.fetch(address, { ...init, cache: 'no-store' } as RequestInit);
    let turnedAway: unknown;
    try {
      const response = await send();
      if (response.status !== 407) return response;
      await response.body?.cancel();
      turnedAway = new Error(PASSWORD_NEEDED);
    } catch (error) {
      if (!(error instanceof Error && CHALLENGED.test(error.message))) throw error;
      turnedAway = error;
    }
    const unlocked = await options.unlock(address);
    init?.signal?.throwIfAborted();
    if (unlocked) return send();
    throw options.isAsking() ? new Error(PASSWORD_NEEDED) : turnedAway;
  };
}

/** Asks for nothing but the head of the address's first page: `login` is an event of `net.request` alone. */
export const probeProxy: ProbeProxy = (address, answer) =>
  new Promise((resolve) => {
    const url = new URL('/', address).href;
    const request = net.request({
      url,
      method: 'HEAD',
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
    });
    const end = (open: boolean): void => {
      clearTimeout(late);
      resolve(open);
      request.abort();
    };
    // oxlint-disable-next-line no-restricted-globals -- a fixed wait for Electron's own request, beside no clock of the domain
    const late = setTimeout(() => end(false), PROBE_MS);
    request.on('login', (challenge, callback) => {
      answer(challenge).then(
        (known) => (known ? callback(known.user, known.password) : callback()),
        () => callback(),
      );
    });
    request.on('response', ({ statusCode }) => end(statusCode !== 407));
    request.on('redirect', () => end(true));
    request.on('error', () => end(false));
    request.end();
  });
