import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OutcomeKind, RunState } from '../../../shared/run.ts';
import { Replay, MAX_CHANGES, type ReplayedRun } from '../journal/replay.ts';
import type { RecordBody } from '../journal/records.ts';
import { testHeader } from '../testing/memory-journal.ts';
import { timelineOf } from './timeline.ts';

const START = Date.parse('2026-01-05T09:00:00.000Z');
const iso = (second: number): string => new Date(START + second * 1000).toISOString();
const SETTLED = ['revoked', 'not-found', 'forbidden', 'failed', 'not-attempted'] as const;

type Entry = readonly [second: number, what: RunState | (typeof SETTLED)[number]];

/** What a journal with these entries says; each outcome is of another user. */
function replayed(entries: readonly Entry[]): ReplayedRun {
  const replay = new Replay();
  const bodies: (readonly [number, RecordBody])[] = entries.map(([second, what], index) => [
    second,
    typeof what === 'string'
      ? {
          type: 'outcome',
          index,
          userId: `u-${index}`,
          outcome: what,
          note: null,
          attempts: 1,
          status: 200,
          correlationId: null,
        }
      : { type: 'state', state: what, why: '' },
  ]);
  const all: typeof bodies = [[0, testHeader], ...bodies];
  for (const [seq, [second, body]] of all.entries()) replay.add({ ...body, seq, at: iso(second), prev: '' });
  return replay;
}

const running: RunState = { kind: 'running' };
const interrupted: RunState = { kind: 'interrupted' };
const paused = (reason: 'offline' | 'by-you'): RunState => ({
  kind: 'paused',
  reason,
  since: '',
  until: null,
});
const finished = (second: number): RunState => ({ kind: 'finished', at: iso(second) });
const cancelled = (second: number): RunState => ({ kind: 'cancelled', at: iso(second) });

