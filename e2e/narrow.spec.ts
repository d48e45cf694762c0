import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { demoAddresses } from './support/demo.ts';
import { fillConfirmation, pasteAndReview, revokeButton, showRuns } from './support/revocation.ts';
import { openConnections, showView } from './support/window.ts';

/** What 400 % makes of a window of 1280 by 1024 pixels (WCAG 2.2, 1.4.10). */
const NARROW = { width: 320, height: 256 };

/** What is wider than the room it has: the view itself, and what sticks out of it though it does not scroll by itself. */
async function tooWide(page: Page): Promise<readonly string[]> {
  return page.locator('#main').evaluate((main) => {
    const right = main.getBoundingClientRect().left + main.clientWidth;
    const scrolls = (element: Element): boolean => {
      for (let at: Element | null = element; at && at !== main; at = at.parentElement)
        if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(at).overflowX)) return true;
      return false;
    };
    const found = [...main.querySelectorAll('*')].filter((element) => {
      const box = element.getBoundingClientRect();
      const hidden = box.width <= 1 || getComputedStyle(element).position === 'fixed';
      return !hidden && box.right > right + 1 && !scrolls(element.parentElement ?? main);
    });
    return found
      .slice(0, 8)
      .map(
        (one) =>
          `${one.tagName.toLowerCase()}.${one.getAttribute('class') ?? ''} by ${Math.round(one.getBoundingClientRect().right - right)}`,
      );
  });
}

/** Text that does not fit its box and is not there to be cut: a cell of a table has its whole text in the details. */
async function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found = [...document.querySelectorAll('body *')].filter((element) => {
      if (
        element.closest('[role=grid], svg, .visually-hidden, [hidden]') ||
        !(element instanceof HTMLElement)
      )
        return false;
      const { overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(element);
      if (element.textContent.trim() === '' || textOverflow === 'ellipsis' || webkitLineClamp !== 'none')
        return false;
      const cutsX = ['hidden', 'clip'].includes(overflowX) && element.scrollWidth > element.clientWidth + 1;
      const cutsY = ['hidden', 'clip'].includes(overflowY) && element.scrollHeight > element.clientHeight + 1;
      return cutsX || cutsY;
    });
    // A button or a badge with a fixed height lets its text stand out of it.
    const overflowing = [
      ...document.querySelectorAll<HTMLElement>('button, .badge, label, h1, h2, h3'),
    ].filter((element) => {
      const box = element.getBoundingClientRect();
      if (box.width <= 1 || element.closest('[role=grid], .visually-hidden')) return false;
      return [...element.querySelectorAll<HTMLElement>('span:not(.visually-hidden)')].some((inner) => {
        const text = inner.getBoundingClientRect();
        if (text.width <= 1 || text.height <= 1) return false;
        return text.bottom > box.bottom + 2 || text.right > box.right + 2 || text.top < box.top - 2;
      });
    });
    return [...found, ...overflowing]
      .slice(0, 8)
      .map(
        (one) =>
          `${one.tagName.toLowerCase()}.${one.getAttribute('class') ?? ''}: ${one.textContent.trim().slice(0, 40)}`,
      );
  });
}

/** Every view and the states of the main job, in turn. */
async function visit(page: Page, check: (what: string) => Promise<void>): Promise<void> {
  await expect(page.getByRole('button', { name: 'Verify', exact: true })).toBeVisible();
  await check('Token');
  await showView(page, 'Idle timeout');
  await expect(page.getByLabel('After', { exact: true })).toBeVisible();
  await check('Idle timeout');
  await page.getByLabel('After', { exact: true }).fill('45 min');
  await check('Idle timeout, changed');
  await showView(page, 'Settings');
  await check('Settings');
  await showView(page, 'Revoke');
  await check('Revoke, who');
  await pasteAndReview(page, demoAddresses(12).join('\n'));
  await check('Revoke, review');
  await fillConfirmation(page, 'Leavers of November');
  await check('Revoke, confirm');
  await revokeButton(page).click();
  await expect(page.getByText('12 of 12 users were revoked.').first()).toBeVisible();
  await check('Revoke, report');
  await (await showRuns(page)).getByText('Leavers of November').click();
  await check('Runs, one');
  await openConnections(page);
  await check('Connections');
}

const DEMO = { TOKENDESK_DEMO: JSON.stringify({ limit: 6000 }) };

/** Puts the text spacing of WCAG 1.4.12 on everything, or takes it away again. */
const spaceText = (page: Page, spaced: boolean): Promise<void> =>
  page.evaluate((isSpaced) => {
    const sheet = new CSSStyleSheet();
    // https://www.w3.org/TR/WCAG22/#text-spacing
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
    );
    document.adoptedStyleSheets = isSpaced ? [sheet] : [];
  }, spaced);

test('at 320 CSS pixels, and with the text spacing of WCAG 1.4.12, nothing is cut off, lost or too wide', async ({
  launch,
}) => {
  const { page } = await launch({ env: DEMO });
  // Otherwise taking the sheet away would take more.
  expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
  await visit(page, (where) =>
    test.step(where, async () => {
      await page.setViewportSize(NARROW);
      // The window follows its new width in its own time.
      await expect.poll(() => tooWide(page), { message: where }).toEqual([]);
      await spaceText(page, true);
      for (const width of [1280, 800]) {
        await page.setViewportSize({ width, height: 860 });
        await expect.poll(() => cutOff(page), { message: `${where}, ${width} px` }).toEqual([]);
        await expect.poll(() => tooWide(page), { message: `${where}, ${width} px` }).toEqual([]);
      }
      await spaceText(page, false);
      await page.setViewportSize({ width: 1280, height: 860 });
    }),
  );
});
