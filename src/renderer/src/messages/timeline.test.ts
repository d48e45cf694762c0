import { describe, expect, it } from 'vitest';
import type { RunTimeline, TimelineBreak } from '../../../shared/run.ts';
import { formatDateTime, formatTime } from './format.ts';
import { breakText, timelineSentence, timelineTime } from './timeline.ts';

const timeline = (change: Partial<RunTimeline> = {}): RunTimeline => ({
  startedAt: '2026-11-21T12:00:00Z',
  endedAt: '2026-11-21T12:05:00Z',
  bucketSeconds: 5,
  buckets: [
    { at: '2026-11-21T12:00:00Z', counts: { revoked: 20, failed: 2 } },
    { at: '2026-11-21T12:00:05Z', counts: { revoked: 9 } },
  ],
  breaks: [],
  breaksLeftOut: 0,
  ...change,
});
const pause = (kind: TimelineBreak['kind'], seconds: number): TimelineBreak => ({
  kind,
  at: '2026-11-21T12:01:00Z',
  seconds,
  from: 0,
  to: 0.5,
});
const [from, to] = ['2026-11-21T12:00:00Z', '2026-11-21T12:05:00Z'].map(formatTime);

describe('the timeline in words', () => {
  it('says how many came, when, and how many at most together', () => {
    expect(timelineSentence(timeline())).toBe(
      `31 outcomes between ${from} and ${to}, at most 22 in 5 seconds.`,
    );
  });

  it('says how often and how long it stood still, and what is not in the picture', () => {
    const breaks = [pause('offline', 60), pause('by-you', 30), pause('interrupted', 7200)];
    expect(timelineSentence(timeline({ breaks, breaksLeftOut: 3 }))).toBe(
      `31 outcomes between ${from} and ${to}, at most 22 in 5 seconds. ` +
        'Paused 2 times, for 1 minute 30 seconds altogether. ' +
        'Interrupted once; the 2 hours in which the app was closed are left out. 3 shorter breaks not shown.',
    );
    expect(breaks.map(breakText)).toEqual(['Offline', 'Paused by you', 'App closed']);
  });

  it('names the day where the run went over midnight', () => {
    const night = timeline({ endedAt: '2026-11-23T12:05:00Z' });
    expect(timelineTime(night, night.endedAt)).toBe(formatDateTime(night.endedAt));
    expect(timelineTime(timeline(), night.endedAt)).toBe(formatTime(night.endedAt));
  });
});
