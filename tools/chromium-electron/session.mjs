// @ts-check
import { schemes } from './addresses.mjs';
import { Emitter } from './emitter.mjs';
import { guard } from './guard.mjs';
import { net } from './net.mjs';

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

const defaultSession = guard(
  'session',
  Object.assign(new Emitter('session', ['will-download']), {
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
    setDevicePermissionHandler() {},
    setDisplayMediaRequestHandler() {},
  }),
);

export const session = guard('session', { defaultSession });
