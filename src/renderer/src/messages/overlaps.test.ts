import { describe, expect, it } from 'vitest';
import { appliedMessage } from './applied.ts';
import { joined } from '../../../shared/choice.ts';
import { overlapSentences } from './overlaps.ts';

const bundle = (priority: number, timeoutSeconds: number) => ({
  priority,
  timeoutSeconds,
  unit: null,
  groupIds: ['a', 'b'],
});
const nameOf = (id: string): string => id.toUpperCase();

describe('overlaps', () => {
  it('name the bundle that wins, and its time', () => {
    const bundles = [bundle(1, 600), bundle(2, 900), bundle(4, 1200)];
    expect(
      overlapSentences(
        bundles,
        [{ groupId: 'a', wins: 1, loses: [2, 4] }],
        [
          { wins: 2, loses: 4, people: 1 },
          { wins: 1, loses: 2, people: 1234 },
        ],
        nameOf,
      ),
    ).toEqual([
      'A is in priority 1, 2 and 4. Priority 1 wins: 10 minutes.',
      '1 person is in priority 2 and 4. Priority 2 wins: 15 minutes.',
      expect.stringContaining('people are in priority 1 and 2. Priority 1 wins: 10 minutes.'),
    ]);
  });

  it('are listed as people write lists', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(joined)).toEqual(['', 'a', 'a and b', 'a, b and c']);
  });
});

describe('which timeout applies, in words', () => {
  it.each([
    [{ kind: 'off' } as const, 'None. The idle timeout is off.'],
    [
      { kind: 'everybody', seconds: 7200, because: 'groups-off' } as const,
      '2 hours. The timeout for everybody: group timeouts are off.',
    ],
    [
      { kind: 'everybody', seconds: null, because: 'in-no-bundle' } as const,
      'Not given. The timeout for everybody: none of their groups has one of its own.',
    ],
    [
      { kind: 'bundle', bundle: bundle(2, 600), via: ['a', 'b'], beaten: [] } as const,
      '10 minutes. Member of A and B, priority 2.',
    ],
    [
      { kind: 'bundle', bundle: bundle(1, 600), via: ['a'], beaten: [bundle(3, 900)] } as const,
      '10 minutes. Member of A, priority 1. That wins over priority 3 (15 minutes).',
    ],
  ])('%#', (applied, expected) => {
    const { value, why } = appliedMessage(applied, nameOf);
    expect(`${value} ${why}`).toBe(expected);
  });
});
