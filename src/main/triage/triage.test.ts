import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { apiHostOf, REGIONS, type ConnectionRegion } from '../../shared/regions.ts';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import type { Clock } from '../clock.ts';
import { AppFailure } from '../failure.ts';
import { checkedHosts, hostsOf } from '../genesys/hosts.ts';
import { startTestServer } from '../genesys/testing-server.fixture.ts';
import { holdsSecret } from '../secrets/secret.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { Triage, type TriageDeps } from './triage.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ users: 60, limit: 100_000 });
});
afterAll(() => simulator.close());
afterEach(() => simulator.reset());

const frankfurt = { kind: 'genesys', id: 'eu-central-1' } as const;
const ALL: readonly ConnectionRegion[] = REGIONS.map(({ id }) => ({ kind: 'genesys', id }));
const ALL_HOSTS = REGIONS.map(({ host }) => `api.${host}`);

function open(more: Partial<TriageDeps> = {}) {
  const manual = createManualClock();
  const clock: Clock = {
    ...manual,
    sleep: (ms, signal) => (ms < 10_000 ? manual.advance(ms) : manual.sleep(ms, signal)),
  };
  const sentTo: string[] = [];
  const triage = new Triage({
    fetch: (input, init) => {
      sentTo.push(new Request(input).url);
      return fetch(input, init);
    },
    clock,
    random: () => 0,
    readClipboard: () => Promise.resolve(''),
    hostsOf: () =>
      Promise.resolve(
        checkedHosts({ apiBase: simulator.api, loginBase: simulator.login, allowLoopbackHttp: true }),
      ),
    isOwnToken: () => false,
    ...more,
  });
  const leak = async (token = simulator.token): Promise<string> =>
    (await triage.find({ from: 'typed', value: `Authorization: Bearer ${token}` })).tokens[0]!.id;
  const askFrankfurt = (tokenId: string) =>
    triage.ask({ tokenId, regions: [frankfurt], agreedHosts: ['api.mypurecloud.de'] });
  const askAll = (tokenId: string) => triage.ask({ tokenId, regions: ALL, agreedHosts: ALL_HOSTS });
  return { triage, manual, sentTo, leak, askFrankfurt, askAll };
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no failure',
    (error: unknown) => (error instanceof AppFailure ? error.error.code : String(error)),
  );

