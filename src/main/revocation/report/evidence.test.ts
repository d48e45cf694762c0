import { describe, expect, it } from 'vitest';
import { NO_COUNTS, type OutcomeRow, type RunSummary, type RunVerification } from '../../../shared/run.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { createFakeOrg, fakeUser, userId } from '../testing/fake-org.ts';
import { toHtml } from './html.ts';
import { toJson } from './json.ts';
import { verifyRows } from './verify.ts';

const EVIL = '<img src=x onerror=alert(1)> & "quoted" \'single\'';

const run: RunSummary = {
  runId: '20260105-090000-k5ksa810db',
  state: { kind: 'finished', at: '2026-01-05T09:10:00.000Z' },
  dryRun: false,
  connectionId: 'c',
  connectionLabel: EVIL,
  organization: { id: 'org-1', name: EVIL },
  region: 'eu-central-1',
  demo: false,
  operator: EVIL,
  operatorId: EVIL,
  reason: EVIL,
  ticket: EVIL,
  planHash: 'ab',
  choice: 'Customer Care Europe except Engage Supervisor',
  parent: null,
  unanswered: 0,
  createdAt: '2026-01-05T09:00:00.000Z',
  endedAt: '2026-01-05T09:10:00.000Z',
  endedWhy: EVIL,
  users: 250,
  counts: { ...NO_COUNTS, revoked: 249, failed: 1 },
  elsewhere: false,
  damage: EVIL,
};

const row = (index: number, over: Partial<OutcomeRow> = {}): OutcomeRow => ({
  index,
  userId: userId(index),
  name: `User ${index}`,
  email: null,
  input: userId(index),
  outcome: 'revoked',
  note: null,
  attempts: 1,
  status: 200,
  at: '2026-01-05T09:05:00.000Z',
  correlationId: 'c',
  ...over,
});

const verification = (over: Partial<RunVerification> = {}): RunVerification => ({
  at: '2026-01-06T08:00:00.000Z',
  operator: EVIL,
  checked: 249,
  unknown: 2,
  calls: 3,
  againCount: 1,
  again: [{ index: 7, userId: userId(7), name: EVIL, tokenIssuedAt: '2026-01-05T09:06:00.000Z' }],
  ...over,
});

describe('the report as a page', () => {
  const html = toHtml(
    run,
    [row(0), row(1, { outcome: 'failed', name: EVIL, note: EVIL })],
    [verification()],
    'now',
  );

  it('holds nothing from outside as markup, and loads nothing', () => {
    expect(html).not.toContain('<img');
    expect(html).not.toContain(' "quoted"');
    expect(html.match(/&lt;img src=x onerror=alert\(1\)&gt; &amp; &quot;quoted&quot;/g)).toHaveLength(13);
    expect(html).not.toMatch(/<script|src=(?!x)|href=|url\(|@import/);
    expect(html).toContain("default-src 'none'");
  });

  it('stays one page: lists some of those who were not revoked, and says how many more there are', () => {
    const failed = Array.from({ length: 500 }, (_, n) => row(n, { outcome: 'failed' }));
    const page = toHtml(run, failed, [], 'now');
    expect(page).toContain('And 460 more');
    expect(page.length).toBeLessThan(20_000);
    expect(page).not.toContain('signed in again');
  });

  it('says of those who were not revoked what the chosen columns of the list say, as text', () => {
    const page = toHtml(
      run,
      [
        row(0, {
          outcome: 'failed',
          details: [
            ['Reason for leaving', 'Retired'],
            [EVIL, EVIL],
          ],
        }),
      ],
      [],
      'now',
    );
    expect(page).toContain('<br>Reason for leaving: Retired<br>&lt;img src=x');
    expect(page).not.toContain('<img');
  });

  it('tells every time that was asked who has signed in again, and the names of the last', () => {
    const first = verification({ at: '2026-01-05T10:00:00.000Z', calls: 5, againCount: 0, again: [] });
    const names = Array.from({ length: 60 }, (_, n) => ({
      index: n,
      userId: userId(n),
      name: `User ${n}`,
      tokenIssuedAt: '2026-01-05T09:06:00.000Z',
    }));
    const page = toHtml(run, [], [first, verification({ againCount: 1_234, again: names })], 'now');
    expect(page).toContain('<td>2026-01-05T10:00:00.000Z</td>');
    expect(page).toContain('<td>249</td><td>5</td><td>2</td><td>0</td>');
    expect(page).toContain('<td>249</td><td>3</td><td>2</td><td>1,234</td>');
    expect(page).toContain('User 39');
    expect(page).not.toContain('User 40');
    expect(page).toContain('And 1,194 more');
  });
});

it('the report as JSON is one object with the run and every row', async () => {
  const rows = [row(0), row(1, { name: EVIL })];
  expect(JSON.parse(await toJson(run, rows, [verification()]))).toEqual({
    format: 'tokendesk-report',
    version: 1,
    timeZone: 'UTC',
    run,
    verifications: [verification()],
    keptOut: [],
    rows,
  });
});

it('verifying asks for a hundred users a call, and tells who has got a token since', async () => {
  const clock = createManualClock();
  const tokens = new Map([
    [userId(3), '2026-01-05T09:04:00.000Z'],
    [userId(7), '2026-01-05T09:06:00.000Z'],
    [userId(240), '2026-01-05T09:06:00.000Z'],
    // No time: whether it is later cannot be told.
    [userId(8), 'soon'],
  ]);
  const users = Array.from({ length: 250 }, (_, n) => fakeUser(n));
  const org = createFakeOrg({ users, clock, tokens });
  const rows = users.map((_, n) => (n === 240 ? row(n, { outcome: 'failed' }) : row(n)));
  const asked: number[] = [];
  const result = await clock.runUntil(
    verifyRows(rows, org.directory, new AbortController().signal, (n) => asked.push(n)),
  );
  expect(asked).toEqual([0, 100, 200]);
  expect(result).toEqual({
    checked: 249,
    unknown: 247,
    calls: 3,
    again: [{ index: 7, userId: userId(7), tokenIssuedAt: '2026-01-05T09:06:00.000Z' }],
  });
});

it.each([
  ['fast', '2026-01-05T09:03:00.000Z', '2026-01-05T09:04:00.000Z', true],
  ['slow', '2026-01-05T09:08:00.000Z', '2026-01-05T09:06:00.000Z', false],
  [
    'right, and the token came while the call was under way',
    '2026-01-05T09:05:00.000Z',
    '2026-01-05T09:05:00.300Z',
    true,
  ],
])(
  'verifying goes by the server’s time where this computer’s clock is %s',
  async (_clock, sentAt, issued, again) => {
    const clock = createManualClock();
    const org = createFakeOrg({ users: [fakeUser(0)], clock, tokens: new Map([[userId(0), issued]]) });
    const { signal } = new AbortController();
    const found = await clock.runUntil(
      verifyRows([row(0, { sentAt })], org.directory, signal, () => undefined),
    );
    expect(found.again).toHaveLength(again ? 1 : 0);
  },
);

it('verifying can be cancelled, and then answers nothing', async () => {
  const clock = createManualClock();
  const users = Array.from({ length: 250 }, (_, n) => fakeUser(n));
  const org = createFakeOrg({ users, clock });
  const stop = new AbortController();
  const rows = users.map((_, n) => row(n));
  const result = verifyRows(rows, org.directory, stop.signal, (asked) => {
    if (asked === 100) stop.abort();
  });
  await expect(clock.runUntil(result)).rejects.toMatchObject({ error: { code: 'cancelled' } });
  expect(org.directory.calls).toBeLessThan(3);
});
