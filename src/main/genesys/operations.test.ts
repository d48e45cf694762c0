import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { createSecret } from '../secrets/secret.ts';
import type { Hosts } from './hosts.ts';
import { readRateLimit } from './limits.ts';
import { getMe } from './me.ts';
import { requestClientCredentials } from './oauth.ts';
import { getOrganization } from './organization.ts';
import { askPermissions } from './permissions.ts';
import { sendJson, startTestServer, testClient, type Answering } from './testing-server.fixture.ts';
import { readTimeout, saveTimeout } from './timeout.ts';
import { deleteMyToken, getTokenInfo, revokeUserTokens, verifyToken } from './tokens.ts';
import { createDirectory } from './users.ts';

const run = new AbortController().signal;
const USER = '0f8fad5b-d9cb-469f-a165-70867728950e';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({
    users: 400,
    limit: 100_000,
    timeoutExtras: { futureField: { keep: ['me'] } },
  });
});
afterAll(() => simulator.close());
beforeEach(() => simulator.reset());

const clientOf = (token: string) => testClient(simulator.api, { token: () => createSecret(token) });
const admin = () => clientOf(simulator.token);

async function serve(answer: Answering) {
  const server = await startTestServer(answer);
  return { server, ...testClient(server.base) };
}

describe('the own token', () => {
  it('is read without keeping it alive', async () => {
    const { client } = admin();
    const info = await getTokenInfo(client, run);
    expect(info).toMatchObject({ organization: { id: simulator.org.id, name: simulator.org.name } });
    const { client: watched, server } = await serve((_request, response) => sendJson(response, 200, {}));
    expect(await getTokenInfo(watched, run)).toEqual({});
    expect(server.received[0]!.url).toBe('/api/v2/tokens/me?preserveIdleTTL=true');
  });

  it('is valid, then ended, then invalid; ending it again is no error', async () => {
    const { client, clock, signedOut } = admin();
    expect(await verifyToken(client, clock, run)).toMatchObject({ valid: true, status: 200 });
    await deleteMyToken(client, run);
    expect(await verifyToken(client, clock, run)).toMatchObject({ valid: false, status: 401 });
    expect(signedOut).toHaveLength(1);
    await deleteMyToken(client, run);
    expect(signedOut).toHaveLength(1);
  });

  it('is neither valid nor invalid when the server fails', async () => {
    const { client, clock } = await serve((_request, response) => response.writeHead(503).end());
    await expect(verifyToken(client, clock, run)).rejects.toMatchObject({ error: { code: 'server-failed' } });
    await expect(deleteMyToken(client, run)).rejects.toMatchObject({ error: { code: 'server-failed' } });
  });

  it('tells who it belongs to', async () => {
    const { user, permissions } = await getMe(admin().client, run);
    expect(user.id).toBe(simulator.userId);
    expect(permissions).toContain('oauth:token:delete');
    expect(await getOrganization(admin().client, run)).toMatchObject({
      id: simulator.org.id,
      name: simulator.org.name,
    });
  });
});

