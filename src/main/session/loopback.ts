import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { closingPage, type PageKind } from './closing-page.ts';

export interface Loopback {
  /** `http://localhost:<port>`, as Genesys Cloud accepts it for any port when it is registered without one. */
  readonly redirectUri: string;
  /** Resolves with the query of the first request that is an answer; there is only one. */
  readonly answer: Promise<URLSearchParams>;
  /** Shows the browser how it went, and listens no longer. */
  finish(page: PageKind): Promise<void>;
  /** Listens no longer, whatever is under way. */
  close(): Promise<void>;
}

/** Tries at finding a port that is free on both loopback addresses. */
const PORT_TRIES = 10;
/** A browser asks for an icon and the like; more than this is no browser. */
const MAX_REQUESTS = 20;

/**
 * Waits for the browser to come back, on this computer only: 127.0.0.1 and ::1, since "localhost" can be either and
 * a program that held the other one would get the code.
 * @throws when no port is free
 */
export async function openLoopback(): Promise<Loopback> {
  let resolveAnswer: (query: URLSearchParams) => void = () => undefined;
  const answer = new Promise<URLSearchParams>((resolve) => {
    resolveAnswer = resolve;
  });
  let waiting: ServerResponse | null = null;
  let requests = 0;

  const onRequest = (port: number, request: IncomingMessage, response: ServerResponse): void => {
    requests += 1;
    const query = queryOf(request, port);
    if (requests > MAX_REQUESTS || query === null) send(response, 404, 'Not found');
    // The code is worth one use, so a second answer is a mistake or an attack.
    else if (waiting) send(response, 410, 'This sign-in has been answered already');
    else {
      waiting = response;
      resolveAnswer(query);
    }
  };

  const { port, servers } = await listenOnBoth(onRequest);
  const close = async (): Promise<void> => {
    await Promise.all(servers.map(closeServer));
  };
  return {
    redirectUri: `http://localhost:${port}`,
    answer,
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

type OnRequest = (port: number, request: IncomingMessage, response: ServerResponse) => void;

async function listenOnBoth(onRequest: OnRequest): Promise<{ port: number; servers: readonly Server[] }> {
  for (let tries = 1; ; tries += 1) {
    const first = await listen('127.0.0.1', 0, onRequest);
    const { port } = first.address() as AddressInfo;
    try {
      return { port, servers: [first, await listen('::1', port, onRequest)] };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      // A computer without IPv6: "localhost" is 127.0.0.1 there.
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return { port, servers: [first] };
      await closeServer(first);
      if (tries >= PORT_TRIES) throw error;
    }
  }
}

async function listen(host: string, port: number, onRequest: OnRequest): Promise<Server> {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 10_000, maxHeaderSize: 16_384 },
    (request, response) => onRequest((server.address() as AddressInfo).port, request, response),
  );
  server.maxConnections = 10;
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
