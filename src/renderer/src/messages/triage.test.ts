import { expect, it } from 'vitest';
import type { FoundToken } from '../../../shared/triage.ts';
import { foundLabel, triageRecord } from './triage.ts';

const token: FoundToken = {
  ...{ id: '1-1', masked: 'abcd••••••••wxyz', characters: 86, place: 'bearer', line: 2 },
  ...{ wholeness: 'whole', regionId: null },
};

const done = {
  token,
  answer: { kind: 'not-accepted', answers: [], at: '2026-11-26T10:00:00Z' },
  writtenAt: '2026-11-26T10:02:00Z',
  appVersion: '1.0.0',
} as const;

it('a record does not say that a token was not revoked when no clear answer came', () => {
  const asked = triageRecord({ ...done, revoked: null, perhapsRevokedAt: '2026-11-26T10:01:00Z' });
  expect(asked).toContain('Revoked:       not known: asked for at 2026-11-26T10:01:00Z');
  expect(triageRecord({ ...done, revoked: null, perhapsRevokedAt: null })).toContain(
    'Revoked:       not from here',
  );
});

it('a record tells of a revocation whose check got no answer', () => {
  const record = triageRecord({
    ...done,
    revoked: { at: '2026-11-26T10:01:00Z', verified: null },
    perhapsRevokedAt: null,
  });
  expect(record).toContain('Revoked:       2026-11-26T10:01:00Z (DELETE /api/v2/tokens/me)');
  expect(record).toContain('Verified:      not yet: the check got no usable answer');
});

it('says how many tokens a text has when not all of them are shown', () => {
  expect(foundLabel(1, 1)).toBe('Found');
  expect(foundLabel(2, 2)).toBe('Found 2: which one?');
  expect(foundLabel(10, 37)).toBe('Found 37, of which the 10 surest are here: which one?');
});
