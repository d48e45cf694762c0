import type { Locator, Page } from '@playwright/test';
import { expect } from './app.ts';

/** What has the focus, as a person at the keyboard meets it. */
interface FocusedElement {
  /** For messages: what it is and what it says. */
  readonly what: string;
  /** Nothing has the focus: the next key goes nowhere. */
  readonly lost: boolean;
  /** Why it cannot be seen, WCAG 2.4.7 and 2.4.11; empty when it can. */
  readonly unseen: string;
}

/** A heading or a dialog that was given the focus is a place to read on from, not a control: it needs no ring. */
const look = (): FocusedElement => {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body)
    return { what: 'nothing', lost: true, unseen: '' };
  const name = element.getAttribute('aria-label') ?? element.textContent.trim().replace(/\s+/g, ' ');
  const what = `${element.getAttribute('role') ?? element.tagName.toLowerCase()} “${name.slice(0, 60)}”`;

  const box = element.getBoundingClientRect();
  const x = box.left + box.width / 2;
  const y = box.top + box.height / 2;
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight)
    return { what, lost: false, unseen: 'outside the window' };
  const place = element.tabIndex < 0;
  if (place) return { what, lost: false, unseen: '' };

  const top = document.elementFromPoint(x, y);
  const label = top?.closest('label');
  const own = top !== null && (element.contains(top) || top.contains(element) || label?.control === element);
  if (!own) return { what, lost: false, unseen: `behind ${top?.tagName.toLowerCase()}.${top?.className}` };

  const ring = (one: Element): boolean => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  // A field that fills a head of its own is marked by that head instead.
  const marked =
    ring(element) || (element.parentElement && getComputedStyle(element.parentElement).boxShadow !== 'none');
  return { what, lost: false, unseen: marked ? '' : 'without a ring' };
};

const focused = (page: Page): Promise<FocusedElement> => page.evaluate(look);

/** The focus is there, and a person sees that it is. */
export async function expectFocus(locator: Locator): Promise<void> {
  await expect(locator).toBeFocused();
  const page = locator.page();
  await expect.poll(async () => (await focused(page)).unseen, locator.toString()).toBe('');
}

/** What the page begins with. */
const FIRST = 'a “Skip to the content”';

/**
 * Presses Tab (or Shift+Tab) until the focus is there; each stop on the way must be seen, and there must be one.
 *
 * Behind the last one Electron begins anew at the first, and the other way round; a Chromium without windows stands
 * between the two for one key. Electron’s `WebContents::TakeFocus`:
 * https://github.com/electron/electron/blob/v45.4.1/shell/browser/api/electron_api_web_contents.cc
 */
export async function tabTo(
  locator: Locator,
  { back = false, most = 30 }: { readonly back?: boolean; readonly most?: number } = {},
): Promise<void> {
  const page = locator.page();
  const stops: string[] = [];
  const next = async (): Promise<FocusedElement> => {
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    return focused(page);
  };
  let wentRound = false;
  for (let count = 0; count < most; count += 1) {
    let stop = await next();
    if (stop.lost && !wentRound && (!back || stops.at(-1) === FIRST)) {
      wentRound = true;
      stop = await next();
      if (!back) expect(stop.what, `what stands behind ${stops.join(', ')}, nothing`).toBe(FIRST);
    }
    const { what, lost, unseen } = stop;
    stops.push(what);
    expect(lost, `the focus is lost after ${stops.join(', ')}`).toBe(false);
    expect(unseen, what).toBe('');
    if (await locator.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${locator.toString()} is not reached by Tab: ${stops.join(', ')}`);
}

/** Tab goes round within the dialog and never out of it. */
export async function expectTrapped(dialog: Locator, presses: number): Promise<void> {
  for (let count = 0; count < presses; count += 1) {
    await dialog.page().keyboard.press('Tab');
    await expect(dialog.locator(':focus')).toHaveCount(1);
    expect((await focused(dialog.page())).unseen).toBe('');
  }
}