describe("a user's tokens", () => {
  it('are revoked, as the ledger knows', async () => {
    const user = simulator.org.user(7);
    const answer = await revokeUserTokens(admin().client, user.id, run);
    expect(answer).toMatchObject({ kind: 'revoked', status: 204 });
    expect(Object.keys(simulator.ledger().revocations)).toEqual([user.id]);
    expect(await revokeUserTokens(admin().client, USER, run)).toMatchObject({
      kind: 'not-found',
      status: 404,
    });
  });

  it('are never "me", "timeout" or a path', async () => {
    const { client, server } = await serve((_request, response) => sendJson(response, 200, {}));
    for (const id of ['me', 'timeout', '', '..', `${USER}/x`, `${USER}?x`]) {
      expect(await revokeUserTokens(client, id, run)).toMatchObject({ kind: 'refused' });
    }
    expect(server.received).toHaveLength(0);
  });

  it.each<[string, Answering, object]>([
    ['204', (_request, response) => response.writeHead(204).end(), { kind: 'revoked', status: 204 }],
    [
      '401',
      (_request, response) => sendJson(response, 401, { code: 'bad.credentials', message: 'no' }),
      { kind: 'signed-out', status: 401, message: 'no', correlationId: 'corr-1' },
    ],
    [
      '401 for the address of this computer',
      (_request, response) => sendJson(response, 401, { code: 'ip.not.authorized', message: 'ip' }),
      { kind: 'ip-not-allowed', status: 401, message: 'ip' },
    ],
    [
      '403',
      (_request, response) =>
        sendJson(response, 403, { code: 'missing.any.permissions', message: 'missing' }),
      { kind: 'forbidden', status: 403, message: 'missing', apiCode: 'missing.any.permissions' },
    ],
    [
      '404 of a web server, which knows no users',
      (_request, response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404</h1>'),
      { kind: 'unclear', status: 404 },
    ],
    [
      '409',
      (_request, response) => sendJson(response, 409, { code: 'request.conflict', message: 'conflict' }),
      { kind: 'unclear', status: 409, message: 'conflict', trouble: null },
    ],
    [
      '408',
      (_request, response) => sendJson(response, 408, {}),
      { kind: 'unclear', status: 408, trouble: null },
    ],
    [
      '429 with a time',
      (_request, response) => sendJson(response, 429, {}, { 'retry-after': '12' }),
      { kind: 'rate-limited', status: 429, retryAfterMs: 12_000 },
    ],
    [
      '429 without one',
      (_request, response) => sendJson(response, 429, {}),
      { kind: 'rate-limited', status: 429, retryAfterMs: null },
    ],
    [
      '503',
      (_request, response) => sendJson(response, 503, {}),
      { kind: 'unclear', status: 503, trouble: null },
    ],
    [
      'a reset',
      (_request, response) => response.destroy(),
      { kind: 'unclear', status: null, trouble: 'broken-off' },
    ],
    [
      'a redirect',
      (_request, response) => response.writeHead(302, { location: 'https://login.example' }).end(),
      { kind: 'unclear', status: 302, trouble: 'portal' },
    ],
    [
      'a web page',
      (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
      { kind: 'unclear', status: 200, trouble: 'portal' },
    ],
  ])('answered with %s end in one kind, after one request', async (_what, answer, expected) => {
    const { client, server, gate } = await serve(answer);
    expect(await revokeUserTokens(client, USER, run)).toMatchObject(expected);
    expect(server.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `DELETE /api/v2/tokens/${USER}`,
    ]);
    expect(gate.passed).toBe(0);
  });
});

describe('the directory', () => {
  it('finds users by id in every state, and asks once for a hundred', async () => {
    const { client } = admin();
    const directory = createDirectory(client);
    const ids = Array.from({ length: 100 }, (_, index) => simulator.org.user(index + 200).id);
    const users = await directory.usersByIds([...ids.slice(0, 99), USER], run);
    expect(users.map(({ id }) => id).sort()).toEqual(ids.slice(0, 99).sort());
    expect(new Set(users.map(({ state }) => state))).toContain('deleted');
    expect(directory.calls).toBe(1);
    await expect(directory.usersByIds([...ids, USER], run)).rejects.toThrow(RangeError);
  });

  it('finds users by address without case, in every state, at most 50 a call', async () => {
    const directory = createDirectory(admin().client);
    const people = Array.from({ length: 49 }, (_, index) => simulator.org.user(index + 200));
    const addresses = people.map(({ email }, index) => (index % 2 ? email.toUpperCase() : ` ${email} `));
    const users = (await directory.usersByEmails([...addresses, 'nobody@example.invalid'], run)).items;
    const expected = people.flatMap(({ email }) => simulator.org.byEmail(email).map(({ id }) => id));
    expect(users.map(({ id }) => id).sort()).toEqual([...new Set(expected)].sort());
    expect(users.some(({ state }) => state === 'deleted')).toBe(true);
    const tooMany = Array.from({ length: 51 }, (_, n) => `${n}@x.org`);
    await expect(directory.usersByEmails(tooMany, run)).rejects.toThrow(RangeError);
  });

  it('asks nothing when nothing is asked, since no filter would mean everybody', async () => {
    const { client, server } = await serve((_request, response) => sendJson(response, 200, {}));
    const directory = createDirectory(client);
    expect(await directory.usersByIds([], run)).toEqual([]);
    expect(await directory.usersByIds(['not-an-id', ''], run)).toEqual([]);
    expect(await directory.usersByEmails(['', '  '], run)).toEqual({ kind: 'whole', items: [] });
    expect(server.received).toHaveLength(0);
  });

  it('refuses users that nobody asked for', async () => {
    const { client } = await serve((_request, response) =>
      sendJson(response, 200, { entities: [{ id: USER }, { id: USER.replace('0', '1') }] }),
    );
    await expect(createDirectory(client).usersByIds([USER], run)).rejects.toMatchObject({
      error: { code: 'unexpected-answer' },
    });
  });

  it('drops search results for other addresses, and never goes where nextUri or nextPage points', async () => {
    const other = await startTestServer((_request, response) => sendJson(response, 200, {}));
    const elsewhere = `${other.base}/api/v2/users/search?q64=x`;
    const { client, server } = await serve((request, response) => {
      const { pageNumber } = JSON.parse(request.body) as { pageNumber: number };
      sendJson(response, 200, {
        total: 4,
        pageCount: 2,
        pageSize: 100,
        pageNumber,
        nextPage: elsewhere,
        nextUri: elsewhere,
        types: ['users'],
        results: [
          { id: `id-${pageNumber}`, email: 'A@x.org', name: 'A', state: 'inactive' },
          { id: 'wrong', email: 'aa@x.org' },
          { id: 'none' },
        ],
      });
    });
    const { items: users } = await createDirectory(client).usersByEmails(['a@X.org'], run);
    expect(users.map(({ id, state }) => [id, state])).toEqual([
      ['id-1', 'inactive'],
      ['id-2', 'inactive'],
    ]);
    expect(server.received).toHaveLength(2);
    expect(other.received).toHaveLength(0);
  });

  it('asks for addresses in small letters, and tells by whose username another was found', async () => {
    const { client, server } = await serve((request, response) => {
      const { query } = JSON.parse(request.body) as { query: { fields: string[] }[] };
      const results = query[0]!.fields.includes('username')
        ? [{ id: 'ann', email: 'ann.new@x.org', username: 'Ann@X.org' }]
        : [];
      sendJson(response, 200, { total: results.length, pageCount: 1, results, types: [] });
    });
    const directory = createDirectory(client);
    expect((await directory.usersByEmails(['Ann@X.org', 'bob@x.org'], run)).items).toEqual([]);
    const { items } = await directory.usersByUsernames(['Ann@X.org', 'bob@x.org'], run);
    expect(items).toMatchObject([{ id: 'ann', email: 'ann.new@x.org', username: 'Ann@X.org' }]);
    expect(server.received).toHaveLength(2);
    expect(server.received[0]!.body).toContain('["ann@x.org","bob@x.org"]');
  });

  it('does not page for ever', async () => {
    const { client, server } = await serve((_request, response) =>
      sendJson(response, 200, { total: 1e9, pageCount: 1e7, results: [], types: [] }),
    );
    await expect(createDirectory(client).usersByEmails(['a@x.org'], run)).rejects.toMatchObject({
      error: { code: 'too-many-users' },
    });
    expect(server.received).toHaveLength(1);
  });
});

describe('permissions and limits', () => {
  const clientCredentials = async (client: Simulator['clients']['full']) => {
    const hosts: Hosts = { apiBase: simulator.api, loginBase: simulator.login, allowLoopbackHttp: true };
    const clientSecret = createSecret(client.secret!);
    const credentials = { hosts, clientId: client.id, clientSecret, fetch: globalThis.fetch };
    return requestClientCredentials(credentials, run);
  };

  it('are asked one by one for client credentials', async () => {
    const full = await clientCredentials(simulator.clients.full);
    expect(await askPermissions(clientOf(full.token.reveal()).client, run)).toEqual({
      'oauth:token:delete': 'held',
      'directory:organization:admin': 'held',
      'directory:user:view': 'held',
    });
    const limited = await clientCredentials(simulator.clients.limited);
    expect(await askPermissions(clientOf(limited.token.reveal()).client, run)).toMatchObject({
      'oauth:token:delete': 'missing',
    });
  });

  it('are unknown where they cannot be asked; a dead token is another matter', async () => {
    const { client } = await serve((_request, response) => sendJson(response, 400, { code: 'bad.request' }));
    expect(Object.values(await askPermissions(client, run))).toEqual(['unknown', 'unknown', 'unknown']);
    const dead = await serve((_request, response) => sendJson(response, 401, { code: 'bad.credentials' }));
    await expect(askPermissions(dead.client, run)).rejects.toMatchObject({ error: { code: 'signed-out' } });
  });

  it('has the limit that the org tells, the smallest that applies', async () => {
    const org = await startSimulator({ users: 50, limit: 600 });
    onTestFinished(() => org.close());
    const { client: limited } = testClient(org.api, { token: () => createSecret(org.token) });
    expect((await readRateLimit(limited, 'user', run)).perMinute).toBe(600);
    const { client } = await serve((_request, response) =>
      sendJson(response, 200, {
        entities: [
          { key: 'token.rate.per.minute', value: 300 },
          { key: 'org.app.user.rate.per.minute', value: 250.5 },
          { key: 'client.credentials.token.rate.per.minute', value: 700 },
          { key: 'request.bytes.max', value: 10 },
        ],
      }),
    );
    expect(await readRateLimit(client, 'user', run)).toEqual({
      perMinute: 250,
      source: { kind: 'told', key: 'org.app.user.rate.per.minute' },
    });
    expect((await readRateLimit(client, 'client', run)).perMinute).toBe(700);
  });

  it.each([{}, { entities: [] }, { entities: [{ key: 'token.rate.per.minute', value: 0 }] }, 'nonsense'])(
    'falls back to 300 when told %j',
    async (body) => {
      const { client } = await serve((_request, response) => sendJson(response, 200, body));
      expect(await readRateLimit(client, 'user', run)).toMatchObject({
        perMinute: 300,
        source: { kind: 'assumed' },
      });
    },
  );
});

describe('the idle timeout', () => {
  const change = { enabled: true, seconds: 3600, unit: 'Hours' } as const;

  it('is changed as a whole, so that fields nobody here knows survive', async () => {
    const { client, clock } = admin();
    const before = await readTimeout(client, clock, run);
    expect(before).toMatchObject({ enabled: true, seconds: 7200 });
    const saved = await saveTimeout(client, clock, { change, expected: before.json }, run);
    expect(saved).toMatchObject({ kind: 'saved', value: { enabled: true, seconds: 3600, unit: 'Hours' } });
    expect(JSON.parse((await readTimeout(client, clock, run)).json)).toEqual({
      ...(JSON.parse(before.json) as object),
      idleTokenTimeoutSeconds: 3600,
      inactivityTimeoutUnit: 'Hours',
    });
  });

  it('is not touched when somebody changed it since', async () => {
    const { client, clock } = admin();
    const before = await readTimeout(client, clock, run);
    await saveTimeout(client, clock, { change, expected: before.json }, run);
    const again = { change: { ...change, seconds: 600 }, expected: before.json };
    const result = await saveTimeout(client, clock, again, run);
    expect(result).toMatchObject({ kind: 'changed-meanwhile', current: { seconds: 3600 } });
    expect((await readTimeout(client, clock, run)).seconds).toBe(3600);
  });

  it.each([299, 28_801, 300.5, Number.NaN, -1])('refuses %d seconds before any call', async (seconds) => {
    const { client, server, clock } = await serve((_request, response) => sendJson(response, 200, {}));
    const input = { change: { ...change, seconds }, expected: '{}' };
    await expect(saveTimeout(client, clock, input, run)).rejects.toMatchObject({
      error: { code: 'invalid-input' },
    });
    await expect(saveTimeout(client, clock, { change, expected: 'no' }, run)).rejects.toMatchObject({
      error: { code: 'invalid-input' },
    });
    expect(server.received).toHaveLength(0);
  });

  it('is saved even when the answer to the PUT was lost, and sent once', async () => {
    const { client, clock } = admin();
    const { json } = await readTimeout(client, clock, run);
    simulator.addFaults({ kind: 'answer-lost', route: 'PUT /api/v2/tokens/timeout' });
    expect(await saveTimeout(client, clock, { change, expected: json }, run)).toMatchObject({
      kind: 'saved',
    });
    const puts = simulator.ledger().requests.filter(({ route }) => route.startsWith('PUT'));
    expect(puts).toHaveLength(1);
  });

  // The vendor describes the code as a failure of its own network.
  it('is read back when the API’s own network failed', async () => {
    const stored = { enableIdleTokenTimeout: true, idleTokenTimeoutSeconds: 900 };
    let now: object = stored;
    const { client, clock } = await serve((request, response) => {
      if (request.method === 'PUT') {
        now = JSON.parse(request.body) as object;
        sendJson(response, 400, { code: 'client.failed.request', message: 'Failed', status: 400 });
      } else sendJson(response, 200, now);
    });
    const input = { change, expected: JSON.stringify(stored) };
    expect(await saveTimeout(client, clock, input, run)).toMatchObject({ kind: 'saved' });
  });

  it('is an error when the PUT was lost on its way', async () => {
    const { client, clock } = admin();
    const { json } = await readTimeout(client, clock, run);
    simulator.addFaults({ kind: 'reset', route: 'PUT /api/v2/tokens/timeout' });
    await expect(saveTimeout(client, clock, { change, expected: json }, run)).rejects.toMatchObject({
      error: { code: 'offline' },
    });
  });

  it.each([
    ['text/plain', 'Blocked by policy'],
    ['application/json', '{"error":"blocked"}'],
  ])('was not written where something else answers the PUT, as %s', async (type, text) => {
    const stored = { enableIdleTokenTimeout: true, idleTokenTimeoutSeconds: 900 };
    const { client, clock } = await serve((request, response) => {
      if (request.method === 'PUT') response.writeHead(200, { 'content-type': type }).end(text);
      else sendJson(response, 200, stored);
    });
    const written: unknown[] = [];
    const observer = {
      read: () => Promise.resolve(),
      written: (value: unknown) => Promise.resolve(void written.push(value)),
    };
    const input = { change, expected: JSON.stringify(stored) };
    await expect(saveTimeout(client, clock, input, run, observer)).rejects.toMatchObject({
      error: { code: 'unexpected-answer' },
    });
    expect(written).toEqual([]);
  });

  it('is saved when the PUT is answered with nothing', async () => {
    let now: object = { enableIdleTokenTimeout: true, idleTokenTimeoutSeconds: 900 };
    const expected = JSON.stringify(now);
    const { client, clock } = await serve((request, response) => {
      if (request.method === 'PUT') {
        now = JSON.parse(request.body) as object;
        response.writeHead(204).end();
      } else sendJson(response, 200, now);
    });
    expect(await saveTimeout(client, clock, { change, expected }, run)).toMatchObject({ kind: 'saved' });
  });

  it('is not as sent when reading back shows something else', async () => {
    const stored = {
      enableIdleTokenTimeout: true,
      idleTokenTimeoutSeconds: 900,
      inactivityTimeoutGroupsEnabled: true,
    };
    let now: object = stored;
    const { client, clock } = await serve((request, response) => {
      if (request.method === 'PUT') now = { ...stored, idleTokenTimeoutSeconds: 900 };
      sendJson(response, 200, now);
    });
    const input = { change, expected: JSON.stringify(stored) };
    expect(await saveTimeout(client, clock, input, run)).toMatchObject({
      kind: 'not-as-sent',
      value: { seconds: 900 },
    });
  });

  it.each([400, 403, 429])(
    'says that it was sent when reading back is refused with %i, and not that nothing changed',
    async (status) => {
      const stored = { enableIdleTokenTimeout: true, idleTokenTimeoutSeconds: 900 };
      let sent = false;
      const { client, clock } = await serve((request, response) => {
        sent ||= request.method === 'PUT';
        if (sent && request.method === 'GET')
          sendJson(response, status, { code: 'some.code', message: 'no' });
        else sendJson(response, 200, stored);
      });
      const input = { change, expected: JSON.stringify(stored) };
      await expect(saveTimeout(client, clock, input, run)).rejects.toMatchObject({
        error: {
          code: 'server-failed',
          message: 'The change was sent; whether it is saved could not be read back: no',
          details: { status },
        },
      });
    },
  );

  it('is not what an error in its place says', async () => {
    const { client, clock } = await serve((_request, response) =>
      sendJson(response, 200, { error: 'blocked by policy' }),
    );
    await expect(readTimeout(client, clock, run)).rejects.toMatchObject({
      error: { code: 'unexpected-answer' },
    });
    const empty = await serve((_request, response) => sendJson(response, 200, {}));
    expect(await readTimeout(empty.client, empty.clock, run)).toMatchObject({ enabled: null, seconds: null });
  });

  it('may lose its length while it is off, but no other field', async () => {
    const stored = { enableIdleTokenTimeout: true, idleTokenTimeoutSeconds: 900, groups: ['a'] };
    const off = { change: { ...change, enabled: false }, expected: JSON.stringify(stored) };
    const after = async (left: object) => {
      let now: object = stored;
      const { client, clock } = await serve((request, response) => {
        if (request.method === 'PUT') now = left;
        sendJson(response, 200, now);
      });
      return (await saveTimeout(client, clock, off, run)).kind;
    };
    expect(await after({ enableIdleTokenTimeout: false, groups: ['a'] })).toBe('saved');
    expect(await after({ enableIdleTokenTimeout: false })).toBe('not-as-sent');
    expect(await after({ groups: ['a'] })).toBe('not-as-sent');
  });
});

describe('client credentials', () => {
  const ask = (loginBase: string, more: { secret?: string; timeoutMs?: number; signal?: AbortSignal } = {}) =>
    requestClientCredentials(
      {
        hosts: { apiBase: simulator.api, loginBase, allowLoopbackHttp: true },
        clientId: simulator.clientId,
        clientSecret: createSecret(more.secret ?? simulator.clientSecret),
        fetch: globalThis.fetch,
        ...(more.timeoutMs !== undefined && { timeoutMs: more.timeoutMs }),
      },
      more.signal ?? run,
    );

  it('get a token that works, and its life', async () => {
    const { token, expiresInSeconds } = await ask(simulator.login);
    expect(expiresInSeconds).toBe(86_400);
    expect(await getTokenInfo(clientOf(token.reveal()).client, run)).toMatchObject({
      OAuthClient: { id: simulator.clientId, authorizedGrantType: 'CLIENT-CREDENTIALS' },
    });
  });

  it('are not carried on by an error that quotes them', async () => {
    const server = await startTestServer(({ headers }, response) => {
      const basic = headers.authorization?.replace('Basic ', '') ?? '';
      const secret = Buffer.from(basic, 'base64').toString().split(':')[1] ?? '';
      const description = `Not ${secret}, ${encodeURIComponent(secret)} or ${basic}`;
      sendJson(response, 400, { error: 'invalid_request', error_description: description });
    });
    const refused = ask(server.base, { secret: 'top/secret+words' });
    await expect(refused).rejects.toMatchObject({
      error: { code: 'bad-request', message: 'Not [secret], [secret] or [secret]' },
    });
  });

  it('send id and secret as the official SDKs do, and the secret nowhere else', async () => {
    const server = await startTestServer((_request, response) =>
      sendJson(response, 200, { access_token: 'abc', token_type: 'Bearer', expires_in: 60 }),
    );
    expect((await ask(server.base)).expiresInSeconds).toBe(60);
    const [sent] = server.received;
    const pair = Buffer.from(`${simulator.clientId}:${simulator.clientSecret}`).toString('base64');
    expect(sent).toMatchObject({
      method: 'POST',
      url: '/oauth/token',
      body: 'grant_type=client_credentials',
    });
    expect(sent!.headers.authorization).toBe(`Basic ${pair}`);
  });

  const rejected: readonly [string, Answering, string][] = [
    [
      '401',
      (_request, response) => sendJson(response, 401, { error: 'invalid_client' }),
      'wrong-credentials',
    ],
    [
      '401 with a challenge',
      (_request, response) => sendJson(response, 401, {}, { 'www-authenticate': 'Basic realm="x"' }),
      'wrong-credentials',
    ],
    [
      '400 invalid_client',
      (_request, response) => sendJson(response, 400, { error: 'invalid_client' }),
      'wrong-credentials',
    ],
    [
      '400 rate limit',
      (_request, response) =>
        sendJson(response, 400, { error: 'invalid_request', error_description: 'rate limit exceeded; wait' }),
      'login-rate-limited',
    ],
    ['400', (_request, response) => sendJson(response, 400, { error: 'invalid_request' }), 'bad-request'],
    ['503', (_request, response) => response.writeHead(503).end('busy'), 'server-failed'],
    [
      'a page',
      (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
      'portal',
    ],
    [
      'the page of a proxy with a challenge',
      (_request, response) =>
        response
          .writeHead(401, { 'content-type': 'text/html', 'www-authenticate': 'Basic realm="proxy"' })
          .end('<h1>Who are you?</h1>'),
      'portal',
    ],
    [
      'no token',
      (_request, response) => sendJson(response, 200, { token_type: 'bearer' }),
      'unexpected-answer',
    ],
    [
      'a huge answer',
      (_request, response) => response.writeHead(200).end('x'.repeat(100_000)),
      'unexpected-answer',
    ],
    [
      'a redirect',
      (_request, response) => response.writeHead(307, { location: '/oauth/token' }).end(),
      'portal',
    ],
    ['a reset', (_request, response) => response.destroy(), 'offline'],
  ];
  it.each(rejected)('fail by name with %s, without the secret', async (_what, answer, code) => {
    const server = await startTestServer(answer);
    const error: unknown = await ask(server.base, { secret: 'hidden-s3cret' }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ error: { code } });
    expect(JSON.stringify((error as { error: unknown }).error)).not.toContain('hidden-s3cret');
    expect(server.received).toHaveLength(1);
  });

  it('are wrong with a wrong secret', async () => {
    await expect(ask(simulator.login, { secret: 'wrong' })).rejects.toMatchObject({
      error: { code: 'wrong-credentials' },
    });
  });

  it('give up in time, and when told to', async () => {
    const silent = await startTestServer(() => undefined);
    await expect(ask(silent.base, { timeoutMs: 30 })).rejects.toMatchObject({ error: { code: 'timed-out' } });
    const stop = new AbortController();
    const stopping = await startTestServer(() => stop.abort(new Error('stopped')));
    await expect(ask(stopping.base, { signal: stop.signal })).rejects.toThrow('stopped');
  });
});
