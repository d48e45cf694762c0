import sdk, { type Models } from 'purecloud-platform-client-v2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSimulator, type Simulator } from '../src/simulator/index.ts';
import { body, rejection, useApi, useLogin } from './sdk.ts';

const REDIRECT = 'http://localhost:51733';
let simulator: Simulator;
const tokens = new sdk.TokensApi();

beforeAll(async () => {
  simulator = await startSimulator({ users: 60 });
});
beforeEach(() => simulator.reset());
afterAll(() => simulator.close());

describe('client credentials through the official SDK', () => {
  it('gives a token that has no user', async () => {
    const { accessToken, tokenExpiryTime } = await useLogin(simulator).loginClientCredentialsGrant(
      simulator.clientId,
      simulator.clientSecret,
    );
    expect(tokenExpiryTime).toBeGreaterThan(Date.now());
    useApi(simulator, accessToken);
    const info: Models.TokenInfo = await body(tokens.getTokensMe());
    expect(info.OAuthClient).toMatchObject({
      id: simulator.clientId,
      authorizedGrantType: 'CLIENT-CREDENTIALS',
    });
    const roleDivision: Models.RoleDivision | undefined = info.OAuthClient?.roleDivisions?.[0];
    expect(roleDivision?.divisionId).toBe(simulator.org.divisions[0]?.id);
    expect(await rejection<Models.ErrorBody>(new sdk.UsersApi().getUsersMe())).toMatchObject({
      status: 400,
      body: { code: 'not.a.user' },
    });
  });

  it('is refused in the words of OAuth for a wrong secret', async () => {
    const login = useLogin(simulator).loginClientCredentialsGrant(simulator.clientId, 'wrong');
    expect(await rejection(login)).toMatchObject({
      response: {
        status: 401,
        data: { error: 'invalid_client', error_description: expect.any(String) as string },
      },
    });
  });
});

describe('authorization code with PKCE through the official SDK', () => {
  /** A person who presses a button on the consent page. */
  const decide = async (decision: 'allow' | 'deny', codeChallenge: string): Promise<URL> => {
    const query = new URLSearchParams({
      client_id: simulator.clients.pkce.id,
      redirect_uri: REDIRECT,
      response_type: 'code',
      code_challenge: codeChallenge,
      code_challenge_method: 'S256',
      state: 'a state & more',
      login_hint: simulator.org.user(1).email,
    });
    const page = await (await fetch(`${simulator.login}/oauth/authorize?${query.toString()}`)).text();
    const form = new URLSearchParams({ decision });
    for (const [, name = '', value = ''] of page.matchAll(/name="(\w+)" value="([^"]*)"/g))
      if (name !== 'decision') form.set(name, value.replaceAll('&amp;', '&'));
    form.set('user', /<option value="([^"]+)"/.exec(page)?.[1] ?? '');
    const answer = await fetch(`${simulator.login}/oauth/authorize`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    expect(answer.status).toBe(302);
    return new URL(answer.headers.get('location') ?? '');
  };

  it('gives a token of the person who allowed it', async () => {
    const client = useLogin(simulator);
    const verifier = client.generatePKCECodeVerifier(128);
    const back = await decide('allow', await client.computePKCECodeChallenge(verifier));
    expect(back.origin).toBe(REDIRECT);
    expect(back.searchParams.get('state')).toBe('a state & more');
    const code = back.searchParams.get('code') ?? '';
    const { accessToken } = await client.authorizePKCEGrant(
      simulator.clients.pkce.id,
      verifier,
      code,
      REDIRECT,
    );
    useApi(simulator, accessToken);
    const me: Models.UserMe = await body(new sdk.UsersApi().getUsersMe());
    expect(me.id).toBe(simulator.org.user(1).id);

    const again = useLogin(simulator).authorizePKCEGrant(simulator.clients.pkce.id, verifier, code, REDIRECT);
    expect(await rejection(again)).toMatchObject({
      response: { status: 400, data: { error: 'invalid_grant' } },
    });
  });

  it('gives nothing to whoever does not know the verifier', async () => {
    const client = useLogin(simulator);
    const challenge = await client.computePKCECodeChallenge(client.generatePKCECodeVerifier(128));
    const code = (await decide('allow', challenge)).searchParams.get('code') ?? '';
    const stolen = client.authorizePKCEGrant(
      simulator.clients.pkce.id,
      client.generatePKCECodeVerifier(128),
      code,
      REDIRECT,
    );
    expect(await rejection(stolen)).toMatchObject({
      response: { status: 400, data: { error: 'invalid_grant' } },
    });
  });

  it('says so when the person denies it', async () => {
    const client = useLogin(simulator);
    const back = await decide(
      'deny',
      await client.computePKCECodeChallenge(client.generatePKCECodeVerifier(64)),
    );
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(back.searchParams.get('code')).toBeNull();
  });
});