describe('a leaked token', () => {
  it('is shown masked, and nothing that leaves main holds it', async () => {
    const { triage, askFrankfurt } = open();
    const found = await triage.find({
      from: 'typed',
      value: `x\ncurl -H "Authorization: Bearer ${simulator.token}"`,
    });
    expect(found.tokens).toMatchObject([{ place: 'bearer', line: 2, characters: 86 }]);
    const answer = await askFrankfurt(found.tokens[0]!.id);
    expect(JSON.stringify([found, answer])).not.toContain(simulator.token);
    expect(triage.mentionsToken(`record ${simulator.token}`)).toBe(true);
    expect(triage.mentionsToken('record')).toBe(false);
  });

  it('of a known region is asked about without touching its idle countdown', async () => {
    const { askFrankfurt, leak } = open();
    const answer = await askFrankfurt(await leak());
    expect(answer).toMatchObject({
      kind: 'alive',
      region: frankfurt,
      host: 'api.mypurecloud.de',
      own: false,
      details: { user: { id: simulator.userId }, organization: { name: simulator.org.name } },
    });
    expect(simulator.ledger().counts['HEAD /api/v2/tokens/me']).toBeUndefined();
  });

  it('of an unknown region is tried in all eighteen, once each', async () => {
    simulator.addFaults({ kind: 'status', status: 401, route: 'HEAD /api/v2/tokens/me', count: 17 });
    const { askAll, leak } = open();
    const answer = await askAll(await leak());
    expect(answer.kind).toBe('alive');
    expect(answer.answers).toHaveLength(18);
    expect(answer.answers.filter(({ answer: one }) => one === 'accepted')).toHaveLength(1);
    expect(simulator.ledger().counts['HEAD /api/v2/tokens/me']).toEqual({ 401: 17, 200: 1 });
  });

  it('is found where it lives although a proxy says yes in the place of another region', async () => {
    const proxy = await startTestServer(({ method }, response) =>
      response.writeHead(200, method === 'HEAD' ? {} : { 'content-type': 'text/plain' }).end('Blocked'),
    );
    const { triage, leak } = open({
      hostsOf: (region) => {
        const blocked = region.kind === 'genesys' && region.id === 'us-east-1';
        const apiBase = blocked ? proxy.base : simulator.api;
        const loginBase = blocked ? proxy.base : simulator.login;
        return Promise.resolve(checkedHosts({ apiBase, loginBase, allowLoopbackHttp: true }));
      },
    });
    const regions: readonly ConnectionRegion[] = [{ kind: 'genesys', id: 'us-east-1' }, frankfurt];
    const agreedHosts = ['api.mypurecloud.com', 'api.mypurecloud.de'];
    const asked = { tokenId: await leak(), regions, agreedHosts };
    expect(await triage.ask(asked)).toMatchObject({ kind: 'alive', region: frankfurt });
    // And of a dead one it is the proxy that is told, not that nobody takes it.
    expect(await codeOf(triage.ask({ ...asked, tokenId: await leak('x'.repeat(86)) }))).toBe(
      'unexpected-answer',
    );
  });

  it('that nobody accepts is told apart from one of which some say nothing', async () => {
    const { askAll, askFrankfurt, leak } = open();
    const dead = await askFrankfurt(await leak('x'.repeat(86)));
    expect(dead).toMatchObject({ kind: 'not-accepted', answers: [{ answer: 'refused', status: 401 }] });
    simulator.addFaults({ kind: 'status', status: 503, route: 'HEAD /api/v2/tokens/me', count: 18 });
    const unclear = await askAll(await leak());
    expect(unclear.kind).toBe('not-accepted');
    expect(new Set(unclear.answers.map(({ answer }) => answer))).toEqual(new Set(['no-answer']));
  });

  // A 401 to HEAD has no words: it can be a proxy's, or be about the address of this computer.
  it.each([
    ['a proxy refuses', 'no-answer', (): Response => new Response('Who are you?', { status: 401 })],
    [
      'the API refuses',
      'refused',
      (): Response => Response.json({ code: 'bad.credentials' }, { status: 401 }),
    ],
  ])('is dead where %s it in the API’s words alone', async (_who, expected, refuse) => {
    const { askAll, leak } = open({
      fetch: (_url, init) =>
        Promise.resolve(init?.method === 'HEAD' ? new Response(null, { status: 401 }) : refuse()),
    });
    const answer = await askAll(await leak());
    expect(answer.kind).toBe('not-accepted');
    expect(new Set(answer.answers.map((one) => one.answer))).toEqual(new Set([expected]));
  });

  it('is not called dead by the one region that refuses the address of this computer', async () => {
    const { askAll, leak } = open({
      fetch: (input, init) => {
        const code = new Request(input).url.includes('.jp') ? 'ip.not.authorized' : 'bad.credentials';
        return Promise.resolve(
          init?.method === 'HEAD'
            ? new Response(null, { status: 401 })
            : Response.json({ code }, { status: 401 }),
        );
      },
      hostsOf: (region) => Promise.resolve(hostsOf(region)),
    });
    expect(await codeOf(askAll(await leak()))).toBe('ip-not-allowed');
  });

  it('is revoked also when the check afterwards gets no answer', async () => {
    const { triage, askFrankfurt, leak } = open();
    const tokenId = await leak();
    await askFrankfurt(tokenId);
    simulator.addFaults({ kind: 'status', status: 503, route: 'HEAD /api/v2/tokens/me' });
    expect(await triage.revoke(tokenId)).toMatchObject({ at: expect.any(String) as string, verified: null });
    expect(triage.recordOf(tokenId).revokedAt).not.toBeNull();
  });

  it.each([
    ['was carried out and lost its answer', { kind: 'answer-lost' as const }, true],
    ['met a failing server', { kind: 'status' as const, status: 503 }, true],
    ['was refused', { kind: 'status' as const, status: 403, code: 'missing.permissions' }, false],
  ])('is perhaps revoked, as its record says, where the call %s', async (_what, fault, perhaps) => {
    const { triage, askFrankfurt, leak } = open();
    const tokenId = await leak();
    await askFrankfurt(tokenId);
    simulator.addFaults({ ...fault, route: 'DELETE /api/v2/tokens/me' });
    await expect(triage.revoke(tokenId)).rejects.toBeInstanceOf(AppFailure);
    const { revokedAt, perhapsRevokedAt } = triage.recordOf(tokenId);
    expect([revokedAt, perhapsRevokedAt !== null]).toEqual([null, perhaps]);
  });

  it('is perhaps revoked where the encryption broke off behind the call', async () => {
    const { triage, askFrankfurt, leak } = open({
      fetch: (input, init) =>
        init?.method === 'DELETE'
          ? Promise.reject(new TypeError('net::ERR_SSL_BAD_RECORD_MAC_ALERT'))
          : fetch(input, init),
    });
    const tokenId = await leak();
    await askFrankfurt(tokenId);
    expect(await codeOf(triage.revoke(tokenId))).toBe('not-trusted');
    expect(triage.recordOf(tokenId).perhapsRevokedAt).not.toBeNull();
  });

  it('is revoked alone, and checked to be dead', async () => {
    const other = simulator.issueToken(simulator.userId);
    const { triage, askFrankfurt, leak } = open();
    const tokenId = await leak();
    expect(await askFrankfurt(tokenId)).toMatchObject({ kind: 'alive' });
    expect(await triage.revoke(tokenId)).toMatchObject({ verified: { valid: false, status: 401 } });
    const still = await fetch(`${simulator.api}/api/v2/tokens/me`, {
      headers: { authorization: `Bearer ${other}` },
    });
    expect(still.status).toBe(200);
    // Once more is as good: it has ended.
    expect(await triage.revoke(tokenId)).toMatchObject({ verified: { valid: false } });
  });

  it('that was not revoked for sure is not called dead', async () => {
    const { triage, askFrankfurt, leak } = open();
    const tokenId = await leak();
    await askFrankfurt(tokenId);
    simulator.addFaults({ kind: 'status', status: 503, route: 'DELETE /api/v2/tokens/me' });
    expect(await codeOf(triage.revoke(tokenId))).toBe('server-failed');
  });

  it('says that an address is not allowed, which proves that it lives', async () => {
    simulator.addFaults({
      kind: 'status',
      status: 401,
      code: 'ip.not.authorized',
      route: 'GET /api/v2/tokens/me',
    });
    const { askFrankfurt, leak } = open();
    expect(await codeOf(askFrankfurt(await leak()))).toBe('ip-not-allowed');
  });

  it('is recognised when the app itself uses it', async () => {
    const { askFrankfurt, leak } = open({ isOwnToken: (token) => holdsSecret(simulator.token, token) });
    expect(await askFrankfurt(await leak())).toMatchObject({ own: true });
  });
});

