import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Proxy {
  readonly port: number;
  /** From now on only these open it. */
  readonly setPassword: (user: string, password: string) => void;
  /** Requests that it let through, and those that it turned away. */
  readonly counts: { readonly passed: number; readonly refused: number };
  readonly close: () => void;
}

/** A proxy for http that wants a user name and a password, and sends on whoever has them. */
export async function startProxy(user: string, password: string): Promise<Proxy> {
  const basic = (name: string, secret: string): string =>
    `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;
  let right = basic(user, password);
  const counts = { passed: 0, refused: 0 };
  const server = createServer((asked, answer) => {
    if (asked.headers['proxy-authorization'] !== right) {
      counts.refused += 1;
      asked.resume();
      answer.writeHead(407, { 'proxy-authenticate': 'Basic realm="Corp"' }).end('Who are you?');
      return;
    }
    counts.passed += 1;
    // By which the app lets a proxy ask: no operation of the API, so the simulator is not bothered with it.
    if (asked.method === 'HEAD' && new URL(asked.url ?? '').pathname === '/') {
      answer.writeHead(404).end();
      return;
    }
    const { 'proxy-authorization': _own, 'proxy-connection': _old, ...headers } = asked.headers;
    const on = request(asked.url ?? '', { method: asked.method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    on.on('error', () => answer.destroy());
    asked.pipe(on);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    setPassword: (name, secret) => {
      right = basic(name, secret);
    },
    counts,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
