import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Clock } from '../clock.ts';
import { createSecret } from '../secrets/secret.ts';
import { createManualClock, type ManualClock } from '../testing/manual-clock.ts';
import { createApiClient, type ApiClient, type ApiClientOptions } from './http.ts';
import type { Pacer } from './pacing.ts';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answering = (request: Received, response: ServerResponse, call: number) => void;

export interface TestServer {
  readonly base: string;
  readonly received: readonly Received[];
}

/** A server that answers as the test says, badly where the test says so. Closed when the test ends. */
export async function startTestServer(answer: Answering): Promise<TestServer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const asked = { method, url, headers, body: Buffer.concat(chunks).toString() };
      received.push(asked);
      answer(asked, response, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

/** Sends JSON with a correlation id. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'inin-correlation-id': 'corr-1',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

export const TOKEN = 'tok-4be1-very-secret';

/** A gate that lets everyone pass at once and writes down for how long it was closed. */
export function openGate(): Pacer & { readonly closures: readonly number[]; readonly passed: number } {
  const closures: number[] = [];
  let passed = 0;
  return {
    acquire: (signal) => {
      signal.throwIfAborted();
      passed += 1;
      return Promise.resolve();
    },
    closeFor: (ms) => {
      closures.push(ms);
    },
    setLimit: () => undefined,
    pacePerMinute: 291,
    limitPerMinute: 300,
    closures,
    get passed() {
      return passed;
    },
  };
}

export interface TestClient {
  readonly client: ApiClient;
  readonly gate: ReturnType<typeof openGate>;
  /** Waits that the client asked for, ms. Nobody really waits. */
  readonly sleeps: readonly number[];
  readonly signedOut: readonly string[];
  readonly clock: ManualClock;
}

/** A client of that server: its gate is open, its waits are instant, its dice always show the most. */
export function testClient(base: string, options: Partial<ApiClientOptions> = {}): TestClient {
  const gate = openGate();
  const sleeps: number[] = [];
  const signedOut: string[] = [];
  const clock = createManualClock();
  const instant: Clock = {
    ...clock,
    sleep: (ms, signal) => {
      signal?.throwIfAborted();
      sleeps.push(ms);
      return Promise.resolve();
    },
  };
  const token = createSecret(TOKEN);
  const client = createApiClient({
    apiBase: base,
    token: () => token,
    onSignedOut: (used) => {
      signedOut.push(used.reveal());
      return Promise.resolve({ kind: 'ended' });
    },
    fetch: globalThis.fetch,
    pacer: gate,
    clock: instant,
    random: () => 1,
    ...options,
  });
  return { client, gate, sleeps, signedOut, clock };
}
