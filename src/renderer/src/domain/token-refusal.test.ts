import { expect, it } from 'vitest';
import type { RegionAnswer } from '../../../shared/triage.ts';
import { tokenRefusal } from './token-refusal.ts';

const said = (...answers: RegionAnswer['answer'][]): readonly RegionAnswer[] =>
  answers.map((answer, index) => ({
    ...{ answer, region: { kind: 'genesys', id: 'us-east-1' }, host: `api${index}.example.com` },
    status: answer === 'refused' ? 401 : null,
  }));

it('a token is dead for certain where everybody who was asked said so', () => {
  expect(tokenRefusal(said('refused'), 'whole')).toEqual({ kind: 'one-region', isCertain: true });
  expect(tokenRefusal(said('refused', 'refused'), 'whole')).toEqual({ kind: 'all-regions', isCertain: true });
});

it('and is not where somebody did not answer, or where it may not be the whole token', () => {
  const silent = { kind: 'not-all-answered', isCertain: false, silent: 2 };
  expect(tokenRefusal(said('no-answer', 'refused', 'no-answer'), 'whole')).toEqual(silent);
  const cut = { kind: 'perhaps-not-whole', isCertain: false };
  expect(tokenRefusal(said('refused', 'no-answer'), 'maybe-cut')).toEqual(cut);
  expect(tokenRefusal(said('refused'), 'joined')).toEqual(cut);
});
