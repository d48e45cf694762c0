import { test, type Page } from '@playwright/test';

declare global {
  interface Window {
    interactions?: { clicks: number; fields: number };
  }
}

/** Counts what a person does in the window from now on: presses, and fields that were filled in. */
export async function countInteractions(page: Page): Promise<void> {
  await page.evaluate(() => {
    const counted = { clicks: 0, fields: 0 };
    const first = window.interactions === undefined;
    window.interactions = counted;
    if (!first) return;
    addEventListener('click', ({ isTrusted }) => isTrusted && (window.interactions!.clicks += 1), true);
    addEventListener('change', () => (window.interactions!.fields += 1), true);
  });
}

/** @returns presses and fields since `countInteractions`; the report of the tests has them too. */
export async function interactionsSince(page: Page, scenario: string): Promise<number> {
  const { clicks = 0, fields = 0 } = (await page.evaluate(() => window.interactions)) ?? {};
  test.info().annotations.push({ type: `interactions: ${scenario}`, description: `${clicks} + ${fields}` });
  return clicks + fields;
}
