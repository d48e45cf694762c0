import { describe, expect, it, vi } from 'vitest';

vi.mock('electron', () => ({ net: {} }));
const { createAppFetch } = await import('./network.ts');

const ADDRESS = 'https://api.mypurecloud.de/api/v2/tokens/me';

function setUp(answers: (Response | Error)[], { unlocks = false, asks = false } = {}) {
  const sent: (RequestInit | undefined)[] = [];
  const unlock = vi.fn((_address: string) => Promise.resolve(unlocks));
  const fetch = createAppFetch({
    fetch: (_input, init) => {
      sent.push(init);
      const answer = answers.shift() ?? new Error('no more answers');
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    unlock,
    isAsking: () => asks,
  });
  return { fetch, sent, unlock };
}

describe('the app’s fetch', () => {
  it('keeps nothing in the cache on the disk', async () => {
    const { fetch, sent, unlock } = setUp([new Response('x')]);
    expect((await fetch(ADDRESS, { method: 'DELETE' })).status).toBe(200);
    expect(sent).toEqual([{ method: 'DELETE', cache: 'no-store' }]);
    expect(unlock).not.toHaveBeenCalled();
  });

  it.each([
    ['a tunnel that was refused', new Error('net::ERR_TUNNEL_CONNECTION_FAILED')],
    ['407', new Response('no', { status: 407 })],
  ])('%s: sent again once the proxy has its password, whatever the method', async (_what, answer) => {
    const { fetch, sent, unlock } = setUp([answer, new Response(null, { status: 204 })], { unlocks: true });
    expect((await fetch(ADDRESS, { method: 'DELETE' })).status).toBe(204);
    expect(unlock).toHaveBeenCalledExactlyOnceWith(ADDRESS);
    expect(sent).toHaveLength(2);
  });

  it('a proxy that waits for a person fails the request with Chromium’s name for it', async () => {
    const { fetch } = setUp([new Error('net::ERR_TUNNEL_CONNECTION_FAILED')], { asks: true });
    await expect(fetch(ADDRESS)).rejects.toThrow('net::ERR_PROXY_AUTH_REQUESTED');
  });

  it('a tunnel that failed for another reason stays what it is, as does every other error', async () => {
    const tunnel = setUp([new Error('net::ERR_TUNNEL_CONNECTION_FAILED')]);
    await expect(tunnel.fetch(ADDRESS)).rejects.toThrow('net::ERR_TUNNEL_CONNECTION_FAILED');
    const reset = setUp([new Error('net::ERR_CONNECTION_RESET')]);
    await expect(reset.fetch(ADDRESS)).rejects.toThrow('net::ERR_CONNECTION_RESET');
    expect(reset.unlock).not.toHaveBeenCalled();
  });

  it('is not sent again when it was aborted meanwhile', async () => {
    const controller = new AbortController();
    const { fetch, sent, unlock } = setUp([new Error('net::ERR_TUNNEL_CONNECTION_FAILED')], {
      unlocks: true,
    });
    unlock.mockImplementation(() => {
      controller.abort(new Error('enough'));
      return Promise.resolve(true);
    });
    await expect(fetch(ADDRESS, { signal: controller.signal })).rejects.toThrow('enough');
    expect(sent).toHaveLength(1);
  });
});
