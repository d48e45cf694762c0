import { expect, it } from 'vitest';
import { callsOfTokendesk, MOST_CALLS } from '../bench/calls/measure.ts';

// Beside a loop over the official SDK: `npm run bench -- calls`.
it('10,000 addresses take at most 200 calls; a group and everyone take one a page', async () => {
  const results = await callsOfTokendesk();
  for (const { task, users, calls } of results) {
    expect(users).toBeGreaterThanOrEqual({ addresses: 10_000, group: 5000, everyone: 20_000 }[task]);
    expect(calls).toBeLessThanOrEqual(MOST_CALLS[task]);
  }
}, 120_000);
