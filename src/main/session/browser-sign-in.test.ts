import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { decide } from '../../simulator/testing.ts';
import { AppFailure } from '../failure.ts';
import { checkedHosts } from '../genesys/hosts.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { signInByBrowser, type BrowserSignIn } from './browser-sign-in.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ users: 60, limit: 100_000 });
});
afterAll(() => simulator.close());
afterEach(() => simulator.reset());

const LIMIT_MS = 120_000;

interface Visit {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** As a browser would ask, or an attacker; null when nobody listens. */
function visit(address: URL, more: { host?: string; method?: string } = {}): Promise<Visit | null> {
  const { host = address.host, method = 'GET' } = more;
  return new Promise((resolve) => {
    const asked = request(
      {
        hostname: address.hostname.replace(/^\[|\]$/g, ''),
        port: address.port,
        path: address.pathname + address.search,
        method,
        headers: { host },
        agent: false,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
        );
      },
    );
    asked.on('error', () => resolve(null));
    asked.end();
  });
}

/** A sign-in whose browser is the test: `opened` resolves with the address that was opened. */
function begin(more: Partial<BrowserSignIn> = {}) {
  const clock = createManualClock();
  const life = new AbortController();
  let open: (address: string) => void = () => undefined;
  const opened = new Promise<string>((resolve) => {
    open = resolve;
  });
  const hosts = checkedHosts({ apiBase: simulator.api, loginBase: simulator.login, allowLoopbackHttp: true });
  const result = signInByBrowser(
    {
      hosts,
      clientId: simulator.clients.pkce.id,
      fetch: globalThis.fetch,
      wishes: { promptLogin: false, sso: null },
      clock,
      limitMs: LIMIT_MS,
      openBrowser: (address) => {
        open(address);
        return Promise.resolve();
      },
      ...more,
    },
    life.signal,
  );
  const code = result.then(
    () => 'no failure',
    (error: unknown) => (error instanceof AppFailure ? error.error.code : String(error)),
  );
  return { result, code, opened, clock, life };
}

const redirectOf = async (opened: Promise<string>): Promise<URL> =>
  new URL(new URL(await opened).searchParams.get('redirect_uri') ?? '');

