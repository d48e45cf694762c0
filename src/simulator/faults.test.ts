import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFaults, type Fault } from './faults.ts';
import { parsePattern } from './http/patterns.ts';
import { createRandom } from './random.ts';
import { call, useSimulators } from './testing.ts';

const start = useSimulators();
const ME = 'GET /api/v2/tokens/me';

describe('faults', () => {
  it.each<[Fault['kind'], Fault]>([
    ['reset', { kind: 'reset', route: ME }],
    ['answer-lost', { kind: 'answer-lost', route: ME }],
    ['truncated', { kind: 'truncated', route: ME }],
    ['malformed', { kind: 'malformed', route: ME }],
    ['content-type', { kind: 'content-type', route: ME }],
  ])('%s spoils one answer and no other', async (_, fault) => {
    const { simulator } = await start();
    simulator.addFaults(fault);
    await expect(call(simulator, ME)).rejects.toThrow();
    expect((await call(simulator, ME)).status).toBe(200);
  });

  it('status answers in the shape of an error, and does not do the work', async () => {
    const { simulator } = await start();
    const { id } = simulator.org.user(10);
    simulator.addFaults({
      kind: 'status',
      route: 'DELETE /api/v2/tokens/:userId',
      status: 429,
      retryAfter: 7,
    });
    const { status, headers, body } = await call(simulator, `DELETE /api/v2/tokens/${id}`);
    expect({ status, retryAfter: headers.get('retry-after'), code: body?.['code'] }).toEqual({
      status: 429,
      retryAfter: '7',
      code: 'too.many.requests',
    });
    expect(simulator.ledger().revocations).toEqual({});
    expect(simulator.ledger().rateLimited).toHaveLength(1);
  });

  it('answer-lost did the work: the ledger knows, the caller does not', async () => {
    const { simulator, clock } = await start();
    const { id, tokens } = simulator.org.user(10);
    simulator.addFaults({ kind: 'answer-lost', route: 'DELETE /api/v2/tokens/:userId' });
    await expect(call(simulator, `DELETE /api/v2/tokens/${id}`)).rejects.toThrow();
    const { revocations, requests } = simulator.ledger();
    expect(revocations[id]).toEqual([
      { at: clock.now(), tokensEnded: tokens, correlationId: requests[0]?.correlationId },
    ]);
    expect(requests[0]).toMatchObject({ status: 204, answer: 'lost' });
  });

  it('reset did not do the work', async () => {
    const { simulator } = await start();
    simulator.addFaults({ kind: 'reset', route: 'DELETE /api/v2/tokens/:userId' });
    await expect(call(simulator, `DELETE /api/v2/tokens/${simulator.org.user(10).id}`)).rejects.toThrow();
    expect(simulator.ledger().revocations).toEqual({});
  });

  it('can be for one user alone', async () => {
    const { simulator } = await start();
    const [one, other] = [simulator.org.user(10).id, simulator.org.user(11).id];
    simulator.addFaults({ kind: 'status', route: `DELETE /api/v2/tokens/${one}`, status: 500, count: 5 });
    expect((await call(simulator, `DELETE /api/v2/tokens/${other}`)).status).toBe(204);
    expect((await call(simulator, `DELETE /api/v2/tokens/${one}`)).status).toBe(500);
  });

  it('expire-token ends the token after so many calls', async () => {
    const { simulator } = await start();
    simulator.addFaults({ kind: 'expire-token', route: ME, afterCalls: 2 });
    const statuses = [];
    for (let at = 0; at < 4; at += 1) statuses.push((await call(simulator, ME)).status);
    expect(statuses).toEqual([200, 200, 401, 401]);
  });

  it('of a probability happen as often as that, the same for the same seed', () => {
    const known = [parsePattern(ME) ?? { text: '', method: '', segments: [] }];
    const path = ['api', 'v2', 'tokens', 'me'];
    const run = (seed: number, probability: number): readonly boolean[] => {
      const faults = createFaults(createRandom(seed, 3), known);
      faults.add([{ kind: 'reset', route: ME, probability }]);
      return Array.from({ length: 2000 }, () => faults.draw('GET', path).main !== null);
    };
    fc.assert(
      fc.property(
        fc.nat(0xffff_ffff),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (seed, probability) => {
          const first = run(seed, probability);
          expect(run(seed, probability)).toEqual(first);
          expect(Math.abs(first.filter(Boolean).length / 2000 - probability)).toBeLessThan(0.08);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('control from another process', () => {
  const control = (simulator: { readonly api: string }, path: string, body?: unknown) =>
    fetch(`${simulator.api}/__sim/${path}`, {
      method: path === 'ledger' ? 'GET' : 'POST',
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });

  it('adds faults, reads the ledger, and resets', async () => {
    const { simulator } = await start();
    const fault = { kind: 'status', route: ME, status: 503 };
    expect((await control(simulator, 'faults', { faults: [fault] })).status).toBe(204);
    expect((await call(simulator, ME)).status).toBe(503);
    expect(await (await control(simulator, 'ledger')).json()).toMatchObject({ counts: { [ME]: { 503: 1 } } });
    const { token } = simulator;
    await call(simulator, 'DELETE /api/v2/tokens/me');
    expect((await control(simulator, 'reset')).status).toBe(204);
    expect(simulator.ledger().counts).toEqual({});
    expect((await call(simulator, ME, { token })).status).toBe(200);
  });

  it.each([
    ['an unknown kind', { faults: [{ kind: 'explode', route: ME }] }],
    ['a route that does not exist', { faults: [{ kind: 'reset', route: 'GET /api/v2/nothing' }] }],
    ['no route', { faults: [{ kind: 'reset' }] }],
    ['a probability above 1', { faults: [{ kind: 'reset', route: ME, probability: 2 }] }],
    ['an unknown field', { faults: [{ kind: 'reset', route: ME, often: true }] }],
    ['no list', {}],
  ])('refuses %s', async (_, body) => {
    const { simulator } = await start();
    expect((await control(simulator, 'faults', body)).status).toBe(400);
  });
});
