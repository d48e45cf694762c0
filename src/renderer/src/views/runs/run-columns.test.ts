import { describe, expect, it } from 'vitest';
import { NO_COUNTS, type RunSummary } from '../../../../shared/run.ts';
import { cellText } from '../../components/table/types.ts';
import { RUN_COLUMNS } from './run-columns.ts';

const sample: RunSummary = {
  runId: 'run-a',
  state: { kind: 'finished', at: '2026-11-18T22:09:12Z' },
  dryRun: false,
  connectionId: 'c-demo',
  connectionLabel: 'Demo organization',
  organization: { id: 'o', name: 'Northwind Contact' },
  region: 'demo',
  demo: true,
  operator: 'Ingrid Sørensen',
  reason: 'Leaked token in a support ticket',
  ticket: 'INC-20481',
  planHash: 'b2f1'.repeat(16),
  choice: null,
  parent: null,
  unanswered: 0,
  createdAt: '2026-11-18T22:07:40Z',
  endedAt: '2026-11-18T22:09:12Z',
  endedWhy: 'Every user has an outcome',
  users: 412,
  counts: { ...NO_COUNTS, revoked: 405, 'not-found': 4, failed: 3, 'kept-back': 88 },
  damage: null,
  elsewhere: false,
};
const run = (change: Partial<RunSummary>): RunSummary => ({ ...sample, ...change });
const says = (key: string, of: RunSummary): string =>
  RUN_COLUMNS.filter((column) => column.key === key).map((column) => cellText(column, of))[0] ??
  'no such column';

describe('a run in a row', () => {
  it('is called by its reason and ticket, or by what it is', () => {
    expect(says('reason', run({ reason: 'Leak', ticket: 'INC-1' }))).toBe('Leak · INC-1');
    expect(says('reason', run({ reason: '', ticket: '', dryRun: false }))).toBe('Revocation');
    expect(says('reason', run({ reason: '', ticket: 'INC-2', dryRun: true }))).toBe('Dry run · INC-2');
  });

  it('says its state, why it is paused, and when its record cannot be trusted', () => {
    expect(says('state', run({ dryRun: true }))).toBe('Finished, dry run');
    const paused = { kind: 'paused', reason: 'offline', since: '', until: null } as const;
    expect(says('state', run({ state: paused }))).toBe('Paused: Offline');
    expect(says('state', run({ damage: 'Line 3 of the journal is damaged.' }))).toBe('Record damaged');
  });

  it('counts the refused as failed too', () => {
    const counts = { ...sample.counts, failed: 3, forbidden: 2, 'not-found': 7 };
    expect(says('failed', run({ counts }))).toBe('5');
  });

  it('has a duration only when it has ended, and never a negative one', () => {
    const createdAt = '2026-11-18T22:00:00Z';
    expect(says('duration', run({ createdAt, endedAt: '2026-11-18T23:01:05Z' }))).toBe('01:01:05');
    expect(says('duration', run({ createdAt, endedAt: '2026-11-18T21:00:00Z' }))).toBe('00:00');
    expect(says('duration', run({ createdAt, endedAt: null }))).toBe('');
  });
});
