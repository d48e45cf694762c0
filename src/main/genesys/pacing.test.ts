import { setMaxListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../clock.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createPacer } from './pacing.ts';

const MINUTE = 60_000;
const never = new AbortController().signal;
setMaxListeners(0, never);

/** The most calls in any closed window of a minute. */
function densestMinute(times: readonly number[]): number {
  let most = 0;
  let start = 0;
  times.forEach((t, end) => {
    while (t - (times[start] ?? t) > MINUTE) start += 1;
    most = Math.max(most, end - start + 1);
  });
  return most;
}

/** A clock whose sleepers wake late, as on a busy computer. `late` is asked per sleep, ms. */
const lateClock = (clock: Clock, late: () => number): Clock => ({
  ...clock,
  sleep: (ms, signal) => clock.sleep(ms + late(), signal),
});

describe('createPacer', () => {
  it('lets no more than the limit pass in any minute, whatever the arrivals and however late the computer is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 120 }),
        fc.double({ min: 0.5, max: 0.99, noNaN: true }),
        fc.array(fc.record({ gap: fc.nat(20_000), calls: fc.integer({ min: 1, max: 120 }) }), {
          maxLength: 6,
        }),
        // Mostly in time, now and then very late: what is caught up with then must not add up.
        fc.array(fc.oneof({ arbitrary: fc.constant(0), weight: 5 }, fc.nat(20_000)), {
          minLength: 1,
          maxLength: 60,
        }),
        async (limit, share, arrivals, lateness) => {
          const clock = createManualClock();
          let asked = 0;
          const late = (): number => lateness[(asked += 1) % lateness.length] ?? 0;
          const pacer = createPacer({ clock: lateClock(clock, late), limitPerMinute: limit, share });
          const times: number[] = [];
          const calls: Promise<void>[] = [];
          for (const { gap, calls: count } of arrivals) {
            await clock.advance(gap);
            for (let n = 0; n < count; n += 1)
              calls.push(pacer.acquire(never).then(() => void times.push(clock.monotonic())));
          }
          await clock.runUntil(Promise.all(calls), 7 * 24 * 60 * MINUTE);
          expect(times).toHaveLength(calls.length);
          expect(densestMinute(times)).toBeLessThanOrEqual(limit);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('catches up after a stall, and stays within the limit while it does', async () => {
    const clock = createManualClock();
    let asked = 0;
    const pacer = createPacer({
      clock: lateClock(clock, () => ((asked += 1) % 400 === 100 ? 20_000 : 0)),
      limitPerMinute: 300,
    });
    const times: number[] = [];
    const calls = Array.from({ length: 900 }, () =>
      pacer.acquire(never).then(() => void times.push(clock.monotonic())),
    );
    await clock.runUntil(Promise.all(calls));
    expect(densestMinute(times)).toBeLessThanOrEqual(300);
    expect(densestMinute(times)).toBeGreaterThan(292);
  });

  it('passes at least 96 % of the limit when always busy, although timers wake late', async () => {
    const clock = createManualClock();
    let asked = 0;
    const pacer = createPacer({
      clock: lateClock(clock, () => ((asked += 1) * 37) % 120),
      limitPerMinute: 300,
      share: 0.97,
    });
    let passed = 0;
    const stop = new AbortController();
    const worker = async (): Promise<void> => {
      for (;;) {
        await pacer.acquire(stop.signal);
        passed += 1;
      }
    };
    const workers = [worker(), worker(), worker()];
    await clock.advance(10 * MINUTE);
    stop.abort();
    await Promise.allSettled(workers);
    expect(passed).toBeGreaterThanOrEqual(0.96 * 300 * 10);
  });

  it('lets callers pass in the order they came', async () => {
    const clock = createManualClock();
    const pacer = createPacer({ clock, limitPerMinute: 60 });
    const order: number[] = [];
    await clock.runUntil(
      Promise.all([1, 2, 3, 4].map((n) => pacer.acquire(never).then(() => order.push(n)))),
    );
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it('uses up nothing for a caller that was aborted', async () => {
    const clock = createManualClock();
    const pacer = createPacer({ clock, limitPerMinute: 60, share: 0.5 });
    await clock.runUntil(pacer.acquire(never));
    const impatient = new AbortController();
    const aborted = pacer.acquire(impatient.signal);
    const patient = pacer.acquire(never);
    impatient.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    await clock.runUntil(patient);
    expect(clock.monotonic()).toBe(2_000);
    await expect(pacer.acquire(AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });

  it.each(['idling', 'the sleep of the computer'])('sends no burst after %s', async (after) => {
    const clock = createManualClock();
    const pacer = createPacer({ clock, limitPerMinute: 300 });
    const spacing = MINUTE / (300 * 0.97);
    const times: number[] = [];
    const call = (): Promise<void> => pacer.acquire(never).then(() => void times.push(clock.monotonic()));
    await clock.runUntil(call());
    const waiting = after === 'idling' ? [] : Array.from({ length: 10 }, call);
    await clock.jump(8 * 3_600_000);
    await clock.runUntil(Promise.all([...waiting, ...Array.from({ length: 10 }, call)]));
    const gaps = times.slice(1).map((t, n) => t - (times[n] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(spacing / 2 - 1e-6);
    expect(times).toHaveLength(after === 'idling' ? 11 : 21);
  });

  it('stays shut for the longest wait that a 429 asked for, and a little more', async () => {
    const clock = createManualClock();
    const pacer = createPacer({ clock, limitPerMinute: 300 });
    pacer.closeFor(30_000);
    pacer.closeFor(5_000);
    await clock.runUntil(pacer.acquire(never));
    expect(clock.monotonic()).toBe(30_250);
  });

  it('slows down once for 429s that come together, and recovers after quiet minutes', async () => {
    const clock = createManualClock();
    const pacer = createPacer({ clock, limitPerMinute: 300, share: 0.9 });
    pacer.closeFor(1_000);
    pacer.closeFor(1_000);
    expect(pacer.pacePerMinute).toBeCloseTo(270 * 0.8);
    await clock.advance(1_250 + MINUTE);
    expect(pacer.pacePerMinute).toBeCloseTo(270 * 0.85);
    await clock.advance(10 * MINUTE);
    expect(pacer.pacePerMinute).toBeCloseTo(270);
    for (let n = 0; n < 100; n += 1) {
      pacer.closeFor(0);
      await clock.advance(251);
    }
    expect(pacer.pacePerMinute).toBeCloseTo(27);
  });

  it('gives way to 429s nobody explains, never goes above its share, and comes back in quiet minutes', async () => {
    /** From the slowest to the full pace: 0.9 of it, in steps of a twentieth a minute. */
    const QUIET_MINUTES = 18;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 60, max: 600 }),
        fc.double({ min: 0.1, max: 0.97, noNaN: true }),
        fc.array(fc.record({ after: fc.nat(3 * MINUTE), retryAfter: fc.nat(30_000) }), {
          minLength: 1,
          maxLength: 40,
        }),
        async (limit, share, refusals) => {
          const clock = createManualClock();
          const pacer = createPacer({ clock, limitPerMinute: limit, share });
          const full = limit * share;
          for (const { after, retryAfter } of refusals) {
            await clock.advance(after);
            const before = pacer.pacePerMinute;
            pacer.closeFor(retryAfter);
            expect(pacer.pacePerMinute).toBeLessThanOrEqual(before);
            expect(pacer.pacePerMinute).toBeGreaterThanOrEqual(full * 0.1 - 1e-9);
          }
          const { retryAfter } = refusals.at(-1)!;
          const slowed = pacer.pacePerMinute;
          expect(slowed).toBeLessThanOrEqual(full + 1e-9);
          await clock.advance(40_000 * refusals.length + retryAfter); // every wait that was asked for is over
          let last = pacer.pacePerMinute;
          for (let minute = 0; minute < QUIET_MINUTES; minute += 1) {
            await clock.advance(MINUTE);
            expect(pacer.pacePerMinute).toBeGreaterThanOrEqual(last);
            expect(pacer.pacePerMinute).toBeLessThanOrEqual(full + 1e-9);
            last = pacer.pacePerMinute;
          }
          expect(pacer.pacePerMinute).toBeCloseTo(full);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is slower in what it lets pass, not only in what it says', async () => {
    const clock = createManualClock();
    const pacer = createPacer({ clock, limitPerMinute: 300, share: 0.9 });
    const stop = new AbortController();
    let passed = 0;
    const worker = (async () => {
      for (;;) {
        await pacer.acquire(stop.signal);
        passed += 1;
      }
    })().catch(() => undefined);
    const inAMinute = async (): Promise<number> => {
      const before = passed;
      await clock.advance(MINUTE);
      return passed - before;
    };
    expect(await inAMinute()).toBeCloseTo(270, -1);
    for (let n = 0; n < 4; n += 1) {
      pacer.closeFor(0);
      await clock.advance(251);
    }
    expect(await inAMinute()).toBeCloseTo(270 * 0.8 ** 4, -1);
    await clock.advance(12 * MINUTE);
    expect(await inAMinute()).toBeCloseTo(270, -1);
    stop.abort();
    await worker;
  });

  it('follows a changed limit at once, and refuses a limit or a share that makes no sense', async () => {
    const clock = createManualClock();
    const pacer = createPacer({ clock, limitPerMinute: 1, share: 0.5 });
    await clock.runUntil(pacer.acquire(never));
    const second = pacer.acquire(never);
    pacer.setLimit(600, 0.5);
    await clock.runUntil(second);
    expect(clock.monotonic()).toBe(200);
    expect(pacer.limitPerMinute).toBe(600);
    expect(() => pacer.setLimit(0, 0.5)).toThrow(RangeError);
    expect(() => pacer.setLimit(300, 1)).toThrow(RangeError);
  });
});
