import { expect, it, vi } from 'vitest';
import { fasterClock, systemClock, waitAtMost } from './clock.ts';
import { createManualClock } from './testing/manual-clock.ts';

it('a sleep that is broken off rejects with the reason that was given', async () => {
  const reason = new Error('enough');
  const during = new AbortController();
  const sleeping = systemClock.sleep(60_000, during.signal);
  during.abort(reason);
  await expect(sleeping).rejects.toBe(reason);
  await expect(systemClock.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
  await expect(systemClock.sleep(0)).resolves.toBeUndefined();
});

it('waits as long as it was told, though no timer of Node is so long', async () => {
  const during = new AbortController();
  const overflow = vi.fn();
  process.on('warning', overflow);
  const ended = vi.fn();
  for (const ms of [2 ** 31, 315_360_000_000, 8.64e15, Infinity])
    void systemClock.sleep(ms, during.signal).then(ended, () => undefined);
  await systemClock.sleep(30);
  expect(ended).not.toHaveBeenCalled();
  expect(overflow).not.toHaveBeenCalled();
  during.abort();
  process.off('warning', overflow);
});

it('takes a time that is none for no time', async () => {
  for (const ms of [NaN, -1, -Infinity]) await systemClock.sleep(ms);
  expect(systemClock.now()).toBeGreaterThan(0);
});

it('runs faster when a test says so, and all its times agree', async () => {
  const slow = createManualClock();
  const clock = fasterClock(slow, 600);
  const [wall, since] = [clock.now(), clock.monotonic()];
  const woken = vi.fn();
  void clock.sleep(60_000).then(woken);
  await slow.advance(99);
  expect(woken).not.toHaveBeenCalled();
  await slow.advance(1);
  expect(woken).toHaveBeenCalledOnce();
  expect([clock.now() - wall, clock.monotonic() - since]).toEqual([60_000, 60_000]);
});

it('waits for work no longer than it may take, and leaves no timer behind', async () => {
  const clock = createManualClock();
  await waitAtMost(clock, 1_000, Promise.resolve());
  await expect(waitAtMost(clock, 1_000, Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(clock.sleeping).toBe(0);
  const over = vi.fn();
  void waitAtMost(clock, 1_000, new Promise(() => undefined)).then(over);
  await clock.advance(999);
  expect(over).not.toHaveBeenCalled();
  await clock.advance(1);
  expect(over).toHaveBeenCalledOnce();
});
