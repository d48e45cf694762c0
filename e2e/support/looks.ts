import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from './app.ts';
import { axeViolations, WCAG, type AxeOptions } from './axe.ts';
import { cutOff, spaceText, squeezed, tooWide } from './fit.ts';

/** What another theme or another width can change. */
const RULES_OF_LOOKS: AxeOptions = {
  runOnly: {
    type: 'rule',
    values: [
      'button-name',
      'color-contrast',
      'label',
      'link-in-text-block',
      'scrollable-region-focusable',
      'target-size',
    ],
  },
};

const DESK = { width: 1280, height: 860 };
const SMALL = { width: 800, height: 600 };
/** What 400 % makes of a window of 1280 by 1024 pixels (WCAG 2.2, 1.4.10). */
const REFLOW = { width: 320, height: 256 };
const LARGE = { width: 1920, height: 1080 };

/** For a person to look at: a comparison of pixels would be one of fonts. */
const PICTURES = 'e2e/screenshots';
/** `npm run screenshots` takes each view at every width in both themes; a test, light and wide and dark and narrow. */
const EVERY_PICTURE = process.env['TOKENDESK_PICTURES'] === 'every';
const SIZES_OF_PICTURES = [{ width: 320, height: 640 }, SMALL, DESK, LARGE];

const soft = expect.configure({ soft: true });

const setTheme = (page: Page, theme: 'light' | 'dark'): Promise<void> =>
  page.evaluate((name) => {
    document.documentElement.dataset['theme'] = name;
  }, theme);

async function wrongFor(page: Page, rules: AxeOptions): Promise<readonly string[]> {
  const violations = await axeViolations(page, rules);
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
  );
}

/** Nothing needs to be scrolled sideways. The window follows a new width in its own time. */
async function expectToFit(page: Page, where: string): Promise<void> {
  await soft.poll(() => tooWide(page), { message: `${where}: too wide` }).toEqual([]);
}

/** Views looked at so far, for the names of their pictures. */
let taken = 0;

/**
 * Whoever looks at what is on the screen now can read and use it: by axe's rules, light and wide and dark and narrow; at
 * every width, with the text spacing of WCAG 1.4.12 too. What is wrong fails the test, which goes on.
 */
export async function expectGoodLooks(page: Page, where: string): Promise<void> {
  taken += 1;
  const name = `${String(taken).padStart(2, '0')}-${where.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`;
  soft(await wrongFor(page, WCAG), `${where}, light`).toEqual([]);
  await takePicture(page, name, DESK.width, 'light');
  await expectToFit(page, `${where}, ${DESK.width} px`);

  await spaceText(page, true);
  for (const size of [DESK, SMALL]) {
    await page.setViewportSize(size);
    const spaced = `${where}, ${size.width} px, text spaced`;
    await soft.poll(() => cutOff(page), { message: `${spaced}: cut off` }).toEqual([]);
    await expectToFit(page, spaced);
  }
  await spaceText(page, false);

  await setTheme(page, 'dark');
  soft(await wrongFor(page, RULES_OF_LOOKS), `${where}, dark, ${SMALL.width} px`).toEqual([]);
  await takePicture(page, name, SMALL.width, 'dark');
  await setTheme(page, 'light');

  for (const size of [SMALL, REFLOW, LARGE]) {
    await page.setViewportSize(size);
    await expectToFit(page, `${where}, ${size.width} px`);
    soft(await squeezed(page), `${where}, ${size.width} px: squeezed`).toEqual([]);
  }
  if (EVERY_PICTURE) await takeEveryPicture(page, name);
  await page.setViewportSize(DESK);
}

async function takeEveryPicture(page: Page, name: string): Promise<void> {
  for (const size of SIZES_OF_PICTURES) {
    await page.setViewportSize(size);
    for (const theme of ['light', 'dark'] as const) {
      await setTheme(page, theme);
      await takePicture(page, name, size.width, theme);
    }
  }
  await setTheme(page, 'light');
}

async function takePicture(page: Page, name: string, width: number, theme: 'light' | 'dark'): Promise<void> {
  await page.screenshot({ path: join(PICTURES, `${name}-${width}-${theme}.jpg`), quality: 90 });
}

/** Takes away the pictures of the views that were taken before, and numbers those to come from 1. */
export async function emptyPictures(): Promise<void> {
  taken = 0;
  for (const file of await readdir(PICTURES)) if (/^\d.*\.jpg$/.test(file)) await rm(join(PICTURES, file));
}
