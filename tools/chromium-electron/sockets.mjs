// @ts-check
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { NetError } from './net-errors.mjs';
import { runtime } from './runtime.mjs';

/**
 * `g_max_sockets_per_group`: over HTTP/1.1 a host gets so many, and who comes later waits in order.
 * https://source.chromium.org/chromium/chromium/src/+/main:net/socket/client_socket_pool_manager.cc
 */
const SOCKETS_PER_HOST = 6;

/** @typedef {{ host: string, port: number }} Proxy */

/** A tunnel through a proxy: CONNECT first, then TLS. */
class TunnelAgent extends https.Agent {
  /** @type {(proxy: Proxy) => string | undefined} */
  #authorization;

  /** @param {https.AgentOptions} options @param {(proxy: Proxy) => string | undefined} authorization */
  constructor(options, authorization) {
    super(options);
    this.#authorization = authorization;
  }

  /** @override @param {any} options @param {(error: Error | null, socket?: any) => void} done @returns {any} */
  createConnection(options, done) {
    const proxy = /** @type {Proxy} */ (options.proxy);
    const target = `${options.host}:${options.port}`;
    const authorization = this.#authorization(proxy);
    const headers = { host: target, ...(authorization && { 'proxy-authorization': authorization }) };
    http
      .request({ ...proxy, method: 'CONNECT', path: target, headers, agent: false })
      .once('connect', (answer, socket) => {
        if (answer.statusCode === 200) {
          const servername = options.servername ?? options.host;
          done(null, tls.connect({ ...options, socket, servername }));
          return;
        }
        socket.destroy();
        if (answer.statusCode === 407) done(new ProxyChallenge(answer.headers['proxy-authenticate']));
        else done(new NetError('ERR_TUNNEL_CONNECTION_FAILED'));
      })
      .once('error', () => done(new NetError('ERR_PROXY_CONNECTION_FAILED')))
      .end();
    return undefined;
  }
}

/** A proxy wants a password before it opens a tunnel. */
export class ProxyChallenge extends Error {
  /** @param {string | undefined} header */
  constructor(header) {
    super('net::ERR_PROXY_AUTH_REQUESTED');
    this.header = header ?? '';
  }
}

/** `Authorization` by proxy, once given: Chromium's HttpAuthCache, which lasts as long as the session. @type {Map<string, string>} */
export const proxyAuthorizations = new Map();

/** @param {Proxy} proxy */
export const keyOf = ({ host, port }) => `${host}:${port}`;

/** @param {number} maxSockets */
const agentsWith = (maxSockets) => {
  const options = { keepAlive: true, maxSockets, scheduling: /** @type {const} */ ('lifo') };
  return {
    http: new http.Agent(options),
    https: new https.Agent(options),
    tunnel: new TunnelAgent(options, (proxy) => proxyAuthorizations.get(keyOf(proxy))),
  };
};
const limited = agentsWith(SOCKETS_PER_HOST);
const unlimited = agentsWith(Infinity);

/**
 * Read when the session's loader factory is made, so at the first request of all, and never again
 * (https://github.com/electron/electron/blob/v45.4.1/shell/browser/net/proxying_url_loader_factory.cc).
 * @type {readonly string[] | null}
 */
let ignored = null;

/** `GURL::DomainIs`: the domain itself or one below it. @param {string} host @param {string} domain */
export const domainIs = (host, domain) => host === domain || host.endsWith(`.${domain}`);

/** The agent whose sockets this request may use. @param {URL} url @param {Proxy | null} proxy */
export function agentFor({ protocol, hostname }, proxy) {
  ignored ??= (runtime.switches.get('ignore-connections-limit') ?? '')
    .split(',')
    .flatMap((domain) => domain.trim() || []);
  const agents = ignored.some((domain) => domainIs(hostname, domain)) ? unlimited : limited;
  if (protocol === 'http:') return agents.http;
  return proxy ? agents.tunnel : agents.https;
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * The proxy of `--proxy-server`, the one way to set one here. Loopback goes past it unless the bypass list says
 * `<-loopback>`, as in Chromium.
 * @param {URL} url
 * @returns {Proxy | null}
 */
export function proxyFor({ hostname }) {
  const server = runtime.switches.get('proxy-server');
  if (!server) return null;
  const bypass = (runtime.switches.get('proxy-bypass-list') ?? '').split(/[;,]/);
  if (LOOPBACK.test(hostname) && !bypass.includes('<-loopback>')) return null;
  if (bypass.some((rule) => rule !== '' && domainIs(hostname, rule))) return null;
  const { hostname: host, port } = new URL(server.includes('://') ? server : `http://${server}`);
  return { host, port: Number(port || 80) };
}

/** For tests: as after a change of the command line, which a running Chromium does not see. */
export function forgetSockets() {
  ignored = null;
  proxyAuthorizations.clear();
  for (const agents of [limited, unlimited]) for (const agent of Object.values(agents)) agent.destroy();
}
