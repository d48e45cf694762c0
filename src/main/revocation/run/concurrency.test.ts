import { describe, expect, it } from 'vitest';
import { createPacer } from '../../genesys/pacing.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { answered, createFakeOrg } from '../testing/fake-org.ts';
import { createTestRun } from '../testing/test-run.ts';
import { createConcurrencyLimit } from './concurrency.ts';

interface Network {
  readonly latencyMs: () => number;
  readonly sockets: () => number;
}

/** A run of so many users at the usual 300 a minute. */
function startRun(users: number, network: (minutes: () => number) => Network) {
  const clock = createManualClock();
  const { latencyMs, sockets } = network(() => clock.monotonic() / 60_000);
  const org = createFakeOrg({
    users: [],
    clock,
    latencyMs,
    sockets,
    pacer: createPacer({ clock, limitPerMinute: 300 }),
    respond: () => ({ answer: { kind: 'revoked', ...answered }, applied: true }),
  });
  const { runner, settled } = createTestRun({ users, clock, org });
  const outcomes = () => [...settled.values()].map(({ outcome }) => outcome);
  /** The server did it, and the report says otherwise. */
  const misjudged = () =>
    [...settled.values()].filter(({ outcome, userId: id }) => outcome !== 'revoked' && org.revoked.has(id));
  return { clock, org, runner, settled, outcomes, misjudged };
}

/** Revoked per minute from the first to the third minute. */
async function steadyPace(
  network: Network,
): Promise<{ readonly perMinute: number; readonly repeated: number }> {
  const { clock, org, runner, settled, misjudged } = startRun(1_200, () => network);
  await runner.start('started');
  await clock.advance(60_000);
  const before = settled.size;
  await clock.advance(120_000);
  const perMinute = (settled.size - before) / 2;
  await clock.runUntil(runner.ended);
  expect(misjudged()).toEqual([]);
  return { perMinute, repeated: org.requests.length - 1_200 };
}

describe('calls under way', () => {
  it.each([
    // latency, sockets, what the way to the server bears in a minute, or the gate lets through
    [50, 6, 291],
    [50, Infinity, 291],
    [2_000, 6, 180],
    [2_000, Infinity, 291],
    [5_000, 6, 72],
    [5_000, Infinity, 291],
    [2_000, 32, 291],
    [2_000, 1, 30],
  ])(
    '%i ms and %d sockets: ≥ 96 % of what can be had, no call made twice',
    async (latencyMs, sockets, most) => {
      const { perMinute, repeated } = await steadyPace({
        latencyMs: () => latencyMs,
        sockets: () => sockets,
      });
      expect(perMinute).toBeGreaterThanOrEqual(most * 0.96);
      expect(perMinute).toBeLessThanOrEqual(most * 1.02);
      expect(repeated).toBe(0);
    },
  );

  it('a latency that differs from call to call misleads nobody', async () => {
    let n = 0;
    const latencyMs = () => [1_200, 2_900, 1_700, 2_200, 3_400, 900, 2_600][(n += 3) % 7] ?? 0;
    const six = await steadyPace({ latencyMs, sockets: () => 6 });
    expect(six).toMatchObject({ repeated: 0 });
    expect(six.perMinute).toBeGreaterThan(0.94 * ((6 * 60_000) / 2_129));
    const free = await steadyPace({ latencyMs, sockets: () => Infinity });
    expect(free.perMinute).toBeGreaterThanOrEqual(0.96 * 291);
  });

  it('a way that grows narrow in the middle of a run, and a server that grows slow', async () => {
    const { clock, runner, outcomes, misjudged } = startRun(1_500, (minutes) => ({
      latencyMs: () => (minutes() < 2 ? 10_000 : minutes() < 6 ? 2_000 : 8_000),
      sockets: () => (minutes() < 2 ? Infinity : 6),
    }));
    await runner.start('started');
    await clock.runUntil(runner.ended);
    expect(misjudged()).toEqual([]);
    expect(new Set(outcomes())).toEqual(new Set(['revoked']));
  });

  it.each([12_000, 15_000, 18_000])(
    'answers that take %i ms do not hold a wide way at six calls',
    async (latencyMs) => {
      const { clock, runner, org, settled, misjudged } = startRun(1_200, () => ({
        latencyMs: () => latencyMs,
        sockets: () => Infinity,
      }));
      await runner.start('started');
      await clock.advance(5 * 60_000);
      const before = settled.size;
      await clock.advance(60_000);
      expect(settled.size - before).toBeGreaterThan(2 * ((6 * 60_000) / latencyMs));
      await clock.runUntil(runner.ended);
      expect(misjudged()).toEqual([]);
      expect(org.requests).toHaveLength(1_200);
    },
  );

  it('nor do they make calls of a narrow way run out of time', async () => {
    const { clock, runner, org, outcomes, misjudged } = startRun(120, () => ({
      latencyMs: () => 15_000,
      sockets: () => 6,
    }));
    await runner.start('started');
    await clock.runUntil(runner.ended);
    expect(misjudged()).toEqual([]);
    expect(new Set(outcomes())).toEqual(new Set(['revoked']));
    expect(org.requests).toHaveLength(120);
  });

  it('answers slower than the time limit allows to try for more still come to their users', async () => {
    const { clock, runner, outcomes, misjudged } = startRun(40, () => ({
      latencyMs: () => 20_000,
      sockets: () => 2,
    }));
    await runner.start('started');
    await clock.runUntil(runner.ended);
    expect(misjudged()).toEqual([]);
    expect(new Set(outcomes())).toEqual(new Set(['revoked']));
  });
});

describe('the limit', () => {
  const never = new AbortController().signal;

  it('lets six begin; who waits goes in order, and one who gives up uses nothing', async () => {
    const slots = createConcurrencyLimit(createManualClock());
    const six = await Promise.all(Array.from({ length: 6 }, () => slots.acquire(never)));
    const order: string[] = [];
    const impatient = new AbortController();
    const first = slots.acquire(impatient.signal).catch(() => order.push('gave up'));
    const second = slots.acquire(never).then((slot) => {
      order.push('second');
      return slot;
    });
    impatient.abort(new Error('enough'));
    await first;
    six[0]?.release('unused');
    six[0]?.release('unused'); // once is enough
    (await second).release('unused');
    expect(order).toEqual(['gave up', 'second']);
    await expect(slots.acquire(impatient.signal)).rejects.toThrow('enough');
  });

  it('halves once for all that ran into the time limit together, and never below one', async () => {
    const clock = createManualClock();
    const slots = createConcurrencyLimit(clock);
    for (const expected of [3, 1, 1]) {
      const all = await Promise.all(Array.from({ length: slots.limit }, () => slots.acquire(never)));
      for (const slot of all) slot.sent();
      await clock.advance(30_000);
      for (const slot of all) slot.release('timed-out');
      expect(slots.limit).toBe(expected);
    }
  });
});
