import { expect, it } from 'vitest';
import { systemClock } from './clock.ts';

it('a sleep that is broken off rejects with the reason that was given', async () => {
  const reason = new Error('enough');
  const during = new AbortController();
  const sleeping = systemClock.sleep(60_000, during.signal);
  during.abort(reason);
  await expect(sleeping).rejects.toBe(reason);
  await expect(systemClock.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
  await expect(systemClock.sleep(0)).resolves.toBeUndefined();
});
