import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createSecret } from '../secrets/secret.ts';
import { ApiError } from './errors.ts';
import type { RequestSpec } from './http.ts';
import { sendJson, startTestServer, testClient, TOKEN, type Answering } from './testing-server.fixture.ts';

const schema = z.looseObject({ id: z.string() });
const GET = { method: 'GET', path: '/api/v2/tokens/me', schema } as const;
const run = new AbortController().signal;

/** The error of a request that must fail. */
async function failure(promise: Promise<unknown>) {
  const error: unknown = await promise.then(
    () => {
      throw new Error('It succeeded.');
    },
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw error;
  return error.error;
}

async function serve(answer: Answering, options: Parameters<typeof testClient>[1] = {}) {
  const server = await startTestServer(answer);
  return { server, ...testClient(server.base, options) };
}

const fine: Answering = (_request, response) => sendJson(response, 200, { id: 'a' });

describe('an answer', () => {
  it('comes with its status, correlation id and parsed body', async () => {
    const { client, server } = await serve(fine);
    const query = { id: ['a', 'b c'], state: 'any' };
    expect(await client.request({ ...GET, query }, run)).toEqual({
      status: 200,
      correlationId: 'corr-1',
      sentAt: expect.any(Number) as number,
      body: { id: 'a' },
    });
    const [sent] = server.received;
    expect(sent).toMatchObject({ method: 'GET', url: '/api/v2/tokens/me?id=a&id=b+c&state=any' });
    expect(sent!.headers).toMatchObject({ authorization: `Bearer ${TOKEN}`, accept: 'application/json' });
    expect(sent!.headers).not.toHaveProperty('cookie');
  });

  it('that quotes the token does not carry it on', async () => {
    const { client } = await serve((_request, response) =>
      sendJson(
        response,
        400,
        { message: `Bearer ${TOKEN} is no good`, code: 'bad.request', contextId: TOKEN },
        { 'inin-correlation-id': TOKEN },
      ),
    );
    const error = await failure(client.request(GET, run));
    expect(error.message).toBe('Bearer [secret] is no good');
    expect(JSON.stringify(error)).not.toContain(TOKEN);
  });

  it('is asked for without the cookies and redirects that Electron’s fetch would add, each method alike', async () => {
    const sent: RequestInit[] = [];
    const { client, server } = await serve((_request, response) => response.writeHead(204).end(), {
      fetch: (input, init) => {
        sent.push(init ?? {});
        return globalThis.fetch(input, init);
      },
    });
    for (const method of ['HEAD', 'DELETE', 'PUT'] as const)
      await client.sendOnce({ method, path: '/api/v2/tokens/me', schema: null }, run);
    expect(server.received.map(({ method, body }) => [method, body])).toEqual([
      ['HEAD', ''],
      ['DELETE', ''],
      ['PUT', ''],
    ]);
    for (const init of sent) expect(init).toMatchObject({ credentials: 'omit', redirect: 'manual' });
  });

  it('sends a body as JSON', async () => {
    const { client, server } = await serve(fine);
    await client.request({ ...GET, method: 'PUT', body: { a: 1 } }, run);
    expect(server.received[0]).toMatchObject({ method: 'PUT', body: '{"a":1}' });
    expect(server.received[0]!.headers['content-type']).toBe('application/json');
  });

  it('without a schema needs no body; a DELETE is done by 204, and not by 200 with a body that breaks off', async () => {
    const { client } = await serve((_request, response, call) => {
      if (call === 1) response.writeHead(204).end();
      else {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
        response.write('{', () => response.destroy());
      }
    });
    const spec = { method: 'DELETE', path: '/api/v2/tokens/me', schema: null } as const;
    expect(await client.sendOnce(spec, run)).toMatchObject({ kind: 'answered', answer: { status: 204 } });
    expect(await client.sendOnce(spec, run)).toMatchObject({ kind: 'no-answer', sent: 'maybe' });
    expect(await client.request({ ...spec, method: 'PUT' }, run)).toMatchObject({ status: 200 });
  });

  it.each<[string, Answering, RegExp]>([
    [
      'HTML with status 200',
      (_request, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in</h1>'),
      /web page/,
    ],
    ['a missing field', (_request, response) => sendJson(response, 200, { name: 'x' }), /shape: id/],
    ['null', (_request, response) => sendJson(response, 200, null), /expected shape/],
  ])('refuses %s, once', async (_what, answer, message) => {
    const { client, server } = await serve(answer);
    const error = await failure(client.request(GET, run));
    expect(error.code).toBe(String(message).includes('web page') ? 'portal' : 'unexpected-answer');
    expect(error.message).toMatch(message);
    expect(error.details).toMatchObject({ method: 'GET', path: '/api/v2/tokens/me', status: 200 });
    expect(server.received).toHaveLength(1);
  });

  // The next answer may be whole, as behind a connection that broke off.
  it.each<[string, Answering, RegExp]>([
    [
      'text instead of JSON',
      (_request, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('{"id":"a"}'),
      /text\/plain, not JSON/,
    ],
    ['no content type', (_request, response) => response.writeHead(200).end('{"id":"a"}'), /of no type/],
    [
      'malformed JSON',
      (_request, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"tok-of-another'),
      /not valid JSON/,
    ],
    [
      'an empty body',
      (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(),
      /not valid JSON/,
    ],
    [
      'bytes that are not UTF-8',
      (_request, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.from([0x22, 0xff, 0x22])),
      /not UTF-8/,
    ],
  ])('asks again after %s, and refuses it in the end', async (_what, answer, message) => {
    const passing = await serve((request, response, call) => {
      if (call === 1) answer(request, response, call);
      else sendJson(response, 200, { id: 'a' });
    });
    expect((await passing.client.request(GET, run)).body).toMatchObject({ id: 'a' });
    const { client, server } = await serve(answer);
    const error = await failure(client.request(GET, run));
    expect(error.code).toBe('unexpected-answer');
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('tok-of-another');
    expect(error.details).toMatchObject({ method: 'GET', path: '/api/v2/tokens/me', status: 200 });
    expect(server.received).toHaveLength(5);
    const put = await serve(answer);
    await failure(put.client.request({ ...GET, method: 'PUT', body: {} }, run));
    expect(put.server.received).toHaveLength(1);
  });

  it('takes a web page for no answer to a DELETE either', async () => {
    const { client } = await serve((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>Hotel Wi-Fi</p>'),
    );
    const attempt = await client.sendOnce({ method: 'DELETE', path: '/api/v2/tokens/me', schema: null }, run);
    expect(attempt.kind).toBe('unusable');
  });

  it('stops reading a huge body at the limit', async () => {
    let sent = 0;
    const { client } = await serve(
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const more = (): void => {
          while (!response.destroyed && sent < 50_000_000) {
            sent += 65_536;
            if (!response.write('"'.padEnd(65_536, 'x'))) {
              response.once('drain', more);
              return;
            }
          }
        };
        more();
      },
      { maxBodyBytes: 200_000 },
    );
    expect((await failure(client.request(GET, run))).message).toContain('larger than 200000 bytes');
    expect(sent).toBeLessThan(50_000_000);
  });
});

describe('the token stays with its own host', () => {
  it.each([301, 302, 303, 307, 308])('does not follow a %i', async (status) => {
    const other = await startTestServer(fine);
    const { client, server } = await serve((_request, response) =>
      response.writeHead(status, { location: `${other.base}/api/v2/tokens/me` }).end(),
    );
    const error = await failure(client.request(GET, run));
    expect(error).toMatchObject({ code: 'portal', details: { status } });
    expect(server.received).toHaveLength(1);
    expect(other.received).toHaveLength(0);
  });

  it.each([
    'https://evil.example/api/v2/users',
    '//evil.example/api/v2/users',
    '@evil.example/api/v2/users',
    '.evil.example/api/v2/users',
    '/api/v2/../../steal',
    '/api/v2/%2e%2e/%2E%2E/steal',
    '/api/v2/users\\..\\me',
    '/api/v2/users?id=1',
    '/api/v2/users#x',
    '/other/api/v2/users',
    '',
  ])('takes no other place than a path of the API: %s', async (path) => {
    const { client, server } = await serve(fine);
    await expect(client.request({ ...GET, path }, run)).rejects.toThrow('A path of the API was expected.');
    expect(server.received).toHaveLength(0);
  });

  it('keeps the path of a gateway', async () => {
    const server = await startTestServer(fine);
    const { client } = testClient(`${server.base}/gateway/genesys`);
    await client.request(GET, run);
    expect(server.received[0]!.url).toBe('/gateway/genesys/api/v2/tokens/me');
  });
});

describe('a refusal', () => {
  it('carries what support asks for, and nothing secret', async () => {
    const { client } = await serve((_request, response) =>
      sendJson(response, 403, {
        message: 'Missing the following permission: [oauth:token:delete]',
        code: 'missing.any.permissions',
        status: 403,
        contextId: 'ctx-1',
        details: [],
        errors: [],
      }),
    );
    const spec: RequestSpec<unknown> = { ...GET, query: { id: 'someone@example.com' } };
    const error: unknown = await client.request(spec, run).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).error).toEqual({
      code: 'forbidden',
      message: 'Missing the following permission: [oauth:token:delete]',
      details: {
        method: 'GET',
        path: '/api/v2/tokens/me',
        status: 403,
        apiCode: 'missing.any.permissions',
        correlationId: 'corr-1',
        contextId: 'ctx-1',
      },
    });
    const printed = inspect(error, { depth: null, showHidden: true });
    expect(printed).not.toContain(TOKEN);
    expect(printed).not.toContain('someone@example.com');
  });

  it.each([
    [400, 'bad.request', 'bad-request'],
    [401, 'bad.credentials', 'signed-out'],
    [401, 'ip.not.authorized', 'ip-not-allowed'],
    [404, 'not.found', 'not-found'],
    [409, 'general.conflict', 'conflict'],
    [413, 'request.entity.too.large', 'bad-request'],
    [501, 'not.implemented', 'server-failed'],
    [451, 'legal.reasons', 'bad-request'],
  ])('of %i %s is %s, without another attempt', async (status, code, expected) => {
    const { client, server } = await serve((_request, response) => sendJson(response, status, { code }));
    expect((await failure(client.request(GET, run))).code).toBe(expected);
    expect(server.received).toHaveLength(1);
  });

  it('that is not in the words of the API is unclear: tried again, and never "forbidden" or "signed out"', async () => {
    const { client, server, signedOut } = await serve((_request, response, call) => {
      if (call === 1) response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>Bad</h1>');
      else if (call === 2) sendJson(response, 401, { code: 7, message: ['x'], contextId: null });
      else if (call === 3) sendJson(response, 403, { message: 'Forbidden' });
      else if (call === 4) response.writeHead(401).end();
      else response.writeHead(400, { 'content-type': 'application/json' }).end('x'.repeat(200_000));
    });
    const error = await failure(client.request(GET, run));
    expect(error).toMatchObject({ code: 'unexpected-answer', details: { status: 400 } });
    expect(error.message).toContain('not as Genesys Cloud does it');
    expect(server.received).toHaveLength(5);
    expect(signedOut).toEqual([]);
  });

  it('with 401 is reported once, with the token that was sent; the address of the computer is no sign-out', async () => {
    const { client, signedOut } = await serve((_request, response, call) =>
      sendJson(response, 401, { code: call === 1 ? 'bad.credentials' : 'ip.not.authorized' }),
    );
    await failure(client.request(GET, run));
    await failure(client.request(GET, run));
    expect(signedOut).toEqual([TOKEN]);
  });

  it('with 401 is tried once more with a new token', async () => {
    const tokens = ['old', 'new', 'newer'].map(createSecret);
    let at = 0;
    const { client, server } = await serve(
      (_request, response) => sendJson(response, 401, { code: 'bad.credentials' }),
      {
        token: () => tokens[at]!,
        onSignedOut: () => {
          at += 1;
          return Promise.resolve({ kind: 'renewed' });
        },
      },
    );
    expect((await failure(client.request(GET, run))).code).toBe('signed-out');
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
  });
});

describe('trying again', () => {
  const flaky =
    (failures: number, fail: Answering): Answering =>
    (request, response, call) => {
      if (call <= failures) fail(request, response, call);
      else sendJson(response, 200, { id: 'a' });
    };

  it.each<[string, Answering]>([
    ['500', (_request, response) => sendJson(response, 500, {})],
    [
      '502 with HTML',
      (_request, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<b>'),
    ],
    ['503', (_request, response) => sendJson(response, 503, {})],
    ['408', (_request, response) => sendJson(response, 408, {})],
    ['a reset', (_request, response) => response.destroy()],
    [
      'a truncated body',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
        response.write('{"id":', () => response.destroy());
      },
    ],
  ])('gets over %s', async (_what, fail) => {
    const { client, server, sleeps, gate } = await serve(flaky(2, fail));
    expect((await client.request(GET, run)).body).toEqual({ id: 'a' });
    expect(server.received).toHaveLength(3);
    expect(sleeps).toEqual([1000, 2000]);
    expect(gate.passed).toBe(3);
  });

  it('ends after five attempts, with waits drawn between nothing and twice the last bound', async () => {
    const fail: Answering = (_request, response) => sendJson(response, 503, { message: 'down' });
    const { client, server, sleeps } = await serve(fail, { random: () => 0.5 });
    expect(await failure(client.request(GET, run))).toMatchObject({ code: 'server-failed', message: 'down' });
    expect(server.received).toHaveLength(5);
    expect(sleeps).toEqual([500, 1000, 2000, 4000]);
  });

  it('is not for a PUT or DELETE, whose answer may be lost; but for a POST that only looks up', async () => {
    const { client, server } = await serve(flaky(1, (_request, response) => response.destroy()));
    expect((await failure(client.request({ ...GET, method: 'PUT', body: {} }, run))).code).toBe('offline');
    expect(server.received).toHaveLength(1);
    const second = await serve(flaky(1, (_request, response) => response.destroy()));
    const search = { ...GET, method: 'POST', body: {}, repeatable: true } as const;
    expect((await second.client.request(search, run)).body).toEqual({ id: 'a' });
  });

  it('after a 429 waits as told, for everyone, and counts no attempt; a PUT too', async () => {
    const { client, gate, sleeps } = await serve(
      flaky(7, (_request, response, call) =>
        sendJson(response, 429, {}, call === 1 ? {} : { 'retry-after': String(call) }),
      ),
    );
    expect((await client.request({ ...GET, method: 'PUT', body: {} }, run)).body).toEqual({ id: 'a' });
    expect(gate.closures).toEqual([3000, 2000, 3000, 4000, 5000, 6000, 7000]);
    expect(sleeps).toEqual([]);
  });

  it('counts from the server’s own clock when told to wait until a moment', async () => {
    const headers = {
      date: 'Thu, 01 Jan 2015 12:00:00 GMT',
      'retry-after': 'Thu, 01 Jan 2015 12:00:20 GMT',
    };
    const { client, gate } = await serve(
      flaky(1, (_request, response) => sendJson(response, 429, {}, headers)),
    );
    await client.request(GET, run);
    expect(gate.closures).toEqual([20_000]);
  });

  it('gives up when told to wait for long, or again and again', async () => {
    const long = await serve((_request, response) => sendJson(response, 429, {}, { 'retry-after': '181' }));
    expect((await failure(long.client.request(GET, run))).code).toBe('rate-limited');
    expect(long.server.received).toHaveLength(1);
    expect(long.gate.closures).toEqual([]);
    const again = await serve((_request, response) => sendJson(response, 429, {}, { 'retry-after': '1' }));
    expect((await failure(again.client.request(GET, run))).code).toBe('rate-limited');
    expect(again.server.received).toHaveLength(21);
  });

  it('says offline when the server was not reached, as fetch tells it in Node and in Electron', async () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const errors = [
      new TypeError('fetch failed', { cause: refused }),
      new TypeError('fetch failed', { cause: new AggregateError([refused]) }),
      new Error('net::ERR_INTERNET_DISCONNECTED'),
    ];
    for (const error of errors) {
      const { client } = testClient('https://api.example', { fetch: () => Promise.reject(error) });
      expect(await client.sendOnce(GET, run)).toMatchObject({ kind: 'no-answer', trouble: 'offline' });
      expect((await failure(client.request(GET, run))).code).toBe('offline');
    }
  });

  it('does not insist on a certificate that does not hold', async () => {
    const { client, sleeps } = testClient('https://api.example', {
      fetch: () => Promise.reject(new Error('net::ERR_CERT_AUTHORITY_INVALID')),
    });
    expect((await failure(client.request(GET, run))).code).toBe('not-trusted');
    expect(sleeps).toEqual([]);
  });
});

describe('time and abort', () => {
  it('gives a hanging server up after the time limit', async () => {
    const { client } = await serve(() => undefined, { timeoutMs: 30 });
    let sent = 0;
    const error = await failure(client.request({ ...GET, onSend: () => (sent += 1) }, run));
    expect(error).toMatchObject({ code: 'timed-out', message: 'There was no answer within 0.03 seconds.' });
    expect(sent).toBe(5);
  });

  it('gives a body that never ends up, too', async () => {
    const { client } = await serve(
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"id":');
      },
      { timeoutMs: 30 },
    );
    expect(await client.sendOnce(GET, run)).toMatchObject({ kind: 'no-answer', trouble: 'timed-out' });
  });

  it('ends with the reason when aborted while waiting for an answer', async () => {
    const stop = new AbortController();
    const { client, signedOut } = await serve(() => stop.abort(new Error('stopped by a person')));
    await expect(client.request(GET, stop.signal)).rejects.toThrow('stopped by a person');
    expect(signedOut).toEqual([]);
  });

  it('sends nothing when aborted before', async () => {
    const { client, server } = await serve(fine);
    const signal = AbortSignal.abort(new Error('stopped before'));
    await expect(client.sendOnce(GET, signal)).rejects.toThrow('stopped before');
    expect(server.received).toHaveLength(0);
  });

  it('lets an answer that comes after the abort change nothing', async () => {
    const stop = new AbortController();
    let answerNow = (): void => undefined;
    const { client, signedOut } = await serve((_request, response) => {
      answerNow = () => sendJson(response, 401, {});
      stop.abort(new Error('stopped'));
    });
    await expect(client.request(GET, stop.signal)).rejects.toThrow('stopped');
    answerNow();
    await new Promise((resolve) => setImmediate(resolve));
    expect(signedOut).toEqual([]);
  });
});
