// @ts-check

/**
 * Chromium outside Electron cannot navigate to a scheme of the app's own (`net::ERR_ABORTED`, unseen by `Fetch`).
 * So `app://bundle/x` is shown to it as `https://bundle.app<HOST>/x`: a secure context with an origin, where
 * modules, workers and CSP 'self' work, and whose requests are answered by the app's `protocol.handle`.
 */
export const HOST = '.electron.invalid'; // .invalid resolves nowhere (RFC 2606), so nothing can leak to a network

/** @typedef {(request: Request) => Response | Promise<Response>} Handler */

/** Schemes that the app registered, with their handler once it has one. @type {Map<string, Handler | null>} */
export const schemes = new Map();

const SHOWN = new RegExp(`^https://(.*)\\.([\\w+-]+)${HOST.replaceAll('.', '\\.')}(?=[/?#]|$)(.*)$`, 's');

/** @param {string} url the app's @returns {string} Chromium's */
export function toChromium(url) {
  const [, scheme = '', host, rest] = /^([a-z][\w+.-]*):\/\/([^/?#]*)(.*)$/is.exec(url) ?? [];
  if (!schemes.has(scheme)) return url;
  return `https://${host}.${scheme}${HOST}${rest?.startsWith('/') ? rest : `/${rest}`}`;
}

/** @param {string} url Chromium's @returns {string} the app's */
export function toApp(url) {
  const [, host, scheme, rest] = SHOWN.exec(url) ?? [];
  return scheme === undefined ? url : `${scheme}://${host}${rest}`;
}

/** As `WebFrameMain.origin` gives it: `app://bundle` for a standard scheme. @param {string} url the app's */
export function originOf(url) {
  const [origin, scheme = ''] = /^([a-z][\w+.-]*):\/\/[^/?#]*/is.exec(url) ?? [];
  if (origin !== undefined && schemes.has(scheme)) return origin;
  return URL.canParse(url) ? new URL(url).origin : 'null';
}
