// @ts-check
// Loaded before a packaged app under the stand-in: TOKENDESK_TEST_HOSTS maps host names to servers on this computer,
// as a resolver would. The app itself goes on believing that it speaks to Genesys over https.
import http from 'node:http';
import https from 'node:https';

/** @type {Record<string, string>} */
const hosts = JSON.parse(process.env['TOKENDESK_TEST_HOSTS'] ?? '{}');

const { request } = https;
/** The stand-in's network (tools/chromium-electron/client-request.mjs) names host, port and path. */
https.request = /** @type {typeof https.request} */ (
  (/** @type {any} */ options, /** @type {any[]} */ ...rest) => {
    const base = hosts[options.host];
    if (base === undefined) return request(options, ...rest);
    const { hostname, port } = new URL(base);
    return http.request({ ...options, agent: undefined, host: hostname, port }, ...rest);
  }
);
