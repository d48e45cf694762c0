import { describe, expect, it } from 'vitest';
import { confirmationProblem, isConfirmed } from './confirmation.ts';

const ASKED = 'REVOKE 19584 IN Acme 3,000 GmbH';

describe('a typed confirmation', () => {
  it.each([
    ASKED,
    ' revoke  19584 in acme 3,000 gmbh ',
    'REVOKE 19,584 IN Acme 3000 GmbH',
    'REVOKE 19.584 IN Acme 3,000 GmbH',
    'REVOKE 19 584 IN Acme 3,000 GmbH',
    'REVOKE 19’584 IN Acme 3,000 GmbH',
  ])('%j is taken', (typed) => {
    expect(isConfirmed(typed, ASKED)).toBe(true);
  });

  it.each<[string, object]>([
    ['', { kind: 'unfinished' }],
    ['revoke 195', { kind: 'unfinished' }],
    ['REVOKE 19584 IN Ac', { kind: 'unfinished' }],
    ['REVOKE 19583 IN Acme 3,000 GmbH', { kind: 'other-number', typed: '19583' }],
    ['REVOKE 1,9584 IN Acme 3,000 GmbH', { kind: 'other-number', typed: '1' }],
    ['REVOKE 195840', { kind: 'other-number', typed: '195840' }],
    ['REVOKE 19584 IN Acme GmbH', { kind: 'other-words' }],
    ['yes', { kind: 'other-words' }],
  ])('%j is not, and what differs is told', (typed, problem) => {
    expect(confirmationProblem(typed, ASKED)).toEqual(problem);
    expect(isConfirmed(typed, ASKED)).toBe(false);
  });

  it('where nothing is asked nothing is confirmed', () => {
    expect(isConfirmed('', '')).toBe(false);
  });
});
