import type { OutcomeKind, RunTimeline } from '../../../../shared/run.ts';
import { totalOf } from '../../domain/counts.ts';

/** What is told apart in the picture, from the ground up: each with a pattern of its own. */
const GROUPS: readonly {
  readonly key: string;
  readonly label: string;
  readonly kinds: readonly OutcomeKind[];
}[] = [
  { key: 'revoked', label: 'Revoked', kinds: ['revoked'] },
  { key: 'revoked', label: 'Would be revoked', kinds: ['would-revoke'] },
  { key: 'not-found', label: 'Not found', kinds: ['not-found'] },
  { key: 'failed', label: 'Failed or not allowed', kinds: ['failed', 'forbidden'] },
  { key: 'not-attempted', label: 'Not attempted', kinds: ['not-attempted'] },
];

/** Of the kinds of a group. */
const countOf = (kinds: readonly OutcomeKind[], counts: RunTimeline['buckets'][number]['counts']): number =>
  kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);

/** The least height at which a single failure among thousands is still seen, CSS pixels. */
const LEAST = 3;

interface Piece {
  readonly key: string;
  readonly y: number;
  readonly height: number;
}

/** One column of pieces for each bucket, within a picture of `height` CSS pixels; y counts from the top. */
export function columnsOf({ buckets }: RunTimeline, height: number): readonly (readonly Piece[])[] {
  const top = Math.max(1, ...buckets.map(({ counts }) => totalOf(counts)));
  return buckets.map(({ counts }) => {
    let y = height;
    const pieces = GROUPS.map(({ key, kinds }) => ({ key, count: countOf(kinds, counts) })).filter(
      ({ count }) => count > 0,
    );
    // What is lifted to the least height is taken from the largest piece, so that no column leaves the picture.
    const heights = pieces.map(({ count }) => Math.max(LEAST, (count / top) * height));
    const over = heights.reduce((sum, each) => sum + each, 0) - height;
    const largest = heights.indexOf(Math.max(...heights));
    return pieces.map(({ key }, index) => {
      const own = (heights[index] ?? 0) - (index === largest ? Math.max(0, over) : 0);
      y -= own;
      return { key, y, height: own };
    });
  });
}

/** The groups that came, with their counts: the key to the picture. */
export function groupsOf({ buckets }: RunTimeline) {
  return GROUPS.map(({ key, label, kinds }) => ({
    key,
    label,
    count: buckets.reduce((sum, { counts }) => sum + countOf(kinds, counts), 0),
  })).filter(({ count }) => count > 0);
}
