import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateWindow } from './rate.ts';

describe('rate window', () => {
  it('refuses the call after the limit, and tells when the oldest leaves the window', () => {
    const window = createRateWindow(2, 60_000);
    expect(window.take(0)).toEqual({ ok: true });
    expect(window.take(10_500)).toEqual({ ok: true });
    expect(window.take(20_000)).toEqual({ ok: false, retryAfter: 40 });
    expect(window.take(59_999)).toEqual({ ok: false, retryAfter: 1 });
    expect(window.take(60_000)).toEqual({ ok: true });
    expect(window.take(60_000)).toEqual({ ok: false, retryAfter: 11 });
  });

  const steps = fc.array(fc.nat(2000), { minLength: 1, maxLength: 300 });
  const setup = fc.record({
    limit: fc.integer({ min: 1, max: 20 }),
    windowMs: fc.integer({ min: 1, max: 5000 }),
    steps,
  });

  it('never lets more than the limit into any stretch of the window', () => {
    fc.assert(
      fc.property(setup, ({ limit, windowMs, steps }) => {
        const window = createRateWindow(limit, windowMs);
        let now = 0;
        const taken: number[] = [];
        for (const step of steps) {
          now += step;
          const recent = taken.filter((at) => at > now - windowMs).length;
          const { ok } = window.take(now);
          expect(ok).toBe(recent < limit);
          if (ok) taken.push(now);
        }
      }),
    );
  });

  it('lets the next call in when it was waited for as told', () => {
    fc.assert(
      fc.property(setup, ({ limit, windowMs, steps }) => {
        const window = createRateWindow(limit, windowMs);
        let now = 0;
        for (const step of steps) {
          now += step;
          const decision = window.take(now);
          if (decision.ok) continue;
          now += decision.retryAfter * 1000;
          expect(window.take(now)).toEqual({ ok: true });
        }
      }),
    );
  });
});