describe('the token goes nowhere without agreement', () => {
  it.each([
    ['nobody agreed to anything', []],
    ['another host was agreed to', ['api.mypurecloud.com']],
    ['all but one were agreed to', ALL_HOSTS.slice(1)],
  ])('when %s', async (_what, agreedHosts) => {
    const { triage, leak, sentTo } = open();
    const regions = agreedHosts.length > 1 ? ALL : [frankfurt];
    expect(await codeOf(triage.ask({ tokenId: await leak(), regions, agreedHosts }))).toBe('invalid-input');
    expect(sentTo).toEqual([]);
  });

  it('a custom host is asked when it was agreed to by name, over https, and nothing else is', async () => {
    const asked: string[] = [];
    const { triage, leak } = open({
      hostsOf: (region) => Promise.resolve(hostsOf(region)),
      fetch: (input) => {
        asked.push(new Request(input).url);
        return Promise.resolve(Response.json({ code: 'bad.credentials' }, { status: 401 }));
      },
    });
    const ask = async (apiBase: string, agreed: string) => {
      const region = { kind: 'custom', apiBase, loginBase: apiBase } as const;
      return triage.ask({ tokenId: await leak(), regions: [region], agreedHosts: [agreed] });
    };
    expect(await codeOf(ask('https://gateway.example/genesys', 'api.mypurecloud.de'))).toBe('invalid-input');
    expect(await codeOf(ask('http://gateway.example', 'gateway.example'))).toBe('invalid-input');
    expect(await codeOf(ask('https://gateway.example@evil.example', 'gateway.example'))).toBe(
      'invalid-input',
    );
    expect(asked).toEqual([]);
    const answer = await ask('https://gateway.example/genesys', 'gateway.example');
    expect(answer).toMatchObject({ kind: 'not-accepted', answers: [{ host: 'gateway.example' }] });
    expect(asked).toEqual(['https://gateway.example/genesys/api/v2/tokens/me?preserveIdleTTL=true']);
  });

  it('each region is asked at the host that was named, and nowhere else', async () => {
    const asked: string[] = [];
    const { askAll, leak } = open({
      hostsOf: (region) => Promise.resolve(hostsOf(region)),
      fetch: (input) => {
        asked.push(new URL(new Request(input).url).host);
        return Promise.resolve(new Response(null, { status: 401 }));
      },
    });
    await askAll(await leak());
    // Once by HEAD, and once for the words of the refusal.
    expect(asked.sort()).toEqual([...ALL, ...ALL].map(apiHostOf).sort());
  });

  it('also when a host sends it on to another', async () => {
    const thief = await startTestServer((_request, response) => response.end());
    const api = await startTestServer((_request, response) => {
      response.writeHead(307, { location: `${thief.base}/api/v2/tokens/me` }).end();
    });
    const { askAll, askFrankfurt, leak } = open({
      hostsOf: () =>
        Promise.resolve(checkedHosts({ apiBase: api.base, loginBase: api.base, allowLoopbackHttp: true })),
    });
    expect(await askAll(await leak())).toMatchObject({ kind: 'not-accepted' });
    expect(await codeOf(askFrankfurt(await leak()))).toBe('portal');
    expect(api.received.length).toBeGreaterThan(0);
    expect(thief.received).toEqual([]);
  });
});

