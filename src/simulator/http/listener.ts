import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './answers.ts';

/** How an answer leaves: whole, damaged, or not at all. */
export type Delivery = 'whole' | 'truncated' | 'malformed' | 'content-type' | 'reset';

export interface Reply {
  readonly answer: Answer;
  readonly delayMs: number;
  readonly delivery: Delivery;
}

/** What is sent of an answer that leaves whole. */
interface Content {
  readonly type: string;
  readonly text: string;
}

export interface Listener {
  /** e.g. `http://127.0.0.1:41234` */
  readonly origin: string;
  /** Ends every connection, also those in the middle of an answer. */
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 1000;
const WEB_PAGE = '<!doctype html><title>Gateway</title><p>This is not the answer of the API.</p>\n';

/** @returns undefined when the answer has no body. */
export const contentOf = ({ body, page }: Answer): Content | undefined => {
  if (page !== undefined) return { type: 'text/html; charset=utf-8', text: page };
  return body === undefined ? undefined : { type: 'application/json', text: JSON.stringify(body) };
};

const send = (response: ServerResponse, { answer, delivery }: Reply, now: number): void => {
  if (delivery === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const content = contentOf(answer);
  const type = delivery === 'content-type' ? 'text/html' : (content?.type ?? 'application/json');
  const text =
    delivery === 'content-type'
      ? WEB_PAGE
      : delivery === 'malformed'
        ? `${(content?.text ?? '{"entities": [').slice(0, -1)},,`
        : (content?.text ?? '');
  const bytes = Buffer.from(text);
  const headers: Record<string, string | number> = { date: new Date(now).toUTCString(), ...answer.headers };
  if (answer.status !== 204) headers['content-length'] = bytes.length;
  if (bytes.length > 0) headers['content-type'] = type;
  if (delivery === 'truncated') {
    // Says more than it sends, then goes away.
    headers['content-length'] = bytes.length + 64;
    response.writeHead(answer.status === 204 ? 200 : answer.status, headers);
    response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket?.destroy());
    if (bytes.length < 2) response.socket?.destroySoon();
    return;
  }
  response.writeHead(answer.status, headers);
  response.end(answer.status === 204 ? undefined : bytes);
};

/**
 * An HTTP server on loopback only.
 * @param now ms since 1970: what its answers say in their Date.
 * @throws when the port is taken.
 */
export const startListener = async (
  port: number,
  now: () => number,
  handle: (request: IncomingMessage) => Promise<Reply>,
): Promise<Listener> => {
  const timers = new Set<NodeJS.Timeout>();
  const later = (ms: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  };

  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 65_000, maxHeaderSize: 32_768 },
    (request, response) => {
      const deliver = (reply: Reply): void => {
        if (!response.destroyed) send(response, reply, now());
      };
      handle(request).then(
        (reply) => (reply.delayMs > 0 ? later(reply.delayMs, () => deliver(reply)) : deliver(reply)),
        // The caller went away while it sent its body, or this server has a bug: no answer is the only honest one.
        () => response.destroy(),
      );
    },
  );
  server.maxConnections = MAX_CONNECTIONS;

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};
