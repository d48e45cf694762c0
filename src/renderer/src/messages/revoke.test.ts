import type { ListPreview } from '../../../shared/list.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanSummary } from '../../../shared/plan.ts';
import { NO_COUNTS, type OutcomeCounts } from '../../../shared/run.ts';
import { sampleAbout } from '../testing/samples.ts';
import {
  closingSentence,
  endedBy,
  endSentence,
  endShort,
  listFormat,
  planCost,
  planSentence,
  planShort,
} from './revoke.ts';
import { doneOf, remainingOf } from '../domain/counts.ts';

const plan = (change: Partial<PlanSummary>): PlanSummary => ({
  planId: 'p',
  hash: '',
  connectionId: 'c',
  createdAt: '2026-11-21T12:00:00Z',
  sourceText: 'leavers.csv',
  total: 500,
  revoke: 412,
  keptBack: { duplicate: 60, 'not-found': 28 },
  byDivision: [],
  callsUsed: 5,
  estimatedSeconds: 85,
  confirmationText: 'REVOKE 412',
  sources: [],
  protectedMissing: [],
  differences: [],
  revokesYourself: false,
  ...change,
});

const counts = (change: Partial<OutcomeCounts>): OutcomeCounts => ({ ...NO_COUNTS, ...change });

describe('the review in words', () => {
  it.each([
    [{}, 'The tokens of 412 users will be revoked. 88 rows are kept back.'],
    [{ revoke: 1, keptBack: { yourself: 1 } }, 'The tokens of 1 user will be revoked. 1 row is kept back.'],
    [{ keptBack: {} }, 'The tokens of 412 users will be revoked. Nothing is kept back.'],
    [{ revoke: 0 }, 'No tokens will be revoked. 88 rows are kept back.'],
    [{ revoke: 0, keptBack: {} }, 'Nobody is in this list.'],
  ])('%o', (change, sentence) => {
    expect(planSentence(plan(change))).toBe(sentence);
  });

  it.each([
    [{}, '412 to revoke, 88 rows kept back.'],
    [{ revoke: 1, keptBack: { yourself: 1 } }, '1 to revoke, 1 row kept back.'],
    [{ keptBack: {} }, '412 to revoke.'],
    [{ revoke: 0 }, '88 rows kept back.'],
    [{ revoke: 0, keptBack: {} }, 'Nobody is in this list.'],
  ])('%o, in the bar of steps', (change, words) => {
    expect(planShort(plan(change))).toBe(words);
  });

  it('says what it costs', () => {
    expect(planCost(plan({}))).toBe(
      'Looking the users up took 5 calls. Revoking takes 412 calls, about 1 minute 25 seconds at the pace that is set now.',
    );
    expect(planCost(plan({ revoke: 0 }))).toBe('Looking the users up took 5 calls.');
  });
});

describe('a list in words', () => {
  const list: Omit<ListPreview, 'encoding' | 'delimiter' | 'hasHeader'> = {
    ...{ listId: 'l', name: 'x', columns: [], identifierColumn: null, rows: 0, tie: [], format: 'table' },
    ...{ leftOut: [], leftOutCount: 0, leftOutUsers: { ids: 0, emails: 0 }, sheets: [], sheet: null },
  };
  it('says how it was read', () => {
    expect(listFormat({ ...list, encoding: 'utf-16le', delimiter: ';', hasHeader: true })).toBe(
      'UTF-16 (little endian), columns separated by semicolon, with a heading',
    );
    expect(
      listFormat({ ...list, encoding: 'utf-8', delimiter: null, hasHeader: false, format: 'lines' }),
    ).toBe('UTF-8, one entry a line');
  });
});

