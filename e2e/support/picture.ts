import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** With this set, pictures of what a test has arrived at are left there, for a person to look at. */
const PICTURES = process.env['TOKENDESK_PICTURES'] ?? '';

export async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === '') return;
  await mkdir(PICTURES, { recursive: true });
  for (const width of [800, 1280]) {
    await page.setViewportSize({ width, height: 860 });
    for (const theme of ['light', 'dark']) {
      await page.evaluate((value) => {
        document.documentElement.dataset['theme'] = value;
      }, theme);
      await page.screenshot({ path: join(PICTURES, `${name}-${width}-${theme}.png`) });
    }
  }
}
