import { bundleDifferences, bundleProblems, type BundleProblem } from '../../../shared/timeout-groups.ts';
import type {
  IdleTimeout,
  TimeoutChange,
  TimeoutGroupBundle,
  TimeoutHistoryEntry,
  TimeoutUnit,
} from '../../../shared/timeout.ts';
import { formatDurationInput, parseDuration, unitFor, type ParsedDuration } from './duration-input.ts';

/** Offered when the org has none yet: long enough to be kind, short enough to matter. */
export const FIRST_SECONDS = 1800;

/** A time that is being typed. While the text is the one that `was` is written as, the time is exactly `was`. */
interface TimeDraft {
  readonly text: string;
  readonly was: number | null;
}

export interface BundleDraft {
  /** Stays the same while bundles are moved. */
  readonly key: number;
  readonly time: TimeDraft;
  readonly bundle: TimeoutGroupBundle;
}

export interface TimeoutDraft {
  /** The `json` of the value that is edited. */
  readonly of: string;
  readonly enabled: boolean;
  readonly time: TimeDraft;
  /** Null follows the time. */
  readonly unit: TimeoutUnit | null;
  readonly groupsEnabled: boolean;
  readonly bundles: readonly BundleDraft[];
  /** The value of the history that the draft began with. */
  readonly restored: TimeoutHistoryEntry | null;
}

/** @param seconds null where the org has no time yet: the field begins with the usual one. */
export const timeDraft = (seconds: number | null): TimeDraft => ({
  text: formatDurationInput(seconds ?? FIRST_SECONDS),
  was: seconds,
});

/** What was not touched is the org's own value, to the second, whatever the field says of it. */
export const readTime = ({ text, was }: TimeDraft): ParsedDuration =>
  was !== null && text === formatDurationInput(was) ? { ok: true, seconds: was } : parseDuration(text);

/** @param newKey a number that no other bundle has. */
export const bundleDraft = (bundle: TimeoutGroupBundle, newKey: () => number): BundleDraft => ({
  key: newKey(),
  time: timeDraft(bundle.timeoutSeconds),
  bundle,
});

/** A value of the org as it can be edited. @param of the JSON of the value that the edits are made on. */
export const draftOf = (value: IdleTimeout, of: string, newKey: () => number): TimeoutDraft => ({
  of,
  enabled: value.enabled ?? false,
  time: timeDraft(value.seconds),
  unit: null,
  groupsEnabled: value.groupsEnabled ?? false,
  bundles: value.groupBundles
    .toSorted((a, b) => a.priority - b.priority)
    .map((bundle) => bundleDraft(bundle, newKey)),
  restored: null,
});

/** Bundles with the times as typed; an illegal one counts as 0 s, which `bundleProblems` finds. */
export const bundlesOf = (bundles: readonly BundleDraft[]): readonly TimeoutGroupBundle[] =>
  bundles.map(({ time, bundle }) => {
    const parsed = readTime(time);
    const timeoutSeconds = parsed.ok ? parsed.seconds : 0;
    if (timeoutSeconds === bundle.timeoutSeconds) return bundle;
    return { ...bundle, timeoutSeconds, unit: unitFor(timeoutSeconds) };
  });

/** What stands in the way of saving a draft. */
interface DraftProblems {
  readonly time: boolean;
  readonly bundles: readonly BundleProblem[];
}

/** What a draft would change, and what is wrong with it. */
export function evaluate(
  draft: TimeoutDraft,
  current: IdleTimeout,
): { readonly change: TimeoutChange | null; readonly problems: DraftProblems } {
  const parsed = readTime(draft.time);
  const bundles = bundlesOf(draft.bundles);
  const groupsChanged =
    draft.groupsEnabled !== (current.groupsEnabled ?? false) ||
    bundleDifferences(current.groupBundles, bundles).length > 0;
  const problems = { time: !parsed.ok, bundles: groupsChanged ? bundleProblems(bundles) : [] };
  if (!parsed.ok || problems.bundles.length > 0) return { change: null, problems };
  // Off, and nothing was ever said about the time: nor does the draft.
  const untouched = draft.time.was === null && draft.time.text === timeDraft(null).text;
  const seconds = untouched && !draft.enabled ? null : parsed.seconds;
  const change = {
    enabled: draft.enabled,
    seconds,
    unit: seconds === null ? null : unitOf(draft.unit, seconds, current),
    ...(groupsChanged && { groups: { enabled: draft.groupsEnabled, bundles } }),
  };
  return { change, problems };
}

/** The unit stays as it is while the time does, unless one was chosen that can show the time. */
function unitOf(chosen: TimeoutUnit | null, seconds: number, current: IdleTimeout): TimeoutUnit | null {
  if (chosen === 'Minutes') return chosen;
  if (chosen === 'Hours' && unitFor(seconds) === 'Hours') return chosen;
  return seconds === current.seconds ? current.unit : unitFor(seconds);
}
