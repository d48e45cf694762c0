import { net } from 'electron';
import type { Platform } from '../platform.ts';
import { ProxyLogin } from '../proxy/proxy-login.ts';
import type { Storage } from '../storage.ts';
import type { AppWindow } from './app-window.ts';
import { createAppFetch, probeProxy } from './network.ts';

/** Proxies whose password can be in the keychain at a time. */
const MOST_PROXIES = 20;

export interface NetworkAccess {
  readonly fetch: typeof globalThis.fetch;
  readonly proxy: ProxyLogin;
}

/** The way to the network, and through a proxy that wants a password. */
export function createNetworkAccess(parts: {
  readonly platform: Platform;
  readonly storage: Storage;
  readonly window: AppWindow;
}): NetworkAccess {
  const { storage, window } = parts;
  const { settings } = storage;
  const proxy = new ProxyLogin({
    probe: probeProxy,
    keychain: storage.keychain,
    clock: parts.platform.clock,
    onChange: (asking) => window.send('proxy.changed', asking),
    onKept: (name) => {
      const proxies = [...settings.all.proxies.filter((other) => other !== name), name].slice(-MOST_PROXIES);
      settings.remember({ proxies });
    },
  });
  const fetch = createAppFetch({
    fetch: (input, init) => net.fetch(input as string, init),
    unlock: (address) => proxy.unlock(address),
    isAsking: () => proxy.asking !== null,
  });
  return { fetch, proxy };
}
