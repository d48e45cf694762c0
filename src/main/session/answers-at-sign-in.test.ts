import { describe, expect, it } from 'vitest';
import { createSecret } from '../secrets/secret.ts';
import { readRateLimit } from '../genesys/limits.ts';
import { requestClientCredentials } from '../genesys/oauth.ts';
import { askPermissions } from '../genesys/permissions.ts';
import { sendJson, startTestServer, testClient, type Answering } from '../genesys/testing-server.fixture.ts';
import { readTokenDetails } from './token-details.ts';

// What the vendor's description allows as answers while somebody signs in.

const run = new AbortController().signal;

type Body = Readonly<Record<string, unknown>>;

/** An org that answers so, by the last part of the path. */
async function org(answers: Readonly<Record<string, readonly [status: number, body: Body]>>) {
  const usual: typeof answers = {
    'tokens/me': [
      200,
      {
        organization: { id: 'org', name: 'Aurora' },
        OAuthClient: { name: 'c', authorizedGrantType: 'CODE' },
      },
    ],
    'users/me': [200, { id: 'user', name: 'Ann', authorization: { permissions: [] } }],
    'organizations/me': [200, { id: 'org', name: 'Aurora', state: 'inactive' }],
  };
  const answer: Answering = ({ url }, response) => {
    const all = { ...usual, ...answers };
    const key = Object.keys(all).find((path) => url.split('?')[0]?.endsWith(path));
    const [status, body] = all[key ?? ''] ?? [200, {}];
    sendJson(response, status, body);
  };
  const server = await startTestServer(answer);
  const test = testClient(server.base);
  return { server, ...test, details: () => readTokenDetails(test.client, test.clock, null, run) };
}

describe('whose a token is', () => {
  it.each([
    [400, 'bad.request'],
    [413, 'request.entity.too.large'],
    [415, 'unsupported.media.type'],
    [403, 'missing.permissions'],
    [404, 'general.resource.not.found'],
  ])('is not guessed when %i %s is the answer: the operator would not be kept back', async (status, code) => {
    const { details } = await org({ 'users/me': [status, { code, message: 'no', status }] });
    await expect(details()).rejects.toMatchObject({ error: { details: { apiCode: code } } });
  });

  it('is nobody for 400 not.a.user alone', async () => {
    const { details } = await org({ 'users/me': [400, { code: 'not.a.user', message: 'no', status: 400 }] });
    expect((await details()).user).toBeNull();
  });

  it('is the address where the name is empty, and the division by what is known of it', async () => {
    const named = await org({
      'users/me': [200, { id: 'user', name: '', email: 'ann@x.org', division: { name: 'Home' } }],
    });
    expect((await named.details()).user).toMatchObject({ name: 'ann@x.org', division: { name: 'Home' } });
    const byId = await org({ 'users/me': [200, { id: 'user', division: { id: 'd-1' } }] });
    expect((await byId.details()).user).toMatchObject({ name: 'user', division: { id: 'd-1', name: 'd-1' } });
  });
});

describe('what a token is', () => {
  it('is told as far as it is known', async () => {
    const { details } = await org({
      'tokens/me': [
        200,
        {
          organization: { id: 'org' },
          clonedUser: {},
          OAuthClient: {
            name: 'c',
            authorizedGrantType: 'CODE',
            roleDivisions: [{ roleId: 'r-1' }, { roleId: 'r-2', divisionId: null }],
          },
        },
      ],
    });
    expect(await details()).toMatchObject({
      organization: { id: 'org', name: 'Aurora' },
      organizationState: 'inactive',
      authorizedScopes: null,
      clonedUser: { id: null, organizationId: null },
      client: {
        roleDivisions: [
          { roleId: 'r-1', divisionId: null },
          { roleId: 'r-2', divisionId: null },
        ],
      },
    });
  });
});

