// @ts-check
import http from 'node:http';
import https from 'node:https';
import { EventEmitter } from 'node:events';
import { NetError, netErrorOf, RESENT } from './net-errors.mjs';
import { agentFor, keyOf, proxyAuthorizations, ProxyChallenge, proxyFor } from './sockets.mjs';

/** As in Chromium: kMaxRedirects. */
const MAX_REDIRECTS = 20;

/** A password that is refused is asked for again so often. */
const MAX_LOGINS = 3;

/** Requests under way, so that a change of the network can end them. @type {Set<ClientRequest>} */
const underWay = new Set();

/** What Chromium does to requests in flight when the network changes: for tests. */
export function changeNetwork() {
  for (const request of underWay) request.fail(new NetError('ERR_NETWORK_CHANGED'));
}

/**
 * Electron's `ClientRequest`, as far as `net.fetch` and this app use it. Emits `response` (Node's IncomingMessage),
 * `login`, `redirect`, `error`, `abort`, `close`.
 */
export class ClientRequest extends EventEmitter {
  #url;
  #method;
  #policy;
  /** @type {Record<string, string>} */
  #headers = {};
  /** @type {Buffer[]} */
  #body = [];
  /** @type {http.ClientRequest | null} */
  #request = null;
  #isOver = false;
  #answered = false;
  #redirects = 0;
  #logins = 0;
  /** The `Authorization` that the proxy was given last. @type {string | undefined} */
  #sentToProxy;

  /** @param {string | { url?: string, method?: string, redirect?: string }} options */
  constructor(options) {
    super();
    const {
      url = '',
      method = 'GET',
      redirect = 'follow',
    } = typeof options === 'string' ? { url: options } : options;
    this.#url = new URL(url);
    this.#method = method.toUpperCase();
    this.#policy = redirect;
  }

