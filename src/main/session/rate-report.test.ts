import { setMaxListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { RateState } from '../../shared/app.ts';
import { createPacer } from '../genesys/pacing.ts';
import { createManualClock } from '../testing/manual-clock.ts';
import { createRateReport, rateOf } from './rate-report.ts';

const limitSource = { kind: 'told', key: 'token.rate.per.minute' } as const;
const never = new AbortController().signal;
setMaxListeners(0, never);

function open() {
  const clock = createManualClock();
  const sent: (RateState | null)[] = [];
  const pacer = createPacer({ clock, limitPerMinute: 300, onUse: () => report.touch() });
  let signedIn = true;
  const report = createRateReport({
    clock,
    read: () => (signedIn ? rateOf(pacer, limitSource, clock) : null),
    send: (rate) => sent.push(rate),
  });
  return { clock, sent, pacer, report, signOut: () => (signedIn = false) };
}

describe('createRateReport', () => {
  it('tells of the first call at once, of many no more than once a second, and of the last until it is a minute old', async () => {
    const { clock, sent, pacer } = open();
    const calls = Array.from({ length: 40 }, () => pacer.acquire(never));
    await clock.advance(0);
    expect(sent).toEqual([{ limitPerMinute: 300, limitSource, usedLastMinute: 1, closedUntil: null }]);
    await clock.runUntil(Promise.all(calls));
    const seconds = Math.ceil(clock.monotonic() / 1000);
    expect(sent.length).toBeLessThanOrEqual(seconds + 1);
    await clock.advance(62_000);
    expect(sent.at(-1)).toEqual({ limitPerMinute: 300, limitSource, usedLastMinute: 0, closedUntil: null });
    expect(Math.max(...sent.map((rate) => rate?.usedLastMinute ?? 0))).toBe(40);
    // Nothing goes on when there is nothing left to tell.
    expect(clock.sleeping).toBe(0);
  });

  it('tells until when calls have to wait, and that they may go again', async () => {
    const { clock, sent, pacer } = open();
    pacer.closeFor(10_000);
    const until = new Date(clock.now() + 10_250).toISOString();
    expect(sent.at(-1)).toMatchObject({ closedUntil: until });
    await clock.advance(11_000);
    expect(sent.at(-1)).toMatchObject({ closedUntil: null });
  });

  it('tells that nobody is signed in any more', async () => {
    const { clock, sent, pacer, report, signOut } = open();
    await pacer.acquire(never);
    signOut();
    report.touch();
    await clock.advance(1_000);
    expect(sent.at(-1)).toBeNull();
    expect(clock.sleeping).toBe(0);
  });
});
