import { expect, it } from 'vitest';
import { bytesEach } from '../../testing/heap.ts';
import { KeepOutReplay } from '../keep-out/replay.ts';
import { settlementOf } from './replay.ts';

// Of 100,000 users each. A plain object of ten fields takes about 120 bytes, one that V8 keeps as a dictionary 450.
const MOST_BYTES = 250;
const at = '2026-11-26T12:00:00.000Z';

it.each([undefined, at])(
  'an outcome is kept as a plain object, with %s as its time by the server',
  (sentAt) => {
    const bytes = bytesEach((index) => {
      const outcome = { type: 'outcome', index, userId: 'u', outcome: 'revoked', note: null } as const;
      const answer = { attempts: 1, status: 204, correlationId: null };
      return settlementOf({ ...outcome, ...answer, ...(sentAt !== undefined && { sentAt }) }, at);
    });
    expect(bytes).toBeLessThan(MOST_BYTES);
  },
);

it('who is kept out is a plain object from the first record on', () => {
  const replay = new KeepOutReplay();
  const bytes = bytesEach((index) => {
    replay.add({ type: 'user', index, userId: 'u', name: 'n', since: at, at });
    return replay.users[index] ?? {};
  });
  expect(bytes).toBeLessThan(MOST_BYTES);
});
