import { expect, it } from 'vitest';
import { NO_TRIES } from './classify-answer.ts';
import { createQueue } from './queue.ts';

it('hands on who is to be revoked, and nothing else of the rows that it is given', () => {
  const rows = [1, 2, 3].map((index) => ({ index, userId: `user-${index}`, name: `Person ${index}` }));
  const queue = createQueue(rows, new Map(), 'USER-2');

  const taken = [queue.take(true), queue.take(true), queue.take(true)];

  expect(taken).toEqual(
    [1, 3, 2].map((n) => ({ index: n, userId: `user-${n}`, tries: NO_TRIES, begun: false })),
  );
  expect(queue.left).toBe(0);
});
