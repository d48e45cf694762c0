import { describe, expect, it } from 'vitest';
import { createNewest } from './newest.ts';

const never = new AbortController().signal;
/** Ends only when it is told to. */
const untilAborted = (signal: AbortSignal): Promise<string> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });

describe('the newest of some works', () => {
  it('is answered, and the one before is cut and says so', async () => {
    const newest = createNewest();
    const first = newest(untilAborted, never);
    expect(await newest(() => Promise.resolve('second'), never)).toBe('second');
    await expect(first).rejects.toMatchObject({ error: { code: 'cancelled' } });
  });

  it('fails with what it failed with, and when its time is over', async () => {
    const newest = createNewest();
    await expect(newest(() => Promise.reject(new Error('offline')), never)).rejects.toThrow('offline');
    const limit = AbortSignal.abort(new Error('too long'));
    await expect(newest((signal) => Promise.reject(signal.reason as Error), limit)).rejects.toThrow(
      'too long',
    );
  });
});
