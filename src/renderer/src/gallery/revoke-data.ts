import type { KeptBackReason, ListPreview, PlanRow, PlanSummary } from '../../../shared/plan.ts';
import { NO_COUNTS, type OutcomeKind, type OutcomeRow, type RunSummary } from '../../../shared/run.ts';

const FIRST = [
  'Ana',
  'Jörg',
  'Zoë',
  '伟',
  'Mary',
  'Łukasz',
  'Fatima',
  'Noor',
  'Giovanni',
  'Siobhán',
  'Олена',
  'Priya',
];
const LAST = [
  'López',
  'Müller',
  'van der Berg',
  '李',
  'O’Brien',
  'Nowak',
  'Hassan',
  'Rossi',
  'Шевченко',
  'Patel',
  'Kim',
];
const DIVISIONS = [
  'Home',
  'Contact center EMEA',
  'Sales',
  'Back office',
  'Retail',
  'Field service',
  'IT',
  'Pilot',
];
const DEPARTMENTS = ['Service', 'Claims', 'Sales', 'Night shift', 'Quality'];
const REASONS: readonly KeptBackReason[] = [
  'duplicate',
  'not-found',
  'duplicate',
  'ambiguous',
  'deleted',
  'protected',
];

/** The same number for the same seed: pictures can be compared. */
const mix = (seed: number): number => Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d) >>> 0;
const pick = <T>(from: readonly [T, ...T[]] | readonly T[], seed: number): T =>
  from[mix(seed) % from.length] as T;
const hex = (seed: number, digits: number): string =>
  mix(seed).toString(16).padStart(8, '0').slice(0, digits);
const uuid = (seed: number): string =>
  `${hex(seed, 8)}-${hex(seed + 1, 4)}-4${hex(seed + 2, 3)}-a${hex(seed + 3, 3)}-${hex(seed + 4, 8)}${hex(seed + 5, 4)}`;

export function makeRow(index: number): PlanRow {
  const reason = index === 3 ? 'yourself' : mix(index) % 7 === 0 ? pick(REASONS, index + 9) : null;
  const first = pick(FIRST, index);
  const last = pick(LAST, index * 31 + 7);
  const email = `user${index}@northwind.example`;
  const known = reason !== 'not-found' && reason !== 'ambiguous';
  return {
    index,
    input: email,
    userId: known ? uuid(index) : null,
    name: known ? `${first} ${last}` : null,
    email: known ? email : null,
    department: known ? pick(DEPARTMENTS, index * 3) : null,
    division: known ? pick(DIVISIONS, index * 5) : null,
    state: known ? (reason === 'deleted' ? 'deleted' : 'active') : null,
    decision:
      reason === null
        ? { kind: 'revoke' }
        : { kind: 'kept-back', reason, note: reason === 'duplicate' ? 'Same user as row 1.' : null },
  };
}

export function makePlan(rows: readonly PlanRow[]): PlanSummary {
  const keptBack: Partial<Record<KeptBackReason, number>> = {};
  const divisions = new Map<string, number>();
  let revoke = 0;
  for (const { decision, division } of rows) {
    if (decision.kind === 'kept-back') keptBack[decision.reason] = (keptBack[decision.reason] ?? 0) + 1;
    else {
      revoke += 1;
      divisions.set(division ?? '', (divisions.get(division ?? '') ?? 0) + 1);
    }
  }
  return {
    planId: 'plan-1',
    hash: 'b2f1'.repeat(16),
    connectionId: 'c-demo',
    createdAt: '2026-11-21T12:00:00Z',
    sourceText: 'leavers.csv',
    total: rows.length,
    revoke,
    keptBack,
    byDivision: [...divisions].map(([division, users]) => ({ division, users })),
    callsUsed: Math.ceil(rows.length / 100),
    estimatedSeconds: revoke / 4.85,
    confirmationText: revoke === 0 ? '' : `REVOKE ${revoke}`,
    sources: [{ role: 'include', name: 'leavers.csv', users: rows.length }],
    protectedMissing: [],
    revokesYourself: false,
  };
}

