// @ts-check
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemes } from './addresses.mjs';
import { guard } from './guard.mjs';

/** @typedef {(details: object, callback: (answer: { responseHeaders?: Record<string, string | string[]> }) => void) => void} HeadersListener */

/** @type {HeadersListener | null} */
let headersListener = null;
/** @type {Set<() => void>} */
const interceptionListeners = new Set();

/** Called when what must be intercepted has changed. @param {() => void} listener */
export const onInterceptionChange = (listener) => interceptionListeners.add(listener);
const interceptionChanged = () => interceptionListeners.forEach((listener) => listener());

export const headersHook = () => headersListener;

export const protocol = guard(
  'protocol',
  /** @satisfies {Partial<import('electron').Protocol>} */ ({
    /** @param {readonly { scheme: string }[]} list */
    registerSchemesAsPrivileged(list) {
      for (const { scheme } of list) schemes.set(scheme, schemes.get(scheme) ?? null);
    },
    /** @param {string} scheme @param {import('./addresses.mjs').Handler} handler */
    handle(scheme, handler) {
      if (schemes.get(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
      schemes.set(scheme, handler);
      interceptionChanged();
    },
    /** @param {string} scheme */
    unhandle(scheme) {
      schemes.set(scheme, null);
    },
    /** @param {string} scheme */
    isProtocolHandled: (scheme) => Boolean(schemes.get(scheme)),
  }),
);

const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
});

/** @type {Pick<import('electron').Net, 'fetch' | 'isOnline' | 'online'>} */
export const net = guard('net', {
  isOnline: () => true,
  online: true,
  async fetch(input, init) {
    const url = typeof input === 'string' ? input : /** @type {Request} */ (input).url;
    if (!url.startsWith('file:')) return fetch(/** @type {any} */ (input), init);
    const file = fileURLToPath(url);
    try {
      const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
      return new Response(await readFile(file), { headers: { 'content-type': type } });
    } catch {
      throw new Error('net::ERR_FILE_NOT_FOUND');
    }
  },
});

const defaultSession = guard('session', {
  protocol,
  fetch: net.fetch,
  webRequest: guard('webRequest', {
    /** With or without a filter; the filter is not looked at. @param {...any} args */
    onHeadersReceived(...args) {
      headersListener = args.at(-1) ?? null;
      interceptionChanged();
    },
  }),
  // Chromium's profile is a throw-away here.
  clearCache: async () => {},
  clearStorageData: async () => {},
  // Taken, never asked: Chromium grants a page nothing by itself here.
  setPermissionRequestHandler() {},
  setPermissionCheckHandler() {},
});

export const session = guard('session', { defaultSession });
