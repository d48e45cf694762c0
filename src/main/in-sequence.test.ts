import { expect, it } from 'vitest';
import { createSequence } from './in-sequence.ts';

it('does one after the other, and goes on after one that failed', async () => {
  const inSequence = createSequence();
  const done: string[] = [];
  const first = inSequence(async () => {
    await Promise.resolve();
    done.push('first');
    throw new Error('no');
  });
  const second = inSequence(() => Promise.resolve(done.push('second')));
  await expect(first).rejects.toThrow('no');
  await expect(second).resolves.toBe(2);
  expect(done).toEqual(['first', 'second']);
});
