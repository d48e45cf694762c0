/** Seconds that one bar stands for: at five users a second, single seconds would only show noise. */
export const BAR_SECONDS = 5;

/**
 * Outcomes per minute, one number per bar, oldest first, from outcomes per second, oldest first. Bars are counted
 * from now backwards; an oldest bar with fewer seconds is left out unless it is the only one.
 */
export function barsOf(perSecond: readonly number[]): readonly number[] {
  const bars: number[] = [];
  for (let end = perSecond.length; end > 0; end -= BAR_SECONDS) {
    const seconds = perSecond.slice(Math.max(0, end - BAR_SECONDS), end);
    if (seconds.length < BAR_SECONDS && bars.length > 0) break;
    const sum = seconds.reduce((total, count) => total + count, 0);
    bars.unshift((sum * 60) / seconds.length);
  }
  return bars;
}

/** The top of the scale: a little above the limit and above everything that is shown. Never 0. */
export const scaleTop = (bars: readonly number[], limitPerMinute: number): number =>
  Math.max(1, limitPerMinute * 1.15, ...bars.map((bar) => bar * 1.05));

/** Mean of the outcomes a minute from the first second with one to the last: before and after nothing ran. */
export function meanPerMinute(perSecond: readonly number[]): number {
  const first = perSecond.findIndex((count) => count > 0);
  if (first === -1) return 0;
  const ran = perSecond.slice(first, perSecond.findLastIndex((count) => count > 0) + 1);
  return (ran.reduce((sum, count) => sum + count, 0) * 60) / ran.length;
}
