import { expect, it } from 'vitest';
import { userId } from '../testing/fake-org.ts';
import { createLook } from './look.ts';
import type { KeepOutBody } from './records.ts';
import type { ReplayedKeepOut, Watched } from './replay.ts';

const user: Watched = {
  ...{ index: 0, userId: userId(0), name: 'Ann', since: '2026-11-26T09:00:00Z', returns: 0 },
  newerThan: '2026-11-26T09:00:00Z',
  ...{ issuedAt: null, seenAt: null, straightBack: 0, byItself: false, leftAlone: false, due: false },
  ...{ outcome: null, revokedAt: null },
};
const replay: ReplayedKeepOut = {
  ...{ header: null, users: [user], state: { kind: 'running' }, why: '', looks: 0, lastLookAt: null },
  ...{ unknown: 0, returns: 0, revoked: 0, lastAt: '', passedMs: 0 },
};

it('a time that cannot be read is unknown, and hides no return after it', async () => {
  const told = ['soon', '2026-11-26T08:00:00Z', 'soon', '2026-11-26T09:30:00Z'];
  const written: KeepOutBody[] = [];
  const look = createLook({
    replay,
    ask: () => Promise.resolve([{ id: user.userId, lastTokenIssued: told.shift() ?? null, onCall: null }]),
    write: (body) => {
      written.push(body);
      return Promise.resolve(true);
    },
    again: { revoke: () => Promise.resolve(true) },
    pauseFor: () => undefined,
    onChange: () => undefined,
  });
  for (let n = 0; n < 4; n += 1) await look(new AbortController().signal);
  expect(written).toMatchObject([
    { type: 'look', unknown: 1 },
    { type: 'look', unknown: 0 },
    { type: 'look', unknown: 1 },
    { type: 'return', issuedAt: '2026-11-26T09:30:00Z' },
    { type: 'look', unknown: 0 },
  ]);
});
