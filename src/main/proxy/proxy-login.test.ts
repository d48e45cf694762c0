import { describe, expect, it } from 'vitest';
import type { ProxyAsking } from '../../shared/proxy.ts';
import { createMemoryStore } from '../secrets/memory.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { ProxyLogin, type LoginChallenge, type ProbeProxy } from './proxy-login.ts';

const API = 'https://api.mypurecloud.de/api/v2/tokens/me';
const PROXY: LoginChallenge = {
  isProxy: true,
  scheme: 'basic',
  host: 'proxy.corp',
  port: 8080,
  realm: 'Corp',
};
const ASKING: ProxyAsking = { host: 'proxy.corp', port: 8080, realm: 'Corp', scheme: 'basic' };

function setUp({ challenge = PROXY, password = 'right' } = {}) {
  const clock = createManualClock();
  const given: string[] = [];
  let current = challenge;
  let probes = 0;
  /** As Chromium: asks until it is right or given up, and remembers. */
  let open = false;
  const probe: ProbeProxy = async (_address, answer) => {
    probes += 1;
    while (!open) {
      const known = await answer(current);
      if (!known) return false;
      given.push(`${known.user}:${known.password}`);
      open = known.password === password;
    }
    return true;
  };
  const keychain = createMemoryStore();
  const told: (ProxyAsking | null)[] = [];
  const kept: string[] = [];
  const login = new ProxyLogin({
    probe,
    keychain,
    clock,
    onChange: (asking) => told.push(asking),
    onKept: (proxy) => kept.push(proxy),
  });
  return {
    login,
    clock,
    given,
    told,
    kept,
    keychain,
    probes: () => probes,
    close: (next = challenge) => {
      open = false;
      current = next;
    },
  };
}

const typed = { user: 'me', password: 'right', remember: true };

describe('a proxy that wants a password', () => {
  it('is asked about in the app; once it has it, requests pass and nobody is asked', async () => {
    const { login, told, kept, given } = setUp();
    expect(await login.unlock(API)).toBe(false);
    expect(login.asking).toEqual(ASKING);
    expect(await login.signIn(typed)).toBeNull();
    expect(given).toEqual(['me:right']);
    expect(login.asking).toBeNull();
    expect(told).toEqual([ASKING, null]);
    expect(kept).toEqual(['proxy.corp:8080']);
    expect(await login.unlock(API)).toBe(true);
  });

  it('has it from the keychain after the next start, and only this proxy', async () => {
    const { login, clock, given, close } = setUp();
    await login.unlock(API);
    await login.signIn(typed);
    close();
    expect(await login.unlock(API)).toBe(true);
    expect(given).toEqual(['me:right', 'me:right']);
    for (const other of [
      { ...PROXY, host: 'evil.example' },
      { ...PROXY, port: 3128 },
    ]) {
      close(other);
      await clock.advance(60_000);
      expect(await login.unlock(API)).toBe(false);
      expect(login.asking).toMatchObject({ host: other.host, port: other.port });
    }
    expect(given).toHaveLength(2);
  });

  it('another proxy that answers in its place while the person types does not get it', async () => {
    const { login, given, close } = setUp();
    await login.unlock(API);
    close({ ...PROXY, host: 'evil.example' });
    await expect(login.signIn(typed)).rejects.toMatchObject({ error: { code: 'proxy-sign-in' } });
    expect(given).toEqual([]);
  });

  it('a server that asks for a password gets none and is nobody’s business', async () => {
    const { login, given } = setUp({ challenge: { ...PROXY, isProxy: false } });
    expect(await login.unlock(API)).toBe(false);
    expect(login.asking).toBeNull();
    expect(given).toEqual([]);
  });

  it('that refuses is tried once, not kept, and asked about again', async () => {
    const { login, given, kept } = setUp();
    await login.unlock(API);
    await expect(login.signIn({ ...typed, password: 'wrong' })).rejects.toMatchObject({
      error: { code: 'proxy-sign-in', message: 'The proxy proxy.corp:8080 did not accept them.' },
    });
    expect(given).toEqual(['me:wrong']);
    expect(kept).toEqual([]);
    expect(login.asking).toEqual(ASKING);
  });

  it('is given nothing while it does not ask', async () => {
    const { login, given } = setUp();
    await expect(login.signIn(typed)).rejects.toMatchObject({ error: { code: 'no-such-item' } });
    expect(given).toEqual([]);
  });

  it('is asked once for many requests, and not again for a while', async () => {
    const { login, clock, probes } = setUp();
    await Promise.all(Array.from({ length: 50 }, () => login.unlock(API)));
    await login.unlock(API);
    expect(probes()).toBe(1);
    await clock.advance(15_000);
    await login.unlock(API);
    expect(probes()).toBe(2);
  });

  it('can be forgotten', async () => {
    const { login, clock, close } = setUp();
    await login.unlock(API);
    await login.signIn(typed);
    await login.forget('proxy.corp:8080');
    close();
    await clock.advance(60_000);
    expect(await login.unlock(API)).toBe(false);
  });
});
