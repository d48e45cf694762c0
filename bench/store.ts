import type { Ratio } from './report.ts';

/** By bench and name of the ratio: as it was when docs/performance.md was last written. */
export type StoredRatios = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** So much worse than the last stored one is said. */
const REGRESSION = 0.2;

/** What has become worse by more than a fifth. @returns one line for each */
export function regressions(
  stored: Readonly<Record<string, number>>,
  ratios: Readonly<Record<string, Ratio>>,
): readonly string[] {
  return Object.entries(ratios).flatMap(([name, { value, better }]) => {
    const before = stored[name];
    if (before === undefined) return [];
    const worse = better === 'lower' ? value / before - 1 : before / value - 1;
    return worse > REGRESSION
      ? [
          `${name}: ${value.toFixed(2)}, and ${before.toFixed(2)} when it was last stored (${(worse * 100).toFixed(0)} % worse)`,
        ]
      : [];
  });
}

/** The stored ratios with those of one bench in their place. */
export const withRatios = (
  stored: StoredRatios,
  bench: string,
  ratios: Readonly<Record<string, Ratio>>,
): StoredRatios => ({
  ...stored,
  [bench]: Object.fromEntries(
    Object.entries(ratios).map(([name, { value }]) => [name, Number(value.toPrecision(4))]),
  ),
});

/**
 * The page with what a bench said in the place of what it said before, between its two marks.
 * @throws Error where the page has no such place
 */
export function writtenInto(page: string, bench: string, said: string): string {
  const [begin, end] = [`<!-- bench ${bench} -->`, `<!-- end of bench ${bench} -->`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from)
    throw new Error(`docs/performance.md has no place for ${bench}: ${begin} … ${end}`);
  return `${page.slice(0, from)}${begin}\n\n${said.trim()}\n\n${page.slice(to)}`;
}