describe('signing in in the browser', () => {
  it('brings a token of whoever signed in, and shows a page that can be closed', async () => {
    const { result, opened } = begin();
    const address = new URL(await opened);
    expect(`${address.origin}${address.pathname}`).toBe(`${simulator.login}/oauth/authorize`);
    expect(Object.fromEntries(address.searchParams)).toEqual({
      response_type: 'code',
      client_id: simulator.clients.pkce.id,
      redirect_uri: expect.stringMatching(/^http:\/\/localhost:\d+$/) as string,
      state: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
      code_challenge_method: 'S256',
    });
    const page = await visit(await decide(simulator, address.href, 'allow'));
    const granted = await result;
    expect(granted.expiresInSeconds).toBe(86_400);
    const me = await fetch(`${simulator.api}/api/v2/users/me`, {
      headers: { authorization: `Bearer ${granted.token.reveal()}` },
    });
    expect(((await me.json()) as { id: string }).id).toBe(simulator.userId);
    expect(page).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
    });
    expect(page?.text).toContain('You can close this page');
    expect(page?.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('asks for the password and for single sign-on when told to', async () => {
    const sso = { organization: 'fernhollow', provider: 'adfs' };
    const { opened, life, code } = begin({ wishes: { promptLogin: true, sso } });
    const { searchParams } = new URL(await opened);
    expect([searchParams.get('prompt'), searchParams.get('org'), searchParams.get('provider')]).toEqual([
      'login',
      'fernhollow',
      'adfs',
    ]);
    life.abort(new AppFailure({ code: 'cancelled', message: '' }));
    expect(await code).toBe('cancelled');
  });

  it('uses a state and a challenge of its own each time', async () => {
    const both = [begin(), begin()];
    const [a, b] = await Promise.all(both.map(async ({ opened }) => new URL(await opened).searchParams));
    expect(a?.get('state')).not.toBe(b?.get('state'));
    expect(a?.get('code_challenge')).not.toBe(b?.get('code_challenge'));
    for (const { life } of both) life.abort(new Error('done'));
    await Promise.all(both.map(({ code }) => code));
  });

  it('says that consent was denied', async () => {
    const { code, opened } = begin();
    const page = await visit(await decide(simulator, await opened, 'deny'));
    expect(await code).toBe('consent-denied');
    expect(page?.text).toContain('Signing in was not completed');
  });

  it('takes one answer only: a second is refused, and later nobody listens', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = vi.fn<typeof fetch>(async (...call) => {
      await held;
      return fetch(...call);
    });
    const { result, opened } = begin({ fetch: slow });
    const back = await decide(simulator, await opened, 'allow');
    const first = visit(back);
    await vi.waitFor(() => expect(slow).toHaveBeenCalled());
    expect(await visit(back)).toMatchObject({ status: 410 });
    release();
    await result;
    expect((await first)?.text).toContain('You can close this page');
    expect(await visit(back)).toBeNull();
    expect(slow).toHaveBeenCalledTimes(1);
  });

  it('hears nothing but the answer itself', async () => {
    const { opened, result } = begin();
    const back = await decide(simulator, await opened, 'allow');
    const at = (path: string): URL => new URL(path, back);
    expect(await visit(at('/favicon.ico'))).toMatchObject({ status: 404 });
    expect(await visit(at('/'))).toMatchObject({ status: 404 });
    expect(await visit(back, { method: 'POST' })).toMatchObject({ status: 404 });
    expect(await visit(back, { host: `attacker.example:${back.port}` })).toMatchObject({ status: 404 });
    await visit(back);
    await result;
  });

  it('listens on both loopback addresses, and on no other', async () => {
    const { opened, life, code } = begin();
    const back = await redirectOf(opened);
    const { networkInterfaces } = await import('node:os');
    const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    for (const { address, internal } of own) {
      if (internal || address.startsWith('fe80')) continue;
      const host = address.includes(':') ? `[${address}]` : address;
      expect(await visit(new URL(`http://${host}:${back.port}/`))).toBeNull();
    }
    expect(await visit(new URL(`http://127.0.0.1:${back.port}/`))).toMatchObject({ status: 404 });
    if (own.some(({ address }) => address === '::1')) {
      const host = `localhost:${back.port}`;
      expect(await visit(new URL(`http://[::1]:${back.port}/`), { host })).toMatchObject({ status: 404 });
    }
    life.abort(new Error('done'));
    await code;
  });

  it('gives up after two minutes, and lets the port go', async () => {
    const { code, opened, clock } = begin();
    const back = await redirectOf(opened);
    await clock.advance(LIMIT_MS - 1);
    expect(await visit(back)).toMatchObject({ status: 404 });
    await clock.advance(1);
    expect(await code).toBe('sign-in-timed-out');
    expect(await visit(back)).toBeNull();
    expect(clock.sleeping).toBe(0);
  });

  it('stops at once when it is cancelled', async () => {
    const { code, opened, life, clock } = begin();
    const back = await redirectOf(opened);
    life.abort(new AppFailure({ code: 'cancelled', message: '' }));
    expect(await code).toBe('cancelled');
    expect(await visit(back)).toBeNull();
    expect(clock.sleeping).toBe(0);
  });

  it('says that the browser did not open', async () => {
    const { code, clock } = begin({ openBrowser: () => Promise.reject(new Error('no handler')) });
    expect(await code).toBe('browser-not-opened');
    expect(clock.sleeping).toBe(0);
  });

  it.each([
    ['too many sign-ins', 400, 'login-rate-limited'],
    ['a login host in trouble', 503, 'server-failed'],
    ['a refused code', 401, 'wrong-credentials'],
  ])('tells %s', async (_what, status, expected) => {
    simulator.addFaults({ kind: 'status', status, route: 'POST /oauth/token' });
    const { code, opened } = begin();
    await visit(await decide(simulator, await opened, 'allow'));
    expect(await code).toBe(expected);
  });
});
