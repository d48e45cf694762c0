import { expect, it } from 'vitest';
import { userId } from '../testing/fake-org.ts';
import type { KeepOutBody } from './records.ts';
import { isReturn, KeepOutReplay } from './replay.ts';

const who = { index: 0, userId: userId(0) };

/** What is known of one user whom the run revoked at 9:00, after these records, one a minute from 9:10 on. */
function userAfter(records: readonly KeepOutBody[]) {
  const replay = new KeepOutReplay();
  replay.add({
    ...{ type: 'user', ...who, name: null, since: '2026-11-26T09:00:00Z' },
    at: '2026-11-26T09:09:00Z',
  });
  records.forEach((record, n) => {
    replay.add({ ...record, at: `2026-11-26T09:${10 + n}:00Z` });
  });
  return replay.users[0]!;
}

const back = (issuedAt: string): KeepOutBody => ({ type: 'return', ...who, issuedAt });
const revoked = (sentAt?: string): KeepOutBody => ({
  ...{ type: 'outcome', ...who, outcome: 'revoked', note: null, attempts: 1, status: 204 },
  ...{ correlationId: null, ...(sentAt !== undefined && { sentAt }) },
});

it('a token from before the revocation is no return, whenever it is told', () => {
  const user = userAfter([back('2026-11-26T09:05:00Z'), revoked('2026-11-26T09:11:00Z')]);
  expect(isReturn(user, '2026-11-26T09:10:30Z')).toBe(false);
  expect(isReturn(user, '2026-11-26T09:11:30Z')).toBe(true);
});

it('the token that was acted on is no return once more, though it is newer than the time of the revocation', () => {
  const user = userAfter([back('2026-11-26T09:11:00.500Z'), revoked('2026-11-26T09:11:00Z')]);
  expect(isReturn(user, '2026-11-26T09:11:00.500Z')).toBe(false);
});

it('without the server’s time whatever is newer than the last return is one', () => {
  const user = userAfter([back('2026-11-26T09:05:00Z'), revoked()]);
  expect(isReturn(user, '2026-11-26T09:05:01Z')).toBe(true);
});

it('how soon a user came back is not told by another clock than the revocation', () => {
  // This computer's clock is an hour behind the server's: 9:10 is 10:10 there.
  expect(userAfter([back('2026-11-26T10:09:00Z')])).toMatchObject({ straightBack: 0 });
  expect(userAfter([back('2026-11-26T09:04:00Z')])).toMatchObject({ straightBack: 1 });
});
