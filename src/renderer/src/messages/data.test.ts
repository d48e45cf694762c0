import { describe, expect, it } from 'vitest';
import { folderChangeSentence, removalTitle } from './data.ts';

const change = (runs: number, resumable: number, path = '/new') =>
  folderChangeSentence({
    folder: { path, isDefault: false },
    former: { path: '/old', runs, resumable },
  });

describe('a change of the folder of runs', () => {
  it('says what stays behind, and what can be resumed only from there', () => {
    expect(change(0, 0)).toBe('New runs are kept there.');
    expect(change(1, 0)).toContain('1 run stays in /old; choose that folder again to see it.');
    expect(change(3, 0)).toContain('3 runs stay in /old; choose that folder again to see them.');
    expect(change(3, 1)).toContain('1 interrupted run can be resumed only from there.');
    expect(change(3, 1, '/old')).toBe('That is the folder already in use.');
  });
});

it('a removal says how much is left', () => {
  const left = { kind: 'log', what: '/logs', error: { code: 'internal', message: '' } } as const;
  expect(removalTitle({ left: [], untouched: [], keptRuns: null })).toBe('Everything is removed');
  expect(removalTitle({ left: [left, left], untouched: [], keptRuns: null })).toBe(
    '2 things could not be removed',
  );
});
