import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

export type AxeOptions = Parameters<AxeBuilder['options']>[0];

/** WCAG 2.2, levels A and AA. */
export const WCAG: AxeOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
};

/**
 * What axe finds wrong with what is in the page now, by the rules of `options` or all of its own. Of what it finds right it
 * tells nothing: to describe each of those elements takes longer than to look at them.
 */
export async function axeViolations(page: Page, options: AxeOptions = {}) {
  // Half a megabyte to read is enough once for each page.
  const isThere = await page.evaluate(() => 'axe' in window);
  const { violations } = await new AxeBuilder({ page, ...(isThere && { axeSource: ';' }) })
    // Legacy mode: Electron cannot open the blank page that axe otherwise works in.
    .setLegacyMode(true)
    .options({ ...options, resultTypes: ['violations'] })
    .analyze();
  return violations;
}
