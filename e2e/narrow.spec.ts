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

test('at 320 CSS pixels nothing is cut off or needs scrolling sideways', async ({ launch }) => {
  const { page } = await launch({ env: { TOKENDESK_DEMO: JSON.stringify({ limit: 6000 }) } });
  const check = async (what: string): Promise<void> => {
    await page.setViewportSize(NARROW);
    // The window follows its new width in its own time.
    await expect.poll(() => tooWide(page), { message: what }).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 860 });
  };
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
});
