import sdk, { type Models } from 'purecloud-platform-client-v2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../src/simulator/index.ts';
import { body, expectFields, extended, rejection, useApi } from './sdk.ts';

let simulator: Simulator;
const tokens = new sdk.TokensApi();

beforeAll(async () => {
  simulator = await startSimulator({ users: 200, limit: 10_000 });
});
beforeEach(() => {
  simulator.reset();
  useApi(simulator);
});
afterAll(() => simulator.close());

const someUser = (): string => simulator.org.user(10).id;

describe('the six token operations through the official SDK', () => {
  it('GET /tokens/me gives a TokenInfo', async () => {
    const info: Models.TokenInfo = await body(tokens.getTokensMe({ preserveIdleTTL: true }));
    expectFields(info, {
      organization: 'object',
      homeOrganization: 'object',
      authorizedScope: 'array',
      dateTokenIdles: 'string',
      OAuthClient: 'object',
    });
    expectFields(info.organization, { id: 'string', name: 'string' });
    expectFields(info.OAuthClient, {
      id: 'string',
      name: 'string',
      authorizedGrantType: 'string',
      scope: 'array',
      roleDivisions: 'array',
      state: 'string',
      organization: 'object',
    });
    expect(info.OAuthClient?.authorizedGrantType).toBe('CODE');
    expect(new Date(info.dateTokenIdles ?? '').toISOString()).toBe(info.dateTokenIdles);
  });

  it('GET /tokens/me with the UI of Genesys shows its owner', async () => {
    useApi(simulator, simulator.issueToken(someUser(), 'builtIn'));
    const info: Models.TokenInfo = await body(tokens.getTokensMe());
    expect(info.OAuthClient?.organization?.id).toBe('purecloud-builtin');
  });

  it('HEAD /tokens/me has no body, and rejects for a dead token', async () => {
    const alive = await extended(tokens.headTokensMe());
    expect(alive).toMatchObject({ status: 200, body: '' });
    useApi(simulator, 'not-a-token');
    expect(await rejection(tokens.headTokensMe())).toMatchObject({ status: 401, body: '' });
  });

  it('DELETE /tokens/me ends the token that made the call and no other', async () => {
    const other = simulator.issueToken(simulator.userId);
    expect(await extended(tokens.deleteTokensMe())).toMatchObject({ status: 200, body: '' });
    expect((await rejection(tokens.getTokensMe())).status).toBe(401);
    useApi(simulator, other);
    expect((await extended(tokens.getTokensMe())).status).toBe(200);
  });

  it('DELETE /tokens/{userId} ends all tokens of the user', async () => {
    const [first, second] = [simulator.issueToken(someUser()), simulator.issueToken(someUser())];
    expect(await extended(tokens.deleteToken(someUser()))).toMatchObject({ status: 204, body: '' });
    for (const token of [first, second]) {
      useApi(simulator, token);
      expect((await rejection(tokens.getTokensMe())).status).toBe(401);
    }
    expect(simulator.ledger().revocations[someUser()]).toHaveLength(1);
  });

  it('GET and PUT /tokens/timeout carry an IdleTokenTimeout there and back', async () => {
    const before: Models.IdleTokenTimeout = await body(tokens.getTokensTimeout());
    expectFields(before, {
      idleTokenTimeoutSeconds: 'number',
      enableIdleTokenTimeout: 'boolean',
      inactivityTimeoutUnit: 'string',
      inactivityTimeoutGroupsEnabled: 'boolean',
      inactivityTimeoutGroupBundles: 'array',
    });
    const bundle: Models.InactivityTimeoutGroupBundle | undefined = before.inactivityTimeoutGroupBundles?.[0];
    expectFields(bundle, {
      priority: 'number',
      timeoutSeconds: 'number',
      inactivityTimeoutUnit: 'string',
      groups: 'array',
    });
    const sent: Models.IdleTokenTimeout = {
      ...before,
      idleTokenTimeoutSeconds: 900,
      inactivityTimeoutUnit: 'Minutes',
    };
    expect(await body(tokens.putTokensTimeout({ body: sent }))).toEqual(sent);
    expect(await body(tokens.getTokensTimeout())).toEqual(sent);
  });
});
