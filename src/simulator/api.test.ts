import { describe, expect, it } from 'vitest';
import { call, useSimulators } from './testing.ts';

const start = useSimulators();

interface Listing {
  readonly entities: readonly { readonly id: string; readonly state: string }[];
  readonly total: number;
  readonly pageCount: number;
  readonly nextUri?: string;
}

describe('GET /users', () => {
  it('pages through every user of a state exactly once', async () => {
    const { simulator } = await start({ users: 500 });
    for (const state of ['active', 'inactive', 'deleted', 'any']) {
      const seen: string[] = [];
      let next: string | undefined = `/api/v2/users?pageSize=70&state=${state}`;
      while (next !== undefined) {
        const { body } = await call(simulator, `GET ${next}`);
        const page = body as unknown as Listing;
        seen.push(...page.entities.map(({ id }) => id));
        next = page.nextUri;
      }
      const expected = simulator.org.ids.filter(
        (_, index) => state === 'any' || simulator.org.stateOf(index) === state,
      );
      expect(expected.length).toBeGreaterThan(0);
      expect([...seen].sort()).toEqual([...expected].sort());
    }
  });

  it.each([
    ['pageSize=501', 400],
    ['pageSize=0', 400],
    ['pageSize=ten', 400],
    ['pageNumber=0', 400],
    ['state=asleep', 400],
    ['sortOrder=sideways', 400],
    ['state=inactive&pageSize=500&pageNumber=20', 200],
    ['state=inactive&pageSize=500&pageNumber=21', 400],
    ['pageSize=500&pageNumber=999', 200],
  ])('%s → %i', async (query, status) => {
    const { simulator } = await start();
    expect((await call(simulator, `GET /api/v2/users?${query}`)).status).toBe(status);
  });
});

describe('gateway', () => {
  it('counts each token by itself, and does not count what it refused', async () => {
    const { simulator, clock } = await start({ limit: 3, windowSeconds: 60 });
    const token = simulator.issueToken(simulator.org.user(10).id);
    const status = async () => (await call(simulator, 'GET /api/v2/tokens/me', { token })).status;
    expect([await status(), await status(), await status(), await status(), await status()]).toEqual([
      200, 200, 200, 429, 429,
    ]);
    expect((await call(simulator, 'GET /api/v2/tokens/me')).status).toBe(200);
    clock.advance(60);
    expect(await status()).toBe(200);
    expect(simulator.ledger().rateLimited).toEqual([
      { at: clock.now() - 60_000, route: 'GET /api/v2/tokens/me', retryAfter: 60 },
      { at: clock.now() - 60_000, route: 'GET /api/v2/tokens/me', retryAfter: 60 },
    ]);
  });

  it('tells the limit per minute whatever the window', async () => {
    const { simulator } = await start({ limit: 50, windowSeconds: 10 });
    const { body } = await call(simulator, 'GET /api/v2/organizations/limits/namespaces/platform.api');
    expect(body?.['entities']).toContainEqual({
      key: 'token.rate.per.minute',
      namespace: 'platform.api',
      value: 300,
    });
  });

  it('puts the same correlation ids on the answers of the same calls', async () => {
    const ids = async () => {
      const { simulator } = await start();
      const answers = [await call(simulator, 'GET /api/v2/tokens/me'), await call(simulator, 'GET /nowhere')];
      return answers.map(({ headers }) => headers.get('inin-correlation-id'));
    };
    const first = await ids();
    expect(new Set(first).size).toBe(2);
    expect(await ids()).toEqual(first);
  });

  it('refuses what is not there, not JSON, too large, or without a token', async () => {
    const { simulator } = await start();
    const search = (body: string, type = 'application/json') =>
      fetch(`${simulator.api}/api/v2/users/search`, {
        method: 'POST',
        headers: { authorization: `Bearer ${simulator.token}`, 'content-type': type },
        body,
      }).then(({ status }) => status);
    expect((await call(simulator, 'GET /api/v2/nothing')).status).toBe(404);
    expect((await call(simulator, 'PATCH /api/v2/tokens/me')).status).toBe(405);
    expect(await search('{')).toBe(400);
    expect(await search('{}', 'text/plain')).toBe(415);
    expect(await search('"'.padEnd(512_001))).toBe(413);
    const bare = await fetch(`${simulator.api}/api/v2/tokens/me`);
    expect({ status: bare.status, body: await bare.json() }).toMatchObject({
      status: 401,
      body: { code: 'authentication.required' },
    });
  });

  it('limits logins with status 400 in the words of OAuth', async () => {
    const { simulator } = await start({ loginLimit: 1 });
    const login = async () => {
      const answer = await fetch(`${simulator.login}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams(),
      });
      return (await answer.json()) as { error_description: string };
    };
    await login();
    expect((await login()).error_description).toMatch(/^rate limit exceeded;/);
  });

  it('sends nobody to an address that is not registered', async () => {
    const { simulator } = await start();
    const query = new URLSearchParams({
      client_id: simulator.clients.pkce.id,
      redirect_uri: 'http://localhost.evil.example',
    });
    const answer = await fetch(`${simulator.login}/oauth/authorize?${query.toString()}`, {
      redirect: 'manual',
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('not registered');
  });
});
