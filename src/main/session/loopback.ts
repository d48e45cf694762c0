import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { closingPage, type PageKind } from './callback-page.ts';

export interface Loopback {
  /** `http://localhost:<port>`, as Genesys Cloud accepts it for any port when it is registered without one. */
  readonly redirectUri: string;
  /**
   * Resolves with the query of the first request that is our answer; there is only one. Any program on this computer and
   * any page can send another: it is told so, and the wait goes on.
   */
  answer(isOurs: (query: URLSearchParams) => boolean): Promise<URLSearchParams>;
  /** Shows the browser how it went, and listens no longer. */
  finish(page: PageKind): Promise<void>;
  /** Listens no longer, whatever is under way. */
  close(): Promise<void>;
}

/** Tries at finding a port that is free on both loopback addresses. */
const PORT_TRIES = 10;

/** A browser opens a few connections at once. When more come, the oldest goes: who holds them all keeps nobody out. */
const MAX_CONNECTIONS = 10;

/** A connection on which nothing is asked for so long is none of the browser's, ms. */
const IDLE_MS = 5_000;

/**
 * Waits for the browser to come back, on this computer only: 127.0.0.1 and ::1, since "localhost" can be either and
 * a program that held the other one would get the code.
 * @throws when no port is free
 */
export async function openLoopback(): Promise<Loopback> {
  /** Who is waited for; nobody until `answer` is called. */
  let expected: { readonly isOurs: (query: URLSearchParams) => boolean; readonly resolve: Resolve } | null =
    null;
  let waiting: ServerResponse | null = null;

  const onRequest: OnRequest = (port, request, response) => {
    const query = queryOf(request, port);
    if (query === null || !expected) send(response, 404, 'Not found');
    else if (!expected.isOurs(query))
      send(response, 400, 'Tokendesk waits for the answer to another sign-in');
    // The code is worth one use, so a second answer is a mistake or an attack.
    else if (waiting) send(response, 410, 'This sign-in has been answered already');
    else {
      waiting = response;
      expected.resolve(query);
    }
  };

  const { port, servers } = await listenOnBoth(onRequest, (socket) => socket === waiting?.socket);
  const close = async (): Promise<void> => {
    await Promise.all(servers.map(closeServer));
  };
  return {
    redirectUri: `http://localhost:${port}`,
    answer: (isOurs) =>
      new Promise((resolve) => {
        expected = { isOurs, resolve };
      }),
    finish: async (page) => {
      const response = waiting;
      if (response && !response.destroyed) {
        const sent = new Promise<void>((resolve) => {
          response.once('finish', resolve).once('close', resolve);
        });
        sendPage(response, closingPage(page));
        await sent;
      }
      await close();
    },
    close,
  };
}

/** The query of a request that can be the browser's answer; null for every other. */
function queryOf(request: IncomingMessage, port: number): URLSearchParams | null {
  // A page elsewhere that resolves its own name to this computer has another Host (DNS rebinding).
  if (request.method !== 'GET' || request.headers.host !== `localhost:${port}`) return null;
  const [path, query = ''] = (request.url ?? '').split('?', 2);
  const parameters = new URLSearchParams(query);
  return path === '/' && (parameters.has('code') || parameters.has('error')) ? parameters : null;
}

type Resolve = (query: URLSearchParams) => void;
type OnRequest = (port: number, request: IncomingMessage, response: ServerResponse) => void;
/** Whether the browser waits on this connection for how it went. */
type IsWaiting = (socket: Socket) => boolean;

async function listenOnBoth(
  onRequest: OnRequest,
  isWaiting: IsWaiting,
): Promise<{ port: number; servers: readonly Server[] }> {
  for (let tries = 1; ; tries += 1) {
    const first = await listen('127.0.0.1', 0, onRequest, isWaiting);
    const { port } = first.address() as AddressInfo;
    try {
      return { port, servers: [first, await listen('::1', port, onRequest, isWaiting)] };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      // A computer without IPv6: "localhost" is 127.0.0.1 there.
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return { port, servers: [first] };
      await closeServer(first);
      if (tries >= PORT_TRIES) throw error;
    }
  }
}

async function listen(
  host: string,
  port: number,
  onRequest: OnRequest,
  isWaiting: IsWaiting,
): Promise<Server> {
  const server = createServer(
    // The first two are looked at once in the third; by default that is half a minute.
    {
      headersTimeout: IDLE_MS,
      requestTimeout: IDLE_MS,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16_384,
    },
    (request, response) => onRequest((server.address() as AddressInfo).port, request, response),
  );
  const drop = (socket: Socket): void => {
    if (!isWaiting(socket)) socket.destroy();
  };
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    const [oldest] = [...open].filter((socket) => !isWaiting(socket));
    if (open.size > MAX_CONNECTIONS && oldest) drop(oldest);
  });
  server.setTimeout(IDLE_MS, drop);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, ipv6Only: true }, resolve);
  });
  return server;
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}

const HEADERS = {
  'cache-control': 'no-store',
  // The address of this page holds the code.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' }).end(`${text}.\n`);
}

function sendPage(
  response: ServerResponse,
  { html, contentSecurityPolicy }: ReturnType<typeof closingPage>,
): void {
  const headers = { ...HEADERS, 'content-type': 'text/html; charset=utf-8' };
  response.writeHead(200, { ...headers, 'content-security-policy': contentSecurityPolicy }).end(html);
}
