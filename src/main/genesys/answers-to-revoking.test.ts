import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sendJson, startTestServer, testClient, type Answering } from './testing-server.fixture.ts';
import { deleteMyToken, getTokenInfo, revokeUserTokens, verifyToken } from './tokens.ts';

// What comes back to a revocation: from the API as its description has it, and from what stands in between.

const USER = '2f0e6a3e-4a0b-4c6d-8f1a-0b1c2d3e4f50';
const run = new AbortController().signal;

async function serve(answer: Answering, options: Parameters<typeof testClient>[1] = {}) {
  const server = await startTestServer(answer);
  return { server, ...testClient(server.base, options) };
}

const plain =
  (status: number, type: string | null, body: string): Answering =>
  (_request, response) =>
    response.writeHead(status, type === null ? {} : { 'content-type': type }).end(body);
const stalling =
  (status: number): Answering =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.write(' ');
  };

/** An answer of 200 as it stands on the wire, and then the end of its connection. */
const onTheWire =
  (headers: string, body: string | Buffer, end: 'ended' | 'reset' = 'ended'): Answering =>
  (_request, { socket }) => {
    const head = Buffer.from(`HTTP/1.1 200 OK\r\n${headers}\r\n\r\n`);
    socket?.write(Buffer.concat([head, Buffer.from(body)]), () => {
      if (end === 'reset') socket.resetAndDestroy();
      else socket.end();
    });
  };
const GZIP = 'content-encoding: gzip\r\n';
const nothing = gzipSync('');
const blocked = gzipSync('{"message":"Blocked by policy"}');

const DONE: readonly [string, Answering][] = [
  ['204', plain(204, null, '')],
  ['204 that names a type', plain(204, 'text/plain', '')],
  ['200 with nothing', plain(200, null, '')],
  ['200 with nothing that is called JSON', plain(200, 'application/json', '')],
  ['200 with nothing, whose length is told', onTheWire('connection: close\r\ncontent-length: 0', '')],
  ['200 with nothing in chunks', onTheWire('transfer-encoding: chunked', '0\r\n\r\n')],
  ['200 with nothing, said to be packed', onTheWire(`${GZIP}content-length: 0`, '')],
  ['200 with nothing, packed', onTheWire(`${GZIP}content-length: ${nothing.length}`, nothing)],
  ['200 with an empty object', plain(200, 'application/json', '{}')],
  ['200 with an empty object and no type', plain(200, null, ' {}\n')],
  ['200 with an empty object behind a byte order mark', plain(200, 'Application/JSON', '\uFEFF{}')],
];

const NOT_DONE: readonly [string, Answering][] = [
  ['200 "Blocked by policy"', plain(200, 'text/plain', 'Blocked by policy')],
  ['200 with a page and no type', plain(200, null, '<html><body>Sign in</body></html>')],
  ['200 with a page', plain(200, 'text/html; charset=utf-8', '<p>Hotel Wi-Fi</p>')],
  ['200 with an error in JSON', plain(200, 'application/json', '{"error":"blocked"}')],
  ['200 with a list', plain(200, 'application/json', '[]')],
  ['200 with broken JSON', plain(200, 'application/json', '{')],
  ['200 with an empty object that is called text', plain(200, 'text/plain', '{}')],
  ['200 with bytes that are no text', (_request, response) => response.end(Buffer.from([0xff, 0xfe]))],
  ['200 whose packed body was cut', onTheWire(`${GZIP}content-length: 14`, blocked.subarray(0, 14))],
  ['200 whose packed body was cut to nothing', onTheWire(`${GZIP}transfer-encoding: chunked`, '0\r\n\r\n')],
  ['200 that is not packed as it says', onTheWire('content-encoding: br\r\ncontent-length: 3', 'abc')],
  ['200 with null', plain(200, 'application/json', 'null')],
  ['200 with what a virus scanner gives', plain(200, 'application/octet-stream', 'scanning')],
  ['200 with XML', plain(200, 'text/xml', '<ok/>')],
  ['201', plain(201, null, '')],
  ['202', plain(202, null, '')],
  ['203', plain(203, null, '')],
  ['206', plain(206, 'application/json', '{}')],
  ['205', plain(205, null, '')],
  ['207', plain(207, 'application/json', '{}')],
  ['299', plain(299, 'application/json', '{}')],
];

