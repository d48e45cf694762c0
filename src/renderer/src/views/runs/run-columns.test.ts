import { describe, expect, it } from 'vitest';
import type { KeepOutSummary } from '../../../../shared/keep-out.ts';
import { NO_COUNTS, type RunSummary } from '../../../../shared/run.ts';
import type { KeptRecord } from '../../../../shared/triage.ts';
import { cellText } from '../../components/table/types.ts';
import { sampleAbout } from '../../testing/samples.ts';
import { entriesOf, type Entry } from './entries.ts';
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
  operatorId: 'u-ingrid',
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
const inColumn = (key: string, entry: Entry | undefined): string => {
  const column = RUN_COLUMNS.find((one) => one.key === key);
  return column && entry ? cellText(column, entry) : 'nothing';
};
const says = (key: string, of: RunSummary): string => inColumn(key, entriesOf([of], [], [])[0]);

describe('a run in a row', () => {
  it('is called by its reason and ticket, or by what it is', () => {
    expect(says('reason', run({ reason: 'Leak', ticket: 'INC-1' }))).toBe('Leak · INC-1');
    expect(says('reason', run({ reason: '', ticket: '', dryRun: false }))).toBe('Revocation');
    expect(says('reason', run({ reason: '', ticket: 'INC-2', dryRun: true }))).toBe('Dry run · INC-2');
    expect(says('reason', run({ reason: 'Leak', ticket: '', dryRun: true }))).toBe('Dry run: Leak');
  });

  it('says its state, why it is paused, and when its record cannot be trusted', () => {
    expect(says('state', run({}))).toBe('Finished');
    expect(says('state', run({ elsewhere: true }))).toBe('Finished, in another Tokendesk');
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

describe('who was kept out and leaked tokens, among the runs', () => {
  const keepOut: KeepOutSummary = {
    runId: 'run-a',
    keepOutId: 'k-1',
    state: { kind: 'cancelled', at: '2026-11-19T13:00:00Z' },
    about: { ...sampleAbout, createdAt: '2026-11-19T12:00:00Z' },
    endedWhy: null,
    until: null,
    users: 3,
    looks: 60,
    unknown: 0,
    lastLookAt: null,
    returns: 4,
    revoked: 4,
    back: [],
    damage: null,
  };
  const record: KeptRecord = {
    recordId: 't-1',
    keptAt: '2026-11-18T23:00:00Z',
    masked: 'ab…yz',
    who: 'Ana Ruiz',
    organization: 'Acme',
    host: null,
    revokedAt: '2026-11-18T22:59:00Z',
    text: '',
  };

  it('stand in the order of time, each by its kind', () => {
    const entries = entriesOf([run({})], [keepOut], [record]);
    expect(entries.map((entry) => inColumn('reason', entry))).toEqual([
      'Keep out: Leavers of November · INC-20481',
      'Leaked token of Ana Ruiz',
      'Leaked token in a support ticket · INC-20481',
    ]);
    expect(entries.map((entry) => inColumn('state', entry))).toEqual(['Cancelled', 'Revoked', 'Finished']);
    expect(entries.map((entry) => inColumn('users', entry))).toEqual(['3', '', '412']);
    expect(entries.map((entry) => inColumn('duration', entry))).toEqual(['01:00:00', '', '01:32']);
  });

  it('say what became of a token', () => {
    const state = (change: Partial<KeptRecord>) =>
      inColumn('state', entriesOf([], [], [{ ...record, ...change }])[0]);
    expect(state({ revokedAt: null })).toBe('Not revoked from here');
    expect(state({ revokedAt: null, who: null })).toBe('Not accepted');
    expect(state({ revokedAt: null, perhapsRevokedAt: '2026-11-18T22:59:00Z' })).toBe('Perhaps revoked');
  });
});
