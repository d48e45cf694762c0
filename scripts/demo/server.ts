import { createServer } from 'node:net';
import type { Ledger } from '../../src/simulator/index.ts';
import type { OAuthClient } from '../../src/simulator/tokens/clients.ts';

/** Longest that the server on this computer may take to answer, ms. */
const ANSWER_LIMIT_MS = 10_000;

/** The demo organisation's server, asked from outside the app. */
export interface Server {
  /** What it did, in its own books. */
  ledger(): Promise<Ledger>;
  /** `GET /api/v2/tokens/timeout`, signed in as a client of our own. */
  idleTimeout(): Promise<Readonly<Record<string, unknown>>>;
}

/** @param client of the client-credentials grant. @throws Error for any answer but success. */
export function serverAt(apiPort: number, loginPort: number, client: OAuthClient): Server {
  const api = `http://127.0.0.1:${apiPort}`;
  const json = async (url: string, options: RequestInit = {}): Promise<unknown> => {
    const answer = await fetch(url, { ...options, signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    if (!answer.ok) throw new Error(`The demo server answered ${answer.status} to ${url}`);
    return answer.json();
  };
  return {
    ledger: async () => (await json(`${api}/__sim/ledger`)) as Ledger,
    idleTimeout: async () => {
      const basic = Buffer.from(`${client.id}:${client.secret ?? ''}`).toString('base64');
      const token = (await json(`http://127.0.0.1:${loginPort}/oauth/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${basic}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      })) as { access_token: string };
      return (await json(`${api}/api/v2/tokens/timeout`, {
        headers: { authorization: `Bearer ${token.access_token}` },
      })) as Record<string, unknown>;
    },
  };
}

/** @returns `count` different ports of this computer on which nobody listens now. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer().on('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  return Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          const address = server.address();
          const port = address !== null && typeof address === 'object' ? address.port : 0;
          server.close(() => resolve(port));
        }),
    ),
  );
}