/** Whether the reset or the end of the body is seen first is chance. */
const RESET: readonly [string, Answering][] = [
  ['behind its headers', onTheWire('connection: close', '', 'reset')],
  ['before its first chunk', onTheWire('connection: close\r\ntransfer-encoding: chunked', '', 'reset')],
];

const NOT_IN_ITS_WORDS: readonly [string, Answering][] = [401, 403, 404, 400, 409].flatMap((status) => [
  [`${status} with a page`, plain(status, 'text/html', '<h1>Access denied</h1>')],
  [`${status} with text`, plain(status, 'text/plain', 'no')],
  [`${status} with nothing`, plain(status, null, '')],
  [`${status} of a gateway`, plain(status, 'application/json', '{"message":"Forbidden"}')],
  [`${status} of a proxy`, plain(status, 'application/json', '{"error":"blocked","code":17}')],
  [
    `${status} of a filter`,
    plain(status, 'application/json', '{"code":"ACCESS_DENIED","message":"blocked"}'),
  ],
  [
    `${status} as a problem (RFC 9457)`,
    plain(status, 'application/problem+json', '{"title":"Blocked","status":403}'),
  ],
  [`${status} that was cut`, plain(status, 'application/json', '{"message":"no","code":"missing.any.perm')],
  [
    `${status} inside of another error`,
    plain(status, 'application/json', '{"error":{"code":"bad.credentials","message":"no"}}'),
  ],
]);