export const makeList = (name: string, rows: number): ListPreview => ({
  listId: `list-${name}`,
  name,
  encoding: 'utf-8',
  delimiter: ';',
  hasHeader: true,
  columns: [
    { index: 0, name: 'Personnel no.', samples: ['40112', '40113', '40118'], ids: 0, emails: 0 },
    { index: 1, name: 'Name', samples: ['Ana López', 'Jörg Müller'], ids: 0, emails: 0 },
    {
      index: 2,
      name: 'E-Mail',
      samples: ['user0@northwind.example', 'user1@northwind.example'],
      ids: 0,
      emails: rows,
    },
  ],
  identifierColumn: 2,
  rows,
});

/** What becomes of the user of a row when it is reached. */
export const outcomeOf = (index: number, dryRun: boolean): OutcomeKind => {
  if (dryRun) return 'would-revoke';
  if (mix(index + 5) % 53 === 0) return 'failed';
  if (mix(index + 6) % 71 === 0) return 'not-found';
  return mix(index + 8) % 211 === 0 ? 'forbidden' : 'revoked';
};

export function makeOutcome(row: PlanRow, outcome: OutcomeKind): OutcomeRow {
  const { index, userId, name, email, input } = row;
  const tried = outcome !== 'kept-back' && outcome !== 'not-attempted' && outcome !== 'would-revoke';
  const notes: Partial<Record<OutcomeKind, string>> = {
    failed: 'Service Unavailable, after 5 attempts',
    forbidden: 'The user is outside your divisions',
    'kept-back': row.decision.kind === 'kept-back' ? row.decision.reason : '',
  };
  return {
    index,
    userId,
    name,
    email,
    input,
    outcome,
    note: notes[outcome] ?? null,
    attempts: tried ? (outcome === 'failed' ? 5 : 1) : 0,
    status: tried
      ? (({ failed: 503, forbidden: 403, 'not-found': 404 } as Record<string, number>)[outcome] ?? 200)
      : null,
    at: tried ? new Date(Date.parse('2026-11-21T12:00:00Z') + index * 206).toISOString() : null,
    correlationId: tried ? uuid(index + 1000) : null,
  };
}

const summary: RunSummary = {
  runId: 'run-a',
  state: { kind: 'finished', at: '2026-11-18T22:09:12Z' },
  dryRun: false,
  connectionId: 'c-demo',
  connectionLabel: 'Demo organization',
  organization: { id: 'o', name: 'Northwind Contact' },
  demo: true,
  operator: 'Ingrid Sørensen',
  reason: 'Leaked token in a support ticket',
  ticket: 'INC-20481',
  planHash: 'b2f1'.repeat(16),
  parent: null,
  unanswered: 0,
  createdAt: '2026-11-18T22:07:40Z',
  endedAt: '2026-11-18T22:09:12Z',
  endedWhy: 'Every user has an outcome',
  users: 412,
  counts: { ...NO_COUNTS, revoked: 405, 'not-found': 4, failed: 3, 'kept-back': 88 },
  damage: null,
};

/** One run of every kind, oldest first. */
export const sampleRuns: readonly RunSummary[] = [
  {
    ...summary,
    runId: 'run-damaged',
    demo: false,
    organization: { id: 'o2', name: 'Acme Versicherung AG' },
    reason: 'SSO migration, wave 2',
    ticket: 'CHG-7719',
    createdAt: '2026-09-02T19:00:00Z',
    counts: { ...NO_COUNTS, revoked: 210 },
    damage: 'Record 211 does not continue record 210: the file was changed.',
  },
  summary,
  {
    ...summary,
    runId: 'run-dry',
    dryRun: true,
    reason: 'Leavers of November',
    ticket: '',
    createdAt: '2026-11-20T08:12:00Z',
    counts: { ...NO_COUNTS, 'would-revoke': 412, 'kept-back': 88 },
  },
  {
    ...summary,
    runId: 'run-cancelled',
    state: { kind: 'cancelled', at: '2026-11-20T09:01:00Z' },
    reason: 'Leavers of November',
    createdAt: '2026-11-20T09:00:00Z',
    counts: { ...NO_COUNTS, revoked: 39, 'not-attempted': 373, 'kept-back': 88 },
  },
  {
    ...summary,
    runId: 'run-interrupted',
    state: { kind: 'interrupted' },
    reason: 'Leavers of November, again',
    createdAt: '2026-11-21T10:30:00Z',
    endedAt: null,
    counts: { ...NO_COUNTS, revoked: 122, failed: 2, 'kept-back': 88 },
  },
];