describe('the timeline of a run', () => {
  it('counts outcomes in seconds, and marks a pause with its reason', async () => {
    const timeline = await timelineOf(
      replayed([
        [0, running],
        [0.5, 'revoked'],
        [1.2, 'revoked'],
        [1.9, 'failed'],
        [2, paused('offline')],
        [6, running],
        [7.5, 'revoked'],
        [8, finished(8)],
      ]),
    );
    expect(timeline).toMatchObject({
      startedAt: iso(0),
      endedAt: iso(7.5),
      bucketSeconds: 1,
      breaksLeftOut: 0,
    });
    expect(timeline.buckets.map(({ counts }) => counts)).toEqual([
      { revoked: 1 },
      { revoked: 1, failed: 1 },
      {},
      {},
      {},
      {},
      {},
      { revoked: 1 },
    ]);
    expect(timeline.breaks).toEqual([{ kind: 'offline', at: iso(2), seconds: 4, from: 0.25, to: 0.75 }]);
  });

  it('lets no time pass while the app was closed, whether it quit or crashed', async () => {
    const night = 9 * 3600;
    const timeline = await timelineOf(
      replayed([
        [0, running],
        [1, 'revoked'],
        [2, interrupted],
        [night, running],
        [night + 1, 'revoked'],
        // A crash here: nothing is written until it is resumed.
        [2 * night, running],
        [2 * night + 1, 'revoked'],
        [2 * night + 2, finished(2 * night + 2)],
      ]),
    );
    expect(timeline.bucketSeconds).toBe(1);
    expect(timeline.buckets).toHaveLength(4);
    expect(timeline.breaks.map(({ kind, from, to, seconds }) => [kind, from, to, seconds])).toEqual([
      ['interrupted', 0.5, 0.5, night - 2],
      ['interrupted', 0.75, 0.75, night - 1],
    ]);
    expect(timeline.buckets.map(({ at }) => at)).toEqual([iso(0), iso(1), iso(night), iso(2 * night)]);
  });

  it('ends where the work did, not where an interrupted run was closed days later', async () => {
    const days = 3 * 86_400;
    const crash: Entry[] = [
      [0, running],
      [4, 'revoked'],
    ];
    expect((await timelineOf(replayed([...crash, [days, cancelled(days)]]))).endedAt).toBe(iso(4));
    const quit: Entry[] = [...crash, [5, interrupted]];
    expect((await timelineOf(replayed([...quit, [days, cancelled(days)]]))).endedAt).toBe(iso(5));
    // Cancelled out of a pause: the pause belongs to it.
    const pause: Entry[] = [...crash, [5, paused('by-you')]];
    expect((await timelineOf(replayed([...pause, [65, cancelled(65)]]))).breaks).toMatchObject([
      { seconds: 60 },
    ]);
  });

  it('keeps the longest of very many breaks, in order', async () => {
    const entries: Entry[] = [[0, running]];
    for (let n = 0; n < 150; n += 1)
      entries.push([n * 10 + 1, paused('offline')], [n * 10 + 2 + (n % 3), running]);
    const { breaks, breaksLeftOut } = await timelineOf(replayed(entries));
    expect(breaks).toHaveLength(100);
    expect(breaksLeftOut).toBe(50);
    expect(Math.min(...breaks.map(({ seconds }) => seconds))).toBe(2);
    expect(breaks.map(({ at }) => at)).toEqual(breaks.map(({ at }) => at).sort());
  });

  it('says something of a journal with nothing but its header', async () => {
    expect(await timelineOf(replayed([]))).toMatchObject({ buckets: [{ counts: {} }], breaks: [] });
  });

  it('says something of a journal whose times are none', async () => {
    const replay = new Replay();
    const state = (kind: RunState): RecordBody => ({ type: 'state', state: kind, why: '' });
    for (const [seq, body] of [testHeader, state(running), state(interrupted), state(running)].entries())
      replay.add({ ...body, seq, at: ['', 'x', iso(1), '+999999'][seq] ?? '', prev: '' });
    expect((await timelineOf(replay)).buckets.length).toBeLessThanOrEqual(120);
  });

  it(
    'takes no longer for a journal crafted of interruptions than for its length',
    { timeout: 120_000 },
    async () => {
      const entries: Entry[] = [[0, running]];
      for (let n = 1; n <= 60_000; n += 1)
        entries.push([3 * n, interrupted], [3 * n + 1, 'revoked'], [3 * n + 2, running]);
      const crafted = replayed(entries);
      expect(crafted.changes).toHaveLength(MAX_CHANGES);
      const before = process.cpuUsage();
      const { buckets, breaksLeftOut } = await timelineOf(crafted);
      const { user, system } = process.cpuUsage(before);
      // Less than a second; quadratic, it took minutes.
      expect((user + system) / 1_000).toBeLessThan(10_000);
      expect(breaksLeftOut).toBe(MAX_CHANGES / 2 - 100);
      expect(buckets.reduce((sum, { counts }) => sum + (counts.revoked ?? 0), 0)).toBe(60_000);
    },
  );

  it('counts every outcome in exactly one of at most 120 buckets, whatever the clock did', async () => {
    const state = fc.constantFrom(running, interrupted, paused('offline'), paused('by-you'));
    const what = fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...SETTLED) },
      { weight: 1, arbitrary: state },
    );
    const entry = fc.tuple(fc.double({ min: -10, max: 400_000, noNaN: true }), what);
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 200 }), fc.boolean(), async (entries, inOrder) => {
        const sorted = inOrder ? [...entries].sort(([a], [b]) => a - b) : entries;
        const { buckets, breaks } = await timelineOf(replayed([[0, running], ...sorted]));
        const expected: Partial<Record<OutcomeKind, number>> = {};
        for (const [, kind] of entries)
          if (typeof kind === 'string') expected[kind] = (expected[kind] ?? 0) + 1;
        const sum: Partial<Record<OutcomeKind, number>> = {};
        for (const { counts } of buckets)
          for (const [kind, count] of Object.entries(counts) as [OutcomeKind, number][])
            sum[kind] = (sum[kind] ?? 0) + count;
        expect(sum).toEqual(expected);
        expect(buckets.length).toBeLessThanOrEqual(120);
        for (const { from, to } of breaks) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(1);
          expect(from).toBeLessThanOrEqual(to);
        }
      }),
    );
  });
});