describe('a revocation', () => {
  it.each(DONE)('answered with %s is done, for a user and for the own token', async (_what, answer) => {
    const { client } = await serve(answer);
    expect(await revokeUserTokens(client, USER, run)).toMatchObject({ kind: 'revoked' });
    // Another server: the first may be hanging up, and the call would be sent on its connection.
    const { client: own } = await serve(answer);
    await expect(deleteMyToken(own, run)).resolves.toBeUndefined();
  });

  it.each([...NOT_DONE, ...NOT_IN_ITS_WORDS])(
    'answered with %s is unclear, and signs nobody out',
    async (_what, answer) => {
      const { client, signedOut } = await serve(answer);
      expect(await revokeUserTokens(client, USER, run)).toMatchObject({ kind: 'unclear', sent: 'maybe' });
      await expect(deleteMyToken(client, run)).rejects.toMatchObject({
        error: { code: expect.stringMatching(/^(unexpected-answer|portal)$/) as string },
      });
      expect(signedOut).toEqual([]);
    },
  );

  it.each(RESET)('answered with 200 and reset %s is unclear', async (_what, answer) => {
    const { client } = await serve(answer);
    expect(await revokeUserTokens(client, USER, run)).toMatchObject({ kind: 'unclear', sent: 'maybe' });
    await expect(deleteMyToken(client, run)).rejects.toMatchObject({
      error: { code: expect.stringMatching(/^(unexpected-answer|offline)$/) as string },
    });
  });

  it('tells when it was sent, by the server’s clock', async () => {
    // The forms of a date and their example: RFC 9110, 5.6.7.
    const dates = [
      'Sun, 06 Nov 1994 08:49:37 GMT',
      'Sunday, 06-Nov-94 08:49:37 GMT',
      'Sun Nov  6 08:49:37 1994',
    ];
    for (const date of dates) {
      const { client } = await serve((_request, response) => response.writeHead(204, { date }).end());
      expect(await revokeUserTokens(client, USER, run), date).toMatchObject({
        sentAt: '1994-11-06T08:49:37.000Z',
      });
    }
    const slow = await serve((_request, response) => {
      void slow.clock.advance(2_500).then(() => response.writeHead(204, { date: dates[0] }).end());
    });
    expect(await revokeUserTokens(slow.client, USER, run)).toMatchObject({
      sentAt: '1994-11-06T08:49:34.500Z',
    });
    const { client } = await serve((_request, response) => {
      response.sendDate = false;
      response.writeHead(204).end();
    });
    expect(await revokeUserTokens(client, USER, run)).not.toHaveProperty('sentAt');
  });

  it.each([
    ['its first chunk', 'transfer-encoding: chunked'],
    ['its body', 'content-length: 2'],
  ])('answered with 200 that ends before %s is unclear', async (_what, headers) => {
    const { client } = await serve(onTheWire(headers, ''));
    expect(await revokeUserTokens(client, USER, run)).toMatchObject({ kind: 'unclear', sent: 'maybe' });
    await expect(deleteMyToken(client, run)).rejects.toMatchObject({ error: { code: 'offline' } });
  });

  it('whose body stalls is done after the headers of a 204, and unclear after those of a 200', async () => {
    // A 204 has no body, so what follows its headers is another answer's.
    const done = await serve((_request, response) => {
      response.socket?.write('HTTP/1.1 204 No Content\r\ninin-correlation-id: c\r\n\r\n');
    });
    expect(await revokeUserTokens(done.client, USER, run)).toMatchObject({ kind: 'revoked', status: 204 });
    const stalled = await serve(stalling(200), { timeoutMs: 50 });
    expect(await revokeUserTokens(stalled.client, USER, run)).toMatchObject({ kind: 'unclear' });
  });

  it('that the API’s own network failed is unclear, and so tried again', async () => {
    const body = { code: 'client.failed.request', message: 'Failed', status: 400 };
    const { client } = await serve((_request, response) => sendJson(response, 400, body));
    expect(await revokeUserTokens(client, USER, run)).toMatchObject({ kind: 'unclear', trouble: null });
  });

  it('that a failing server wants later keeps for how long', async () => {
    const { client } = await serve((_request, response) =>
      sendJson(response, 503, { code: 'service.unavailable' }, { 'retry-after': '60' }),
    );
    expect(await revokeUserTokens(client, USER, run)).toMatchObject({
      kind: 'unclear',
      retryAfterMs: 60_000,
    });
  });

  // The description has 409 for every operation; RFC 9110, 15.5.10: it may be asked again. Ending tokens twice does no harm.
  it('that conflicts with another request is unclear, and so tried again', async () => {
    const body = { code: 'request.conflict', message: 'Conflict', status: 409 };
    const { client } = await serve((_request, response) => sendJson(response, 409, body));
    expect(await revokeUserTokens(client, USER, run)).toMatchObject({ kind: 'unclear', trouble: null });
  });

  it('says whose words a refusal that is not the API’s is, and then that it is none', async () => {
    const { client } = await serve(plain(403, 'application/json', '{"message":"Forbidden"}'));
    expect(await revokeUserTokens(client, USER, run)).toMatchObject({
      message:
        'Forbidden. That is not as Genesys Cloud does it; a proxy or firewall in between may have answered.',
    });
  });

  it.each(['app.not.authorized.for.scope', 'authz.policy.denied', 'missing.division.permission'])(
    'refused with 403 %s keeps that code',
    async (apiCode) => {
      const { client } = await serve((_request, response) =>
        sendJson(response, 403, { code: apiCode, message: 'no', status: 403 }),
      );
      expect(await revokeUserTokens(client, USER, run)).toMatchObject({ kind: 'forbidden', apiCode });
    },
  );
});

// A portal answers every call, whoever it is for, so a run pauses for it; a bare 4xx may be about one user alone.
describe('who answered in the place of the API', () => {
  it.each<[string, Answering, string | null]>([
    ['a page with 200', plain(200, 'text/html', '<p>Hotel Wi-Fi</p>'), 'portal'],
    ['a page with 403', plain(403, 'text/html; charset=utf-8', '<h1>Blocked</h1>'), 'portal'],
    ['a page with 401', plain(401, 'text/html', '<h1>Who are you?</h1>'), 'portal'],
    ['511, as JSON', plain(511, 'application/json', '{}'), 'portal'],
    ['511, as a page', plain(511, 'text/html', '<p>Sign in</p>'), 'portal'],
    ['a 403 of a gateway', plain(403, 'application/json', '{"message":"Forbidden"}'), 'broken-off'],
    ['a 404 with nothing', plain(404, null, ''), 'broken-off'],
    ['a page of an overloaded server', plain(503, 'text/html', '<h1>Try later</h1>'), null],
  ])('%s is told apart', async (_what, answer, trouble) => {
    const { client } = await serve(answer);
    expect(await revokeUserTokens(client, USER, run)).toMatchObject({ kind: 'unclear', trouble });
  });
});