describe('the token is forgotten', () => {
  it('when the panel closes', async () => {
    const { triage, leak, askFrankfurt } = open();
    const tokenId = await leak();
    await askFrankfurt(tokenId);
    triage.close();
    expect(await codeOf(triage.revoke(tokenId))).toBe('no-such-item');
    expect(await codeOf(askFrankfurt(tokenId))).toBe('no-such-item');
    expect(triage.mentionsToken(simulator.token)).toBe(false);
  });

  it('when the panel closes in the middle of a question', async () => {
    const { triage, leak, askFrankfurt } = open();
    const asking = codeOf(askFrankfurt(await leak()));
    triage.close();
    expect(await asking).toBe('cancelled');
  });

  it('when another text is pasted, and by itself after half an hour', async () => {
    const { triage, leak, manual } = open();
    const first = await leak();
    const second = await leak();
    expect(await codeOf(triage.revoke(first))).toBe('no-such-item');
    expect(triage.mentionsToken(simulator.token)).toBe(true);
    await manual.advance(30 * 60_000);
    expect(triage.mentionsToken(simulator.token)).toBe(false);
    expect(await codeOf(triage.revoke(second))).toBe('no-such-item');
    expect(manual.sleeping).toBe(0);
  });

  it('and an empty clipboard or a flood is refused', async () => {
    const { triage } = open();
    expect(await codeOf(triage.find({ from: 'clipboard' }))).toBe('invalid-input');
    expect(await codeOf(triage.find({ from: 'typed', value: 'x'.repeat(1_000_001) }))).toBe('invalid-input');
    expect(await triage.find({ from: 'typed', value: 'no token here' })).toEqual({ tokens: [], total: 0 });
  });
});