describe('what is only nice to know', () => {
  it.each([408, 429, 503, 504])(
    'does not keep anybody out when it is answered with %i for ever',
    async (status) => {
      const { client, server } = await org({
        'platform.api': [status, { code: 'some.code', status }],
        'paged/me': [status, { code: 'some.code', status }],
      });
      expect(await readRateLimit(client, 'user', run)).toEqual({
        perMinute: 300,
        source: { kind: 'assumed', why: 'not-answered' },
      });
      expect(Object.values(await askPermissions(client, run))).toEqual(['unknown', 'unknown', 'unknown']);
      expect(server.received.length).toBeLessThanOrEqual(20);
    },
  );

  it('is unknown when the answer does not say', async () => {
    const { client } = await org({ 'paged/me': [200, {}] });
    expect(Object.values(await askPermissions(client, run))).toEqual(['unknown', 'unknown', 'unknown']);
    const none = await org({ 'paged/me': [200, { entities: [], total: 0 }] });
    expect(Object.values(await askPermissions(none.client, run))).toEqual(['missing', 'missing', 'missing']);
  });

  it.each<[string, readonly unknown[], number, string]>([
    [
      'the smallest',
      [
        ['token', 300],
        ['ui.token', 120],
        ['org.app.user', 3000],
      ],
      120,
      'ui.token.rate.per.minute',
    ],
    [
      'none that is 0',
      [
        ['token', 0],
        ['org.app.user', 600],
      ],
      600,
      'org.app.user.rate.per.minute',
    ],
    [
      'none that no limit can be',
      [
        ['token', 1e12],
        ['org.app.user', 3.5e15],
      ],
      300,
      'not-believable',
    ],
    [
      'none that is no number',
      [
        ['token', 'soon'],
        ['org.user', null],
      ],
      300,
      'not-believable',
    ],
    ['the usual one without any', [], 300, 'not-told'],
  ])('takes as the rate limit %s', async (_what, limits, perMinute, why) => {
    const entities = (limits as [string, unknown][]).map(([key, value]) => ({
      key: `${key}.rate.per.minute`,
      value,
    }));
    const { client } = await org({ 'platform.api': [200, { entities }] });
    const limit = await readRateLimit(client, 'user', run);
    expect(limit.perMinute).toBe(perMinute);
    expect(Object.values(limit.source)).toContain(why);
  });
});

it('a token answer may have null where something may be missing', async () => {
  const server = await startTestServer((_request, response) =>
    sendJson(response, 200, {
      access_token: 'abc',
      token_type: 'bearer',
      expires_in: null,
      refresh_token: null,
      scope: null,
      id_token: null,
    }),
  );
  const hosts = { apiBase: server.base, loginBase: server.base, allowLoopbackHttp: true };
  const clientSecret = createSecret('secret');
  const granted = await requestClientCredentials(
    { hosts, clientId: 'c', clientSecret, fetch: globalThis.fetch },
    run,
  );
  expect(granted.token.reveal()).toBe('abc');
  expect(granted.expiresInSeconds).toBeNull();
});

it.each(['soon', -1, true, { seconds: 1 }])(
  'a token answer whose life is no number is taken without one: %j',
  async (expiresIn) => {
    const server = await startTestServer((_request, response) =>
      sendJson(response, 200, { access_token: 'abc', token_type: 'bearer', expires_in: expiresIn }),
    );
    const hosts = { apiBase: server.base, loginBase: server.base, allowLoopbackHttp: true };
    const how = { hosts, clientId: 'c', clientSecret: createSecret('secret'), fetch: globalThis.fetch };
    const granted = await requestClientCredentials(how, run);
    expect(granted.token.reveal()).toBe('abc');
    expect(granted.expiresInSeconds).toBeNull();
  },
);

it.each<[string, number, string, string, string]>([
  ['429 of a gateway', 429, 'text/html', '<h1>Slow down</h1>', 'login-rate-limited'],
  ['429 without a body', 429, 'text/plain', '', 'login-rate-limited'],
  ['204', 204, 'text/plain', '', 'unexpected-answer'],
  ['a redirect', 302, 'text/plain', '', 'portal'],
  ['a page', 200, 'text/html', '<h1>Welcome, guest</h1>', 'portal'],
  // From whoever keeps the network, never from the host that was asked: RFC 6585, section 6.
  ['511', 511, 'application/json', '{}', 'portal'],
  [
    'a token of a kind that is not known',
    200,
    'application/json',
    '{"access_token":"abc","token_type":"mac"}',
    'unexpected-answer',
  ],
])('a token answer that is none is told as what it is: %s', async (_what, status, type, body, code) => {
  const server = await startTestServer((_request, response) =>
    response.writeHead(status, { 'content-type': type }).end(body),
  );
  const hosts = { apiBase: server.base, loginBase: server.base, allowLoopbackHttp: true };
  const client = { hosts, clientId: 'c', clientSecret: createSecret('secret'), fetch: globalThis.fetch };
  await expect(requestClientCredentials(client, run)).rejects.toMatchObject({
    error: { code, details: { path: '/oauth/token' } },
  });
});