// By the description's words for it: "No authentication bearer token specified in authorization header". Nothing is said
// of the token then.
describe('a call whose token something in between took away', () => {
  const withoutToken: Answering = (_request, response) =>
    sendJson(response, 401, { code: 'authentication.required', message: 'No token', status: 401 });

  it('proves no token to be dead, and ends none', async () => {
    const { client, clock } = await serve((request, response, call) => {
      if (request.method === 'HEAD') response.writeHead(401).end();
      else withoutToken(request, response, call);
    });
    const expected = {
      error: { code: 'unexpected-answer', details: { apiCode: 'authentication.required' } },
    };
    await expect(verifyToken(client, clock, run)).rejects.toMatchObject(expected);
    await expect(deleteMyToken(client, run)).rejects.toMatchObject(expected);
    expect(await revokeUserTokens(client, USER, run)).toMatchObject({
      kind: 'signed-out',
      apiCode: 'authentication.required',
    });
  });
});

describe('an address that the org does not take calls from', () => {
  const notHere: Answering = (_request, response) =>
    sendJson(response, 401, { code: 'ip.not.authorized', message: 'ip', status: 401 });

  it('ends no token: the own one stays, the run can go on with it', async () => {
    const { client, signedOut } = await serve(notHere);
    await expect(deleteMyToken(client, run)).rejects.toMatchObject({ error: { code: 'ip-not-allowed' } });
    expect(await revokeUserTokens(client, USER, run)).toMatchObject({ kind: 'ip-not-allowed' });
    expect(signedOut).toEqual([]);
  });

  it.each<[string, number, string | null]>([
    ['text/plain', 200, 'text/plain'],
    ['a status that the API has not', 202, null],
    ['part of something', 206, 'application/json'],
  ])('is not called valid by something else that takes HEAD: %s', async (_what, status, type) => {
    const odd =
      (inWords: Answering): Answering =>
      (request, response, call) => {
        if (request.method !== 'HEAD') inWords(request, response, call);
        else response.writeHead(status, type === null ? {} : { 'content-type': type }).end();
      };
    const blocked = await serve(odd(plain(200, 'text/plain', 'Blocked by policy')));
    await expect(verifyToken(blocked.client, blocked.clock, run)).rejects.toMatchObject({
      error: { code: 'unexpected-answer' },
    });
    const dead = await serve(
      odd((_request, response) => sendJson(response, 401, { code: 'bad.credentials' })),
    );
    expect(await verifyToken(dead.client, dead.clock, run)).toMatchObject({ valid: false, status: 401 });
    const alive = await serve(odd((_request, response) => sendJson(response, 200, { organization: {} })));
    expect(await verifyToken(alive.client, alive.clock, run)).toMatchObject({ valid: true, status: 200 });
  });

  it('is told apart from a dead token when a HEAD, which has no words, is refused', async () => {
    const allowed = await serve((request, response, call) => {
      if (request.method === 'HEAD') response.writeHead(401).end();
      else notHere(request, response, call);
    });
    await expect(verifyToken(allowed.client, allowed.clock, run)).rejects.toMatchObject({
      error: { code: 'ip-not-allowed' },
    });
    expect(allowed.signedOut).toEqual([]);
    const dead = await serve((request, response) => {
      if (request.method === 'HEAD') response.writeHead(401).end();
      else sendJson(response, 401, { code: 'bad.credentials' });
    });
    expect(await verifyToken(dead.client, dead.clock, run)).toMatchObject({ valid: false, status: 401 });
    expect(dead.signedOut).toHaveLength(1);
  });
});

describe('what a token is', () => {
  it.each([{ error: 'blocked' }, { message: 'Forbidden' }, { code: 403, message: 'Forbidden' }])(
    'is not told by an error of something else that has the place of it: %j',
    async (body) => {
      const { client } = await serve((_request, response) => sendJson(response, 200, body));
      await expect(getTokenInfo(client, run)).rejects.toMatchObject({ error: { code: 'unexpected-answer' } });
    },
  );

  it('may be told without any of its fields, and with others', async () => {
    for (const body of [{}, { organization: { id: 'a' }, message: 'new' }, { later: 1 }]) {
      const { client } = await serve((_request, response) => sendJson(response, 200, body));
      expect(await getTokenInfo(client, run)).toMatchObject(body);
    }
  });
});
