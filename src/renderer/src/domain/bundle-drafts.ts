import { addBundle, moveBundle } from '../../../shared/timeout-groups.ts';
import type { TimeoutGroupBundle } from '../../../shared/timeout.ts';
import { unitFor } from './duration-input.ts';
import { bundleDraft, type BundleDraft } from './timeout-edits.ts';

type Drafts = readonly BundleDraft[];

const bundlesOf = (drafts: Drafts): readonly TimeoutGroupBundle[] => drafts.map(({ bundle }) => bundle);

/** Gives each draft the priority that its bundle got; `after` has the same bundles in their new order. */
const renumbered = (ordered: Drafts, after: readonly TimeoutGroupBundle[]): Drafts =>
  ordered.map((draft, at) => ({
    ...draft,
    bundle: { ...draft.bundle, priority: after[at]?.priority ?? draft.bundle.priority },
  }));

/** The drafts with one of them changed in part. */
export const changedDraft = (
  drafts: Drafts,
  key: number,
  part: Partial<Pick<BundleDraft, 'time' | 'bundle'>>,
): Drafts => drafts.map((draft) => (draft.key === key ? { ...draft, ...part } : draft));

/** The drafts with the one at `from` moved to `to`; the same ones where there is no such place. */
export function movedDraft(drafts: Drafts, from: number, to: number): Drafts {
  const moved = drafts[from];
  if (!moved || to < 0 || to >= drafts.length) return drafts;
  const after = moveBundle(bundlesOf(drafts), from, to);
  return renumbered(drafts.toSpliced(from, 1).toSpliced(to, 0, moved), after);
}

/** The drafts and behind them a new one without groups, with this key. */
export function addedDraft(drafts: Drafts, seconds: number, key: number): Drafts {
  const added = { timeoutSeconds: seconds, unit: unitFor(seconds), groupIds: [] };
  const after = addBundle(bundlesOf(drafts), added);
  return renumbered([...drafts, bundleDraft({ ...added, priority: 0 }, () => key)], after);
}