describe('a run in words', () => {
  it('has few of them in the bar of steps', () => {
    expect(endShort({ dryRun: false, users: 412, counts: counts({ revoked: 400, failed: 2 }) })).toBe(
      '400 of 412 revoked.',
    );
    expect(endShort({ dryRun: true, users: 2, counts: counts({ 'would-revoke': 2 }) })).toBe(
      'Dry run: 2 of 2 would be revoked.',
    );
  });

  it('says how it ended, and who was not attempted', () => {
    const state = { kind: 'cancelled', at: '2026-11-21T12:00:00Z' } as const;
    expect(
      endSentence({ state, dryRun: false, users: 412, counts: counts({ revoked: 400, failed: 2 }) }),
    ).toBe('Cancelled. The tokens of 400 of 412 users were revoked. 2 failed. 10 users were not attempted.');
    const finished = { ...state, kind: 'finished' } as const;
    expect(
      endSentence({ state: finished, dryRun: true, users: 2, counts: counts({ 'would-revoke': 2 }) }),
    ).toBe('The tokens of 2 of 2 users would be revoked.');
  });

  it('names every outcome that there is', () => {
    const at = '2026-11-21T12:00:00Z';
    const all = { revoked: 352, 'not-found': 10, forbidden: 3, failed: 1, 'kept-back': 41 };
    const run = { dryRun: false, users: 2793, counts: counts(all) };
    expect(endSentence({ ...run, state: { kind: 'cancelled', at } })).toBe(
      'Cancelled. The tokens of 352 of 2,793 users were revoked. 10 not found, 3 not allowed, 1 failed. ' +
        '2,427 users were not attempted. 41 rows were kept back.',
    );
    const kinds = [
      ['not-found', '7 not found'],
      ['forbidden', '7 not allowed'],
      ['failed', '7 failed'],
      ['kept-back', '7 rows were kept back'],
      ['not-attempted', '7 users were not attempted'],
    ] as const;
    for (const [kind, words] of kinds) {
      const users = kind === 'kept-back' ? 1 : 8;
      const some = { users, counts: counts({ revoked: 1, [kind]: 7 }), dryRun: false };
      const sentence = endSentence({ ...some, state: { kind: 'finished', at } });
      expect(sentence).toContain(words);
      expect(kinds.filter(([, others]) => sentence.includes(others))).toHaveLength(1);
    }
  });

  it('says by whom it ended, and when to the second', () => {
    const at = '2026-11-21T12:00:07Z';
    const about = sampleAbout;
    expect(endedBy({ state: { kind: 'running' }, about })).toBe('');
    const finished = endedBy({ state: { kind: 'finished', at }, about });
    expect(finished).toContain('Run by Anna Berg. Ended ');
    expect(finished).toContain(':00:07');
    const cancelled = { state: { kind: 'cancelled', at }, about } as const;
    expect(endedBy(cancelled)).toContain('Cancelled by Anna Berg. Ended ');
    expect(endedBy(cancelled, 'Cancelled by the operator')).toContain('Cancelled by Anna Berg. Ended ');
    expect(endedBy(cancelled, 'Closed without resuming by Ben: late')).toContain(
      'Closed without resuming by Ben: late. Ended ',
    );
  });

  it('claims nothing about users whose outcome is not known', () => {
    const run = { dryRun: false, users: 412, counts: counts({ revoked: 210 }) };
    expect(endSentence({ ...run, state: { kind: 'interrupted' } })).toBe(
      'The tokens of 210 of 412 users were revoked. 202 users have no outcome yet.',
    );
    expect(endSentence({ ...run, state: { kind: 'interrupted' }, damage: 'Record 211 is broken.' })).toBe(
      'The tokens of 210 of 412 users were revoked. What became of 202 users is not certain.',
    );
  });

  it('does not say of a damaged record that calls were begun', () => {
    const run = { dryRun: false, users: 412, counts: counts({ revoked: 210, failed: 203 }), unanswered: 202 };
    expect(
      endSentence({ ...run, users: 413, state: { kind: 'interrupted' }, damage: 'Line 211 is broken.' }),
    ).toBe('The tokens of 210 of 413 users were revoked. 1 failed. What became of 202 users is not certain.');
  });

  it('says truthfully what is not known of users whose answer was never recorded', () => {
    const run = { dryRun: false, users: 412, counts: counts({ revoked: 210, failed: 3 }), unanswered: 2 };
    expect(endSentence({ ...run, state: { kind: 'interrupted' } })).toBe(
      'The tokens of 210 of 412 users were revoked. 1 failed. 199 users have no outcome yet. ' +
        'For 2 users a call was begun whose answer is not recorded: their tokens may have been revoked or not.',
    );
    const at = '2026-11-21T12:00:00Z';
    expect(endSentence({ ...run, users: 213, unanswered: 1, state: { kind: 'cancelled', at } })).toBe(
      'Cancelled. The tokens of 210 of 213 users were revoked. 2 failed. ' +
        'For 1 user a call was begun whose answer is not recorded: their tokens may have been revoked or not.',
    );
  });

  it('says what closing an interrupted run does', () => {
    const run = { users: 412, counts: counts({ revoked: 210, failed: 3 }), unanswered: 2 };
    expect(closingSentence(run)).toBe(
      '199 users without an outcome become “not attempted”: their tokens are left as they are. ' +
        '2 users whose answer was never recorded stay “failed”: whether their tokens were revoked, nobody knows. ' +
        'The run can then not be resumed, and its report is complete.',
    );
    expect(closingSentence({ ...run, users: 213, unanswered: 0 })).toBe(
      'The run can then not be resumed, and its report is complete.',
    );
  });

  it('counts each user as done or remaining, never as both', () => {
    const count = fc.nat(1000);
    const kinds = fc.record({ revoked: count, 'not-found': count, forbidden: count, failed: count });
    fc.assert(
      fc.property(kinds, count, (some, open) => {
        const run = { counts: counts({ ...some, 'kept-back': 7 }), users: 0 };
        const users = doneOf(run) + open;
        expect(remainingOf({ ...run, users })).toBe(open);
      }),
    );
  });
});
