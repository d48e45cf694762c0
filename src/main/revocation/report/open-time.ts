/** A stretch in which the app was closed, ms since the epoch. */
interface Cut {
  readonly from: number;
  readonly to: number;
}

/** Between times of the clock and the time in which the app was open. */
interface OpenTime {
  /** From ms since the epoch to ms in which the app was open. */
  readonly open: (time: number) => number;
  /** And back. */
  readonly closed: (ms: number) => number;
}

/** How many of them, which rise, hold. */
function countWhile(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Leaves the cuts out of the time from `start` to `end`. Each question is a search, not a walk over all cuts: a journal
 * may name a hundred thousand of them.
 * @param cuts in order and apart.
 */
export function createOpenTime(start: number, end: number, cuts: readonly Cut[]): OpenTime {
  /** Lost before each cut, ms. */
  const lost = new Float64Array(cuts.length + 1);
  /** What is left out before each cut on the way back: a cut at the very start has no open time before it. */
  const skipped = new Float64Array(cuts.length + 1);
  cuts.forEach(({ from, to }, index) => {
    lost[index + 1] = (lost[index] ?? 0) + Math.max(0, to - Math.max(start, from));
    skipped[index + 1] = (skipped[index] ?? 0) + (from > start ? to - from : 0);
  });

  const open = (time: number): number => {
    const held = Math.min(end, Math.max(start, time));
    const begun = countWhile(cuts.length, (index) => (cuts[index]?.from ?? Infinity) < held);
    const last = cuts[begun - 1];
    if (!last) return held - start;
    const inLast = Math.max(0, Math.min(held, last.to) - Math.max(start, last.from));
    return held - start - (lost[begun - 1] ?? 0) - inLast;
  };
  const begins = cuts.map(({ from }) => open(from));
  return {
    open,
    closed: (ms) => {
      const passed = countWhile(cuts.length, (index) => (begins[index] ?? Infinity) <= ms);
      return start + ms + (skipped[passed] ?? 0);
    },
  };
}