  /** @param {string} name @param {string} value */
  setHeader(name, value) {
    this.#headers[name.toLowerCase()] = String(value);
  }
  /** @param {string | Uint8Array} chunk */
  write(chunk) {
    this.#body.push(Buffer.from(/** @type {any} */ (chunk)));
  }
  /** @param {string | Uint8Array} [chunk] */
  end(chunk) {
    if (chunk !== undefined) this.write(chunk);
    underWay.add(this);
    this.#send();
  }
  abort() {
    if (this.#isOver) return;
    this.#finish();
    this.#request?.destroy();
    this.emit('abort');
    this.emit('close');
  }
  /** @param {Error} error */
  fail(error) {
    if (this.#isOver) return;
    this.#finish();
    this.#request?.destroy();
    if (!this.#answered) this.emit('error', error);
    this.emit('close');
  }

  #finish() {
    this.#isOver = true;
    underWay.delete(this);
  }

  #send() {
    const url = this.#url;
    const proxy = proxyFor(url);
    const isSecure = url.protocol === 'https:';
    const body = Buffer.concat(this.#body);
    const known = proxy ? proxyAuthorizations.get(keyOf(proxy)) : undefined;
    this.#sentToProxy = known;
    const headers = {
      ...this.#headers,
      ...(body.length > 0 && { 'content-length': String(body.length) }),
      ...(proxy && !isSecure && { host: url.host, ...(known && { 'proxy-authorization': known }) }),
    };
    const path = `${url.pathname}${url.search}`;
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const common = { method: this.#method, headers, agent: agentFor(url, proxy) };
    const request = isSecure
      ? https.request({ ...common, host, port: url.port || 443, path, .../** @type {any} */ ({ proxy }) })
      : proxy
        ? http.request({ ...common, ...proxy, path: url.href })
        : http.request({ ...common, host, port: url.port || 80, path });
    this.#request = request;
    request.on('response', (response) => {
      if (this.#isOver) response.destroy();
      else this.#answer(response, proxy);
    });
    request.on('error', (error) => this.#failed(request, error, proxy));
    request.end(body);
  }

  /** @param {http.ClientRequest} request @param {Error} error @param {import('./sockets.mjs').Proxy | null} proxy */
  #failed(request, error, proxy) {
    if (this.#isOver || this.#answered) return;
    if (error instanceof ProxyChallenge) {
      this.#login(error.header, proxy, () => this.fail(new NetError('ERR_TUNNEL_CONNECTION_FAILED')));
      return;
    }
    const failure = netErrorOf(error, { answered: false });
    // Whatever the method, and nobody is told. It ends by itself: a new socket is not "reused".
    if (request.reusedSocket && RESENT.has(failure.message)) this.#send();
    else if (proxy && failure.message === 'net::ERR_CONNECTION_REFUSED')
      this.fail(new NetError('ERR_PROXY_CONNECTION_FAILED'));
    else this.fail(failure);
  }

  /** @param {http.IncomingMessage} response @param {import('./sockets.mjs').Proxy | null} proxy */
  #answer(response, proxy) {
    const { statusCode = 0 } = response;
    if (statusCode === 407) {
      if (!proxy) return this.fail(new NetError('ERR_UNEXPECTED_PROXY_AUTH'));
      this.#login(response.headers['proxy-authenticate'] ?? '', proxy, () => this.#deliver(response));
      return;
    }
    const { location } = response.headers;
    if ([301, 302, 303, 307, 308].includes(statusCode) && location) this.#redirect(response, location);
    else this.#deliver(response);
  }

  /** @param {http.IncomingMessage} response */
  #deliver(response) {
    this.#answered = true;
    response.on('end', () => this.#finish());
    this.emit('response', response);
  }

  /** @param {http.IncomingMessage} response @param {string} location */
  #redirect(response, location) {
    response.resume();
    if (this.#policy === 'error')
      return this.fail(new Error("Attempted to redirect, but redirect policy was 'error'"));
    if (this.#policy === 'manual') return this.fail(new Error('Redirect was cancelled'));
    if (++this.#redirects > MAX_REDIRECTS) return this.fail(new NetError('ERR_TOO_MANY_REDIRECTS'));
    const { statusCode = 0 } = response;
    const becomesGet = statusCode === 303 || (statusCode < 303 && this.#method === 'POST');
    if (becomesGet && this.#method !== 'HEAD') {
      this.#method = 'GET';
      this.#body = [];
    }
    this.#url = new URL(location, this.#url);
    this.#send();
  }

  /**
   * Without a listener the challenge is cancelled, as in Electron; basic is the only scheme here.
   * @param {string} header
   * @param {import('./sockets.mjs').Proxy | null} proxy
   * @param {() => void} cancelled
   */
  #login(header, proxy, cancelled) {
    const [, realm = ''] = /realm="([^"]*)"/i.exec(header) ?? [];
    if (!proxy || !/^basic\b/i.test(header)) return cancelled();
    const known = proxyAuthorizations.get(keyOf(proxy));
    // A password that is newer than the one refused: as HttpAuthController::SelectNextAuthIdentityToTry.
    // https://source.chromium.org/chromium/chromium/src/+/main:net/http/http_auth_controller.cc
    if (known !== this.#sentToProxy && ++this.#logins <= MAX_LOGINS) return this.#send();
    proxyAuthorizations.delete(keyOf(proxy)); // what was sent was refused
    const answer = (/** @type {string | undefined} */ user, /** @type {string | undefined} */ password) => {
      if (this.#isOver) return;
      if (user === undefined || ++this.#logins > MAX_LOGINS) return cancelled();
      const basic = Buffer.from(`${user}:${password ?? ''}`).toString('base64');
      proxyAuthorizations.set(keyOf(proxy), `Basic ${basic}`);
      this.#send();
    };
    if (!this.emit('login', { isProxy: true, scheme: 'basic', ...proxy, realm }, answer)) cancelled();
  }
}
