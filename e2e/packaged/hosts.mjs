// @ts-check
// Loaded before a packaged app under the stand-in: TOKENDESK_TEST_HOSTS maps host names to servers on this computer,
// as a resolver would. The app itself goes on believing that it speaks to Genesys over https.
import http from 'node:http';
import https from 'node:https';

/** @type {Record<string, string>} */
const hosts = JSON.parse(process.env['TOKENDESK_TEST_HOSTS'] ?? '{}');

/** @param {URL} url @returns {URL} */
function mapped(url) {
  const base = hosts[url.host];
  return base === undefined ? url : new URL(`${url.pathname}${url.search}`, base);
}

const { fetch } = globalThis;
globalThis.fetch = (input, init) =>
  input instanceof Request
    ? fetch(new Request(mapped(new URL(input.url)), input), init)
    : fetch(mapped(new URL(input)), init);

const { request } = https;
/** @type {any} */ (https).request = (/** @type {any} */ target, /** @type {any[]} */ ...rest) => {
  if (typeof target !== 'string' && !(target instanceof URL)) return request(target, ...rest);
  const url = mapped(new URL(target));
  const [options, ...others] = rest;
  return url.protocol === 'http:'
    ? http.request(url, { ...options, agent: undefined }, ...others)
    : request(target, ...rest);
};
