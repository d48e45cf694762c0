import { setImmediate as turn } from 'node:timers/promises';
import type { OutcomeKind, RunTimeline, TimelineBreak } from '../../../shared/run.ts';
import type { ReplayedRun, StateChange } from '../journal/replay.ts';
import { hasEnded } from '../run/state.ts';
import { createOpenTime } from './open-time.ts';

const MAX_BUCKETS = 120;
const MAX_BREAKS = 100;

/** Outcomes counted before other work gets its turn. */
const CHUNK = 20_000;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Lengths of a bucket that people count in, seconds. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 4, 6, 12].map((hours) => hours * HOUR),
];

/** @param ms how long it took. @returns seconds a bucket. */
const bucketSecondsFor = (ms: number): number =>
  STEPS.find((seconds) => ms <= seconds * 1000 * MAX_BUCKETS) ??
  Math.max(1, Math.ceil(ms / (DAY * 1000 * MAX_BUCKETS))) * DAY;

/** ms since the epoch. */
interface Span {
  readonly kind: TimelineBreak['kind'];
  readonly from: number;
  readonly to: number;
}

const kindOf = ({ state }: StateChange): Span['kind'] | null => {
  if (state.kind === 'paused') return state.reason;
  return state.kind === 'interrupted' ? 'interrupted' : null;
};

/**
 * The times in which a run did not go on, in order and apart. What a crash left has no record of its own: there it runs
 * again without having stopped.
 */
function spansOf(changes: readonly StateChange[], end: number): readonly Span[] {
  const spans: Span[] = [];
  let open: Omit<Span, 'to'> | null = null;
  let reached = -Infinity;
  // A clock that was set back must not make time run backwards here; what is no time is the one before.
  const next = (time: number): number => (reached = Math.max(reached, Number.isNaN(time) ? reached : time));
  const close = (time: number): void => {
    if (open) spans.push({ ...open, to: Math.max(open.from, time) });
    open = null;
  };
  changes.forEach((change, index) => {
    const kind = kindOf(change);
    const before = next(Date.parse(change.before));
    const at = next(Date.parse(change.at));
    if (!open && index > 0 && change.state.kind === 'running')
      spans.push({ kind: 'interrupted', from: before, to: at });
    close(at);
    if (kind !== null) open = { kind, from: at };
  });
  close(end);
  return spans;
}

/** When the last thing happened. Closing an interrupted run days later belongs to no picture of it. */
function endOf({ changes, settled, lastAt }: ReplayedRun): number {
  const last = changes.at(-1);
  const earlier = changes.at(-2);
  if (!last || !hasEnded(last.state) || earlier?.state.kind === 'paused') return Date.parse(lastAt);
  let end = Date.parse(earlier?.state.kind === 'interrupted' ? earlier.at : last.before);
  for (const { at } of settled.values()) end = Math.max(end, Date.parse(at));
  return end;
}

/** The outcomes of a run by time: each is counted in exactly one bucket. Takes as long as the journal is, in short turns. */
export async function timelineOf(replayed: ReplayedRun): Promise<RunTimeline> {
  const { changes, settled, header, lastAt } = replayed;
  const start = Date.parse(changes[0]?.at ?? header?.at ?? lastAt) || 0;
  const end = Math.max(start, endOf(replayed) || start);
  const spans = spansOf(changes, end);
  const cuts = spans.filter(({ kind, from }) => kind === 'interrupted' && from < end);

  const { open, closed } = createOpenTime(start, end, cuts);
  const length = open(end);
  const bucketSeconds = bucketSecondsFor(length);
  const bucketMs = bucketSeconds * 1000;
  const counts = Array.from(
    { length: Math.max(1, Math.ceil(length / bucketMs)) },
    (): Partial<Record<OutcomeKind, number>> => ({}),
  );
  let counted = 0;
  for (const { at, outcome } of settled.values()) {
    counted += 1;
    if (counted % CHUNK === 0) await turn();
    const bucket = counts[Math.min(counts.length - 1, Math.floor(open(Date.parse(at) || start) / bucketMs))];
    if (bucket) bucket[outcome] = (bucket[outcome] ?? 0) + 1;
  }

  const iso = (time: number): string => new Date(time).toISOString();
  const share = (time: number): number => open(time) / (counts.length * bucketMs);
  const breaks = [...spans].sort((a, b) => b.to - b.from - (a.to - a.from)).slice(0, MAX_BREAKS);
  return {
    startedAt: iso(start),
    endedAt: iso(end),
    bucketSeconds,
    buckets: counts.map((count, index) => ({ at: iso(closed(index * bucketMs)), counts: count })),
    breaks: breaks
      .sort((a, b) => a.from - b.from)
      .map(({ kind, from, to }) => ({
        kind,
        at: iso(from),
        seconds: (to - from) / 1000,
        from: share(from),
        to: share(to),
      })),
    breaksLeftOut: spans.length - breaks.length,
  };
}
