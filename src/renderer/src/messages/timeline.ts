import type { RunTimeline, TimelineBreak } from '../../../shared/run.ts';
import { totalOf } from '../domain/counts.ts';
import { counted, formatDateTime, formatDuration, formatNumber, formatTime } from './format.ts';
import { PAUSE_LABELS } from './run.ts';

/** Why it did not go on. */
export const breakText = ({ kind }: Pick<TimelineBreak, 'kind'>): string =>
  kind === 'interrupted' ? 'App closed' : PAUSE_LABELS[kind].label;

const isOneDay = ({ startedAt, endedAt }: RunTimeline): boolean =>
  new Date(startedAt).toDateString() === new Date(endedAt).toDateString();

/** A time of the run: with its day where the run went over midnight. */
export const timelineTime = (timeline: RunTimeline, iso: string): string =>
  isOneDay(timeline) ? formatTime(iso) : formatDateTime(iso);

const times = (count: number): string => (count === 1 ? 'once' : `${formatNumber(count)} times`);
const secondsOf = (breaks: readonly TimelineBreak[]): number =>
  breaks.reduce((sum, { seconds }) => sum + seconds, 0);

/** The picture in a few sentences. */
export function timelineSentence(timeline: RunTimeline): string {
  const { buckets, bucketSeconds, breaks, breaksLeftOut } = timeline;
  const totals = buckets.map(({ counts }) => totalOf(counts));
  const sum = totals.reduce((all, count) => all + count, 0);
  const pauses = breaks.filter(({ kind }) => kind !== 'interrupted');
  const interruptions = breaks.filter(({ kind }) => kind === 'interrupted');
  const from = timelineTime(timeline, timeline.startedAt);
  const to = timelineTime(timeline, timeline.endedAt);
  return [
    `${counted(sum, 'outcome')} between ${from} and ${to}, at most ${formatNumber(Math.max(0, ...totals))} in ${formatDuration(bucketSeconds)}.`,
    pauses.length > 0 &&
      `Paused ${times(pauses.length)}, for ${formatDuration(secondsOf(pauses))} altogether.`,
    interruptions.length > 0 &&
      `Interrupted ${times(interruptions.length)}; the ${formatDuration(secondsOf(interruptions))} in which the app was closed are left out.`,
    breaksLeftOut > 0 && `${counted(breaksLeftOut, 'shorter break')} not shown.`,
  ]
    .filter((part) => part !== false)
    .join(' ');
}
