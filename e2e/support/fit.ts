import type { Page } from '@playwright/test';

/** Nothing may have to be scrolled sideways (WCAG 2.2, 1.4.10): the view, nor the status line. */
const BOXES = ['#main', 'footer[aria-label=Status]'];

/** What is wider than the room it has: a box itself, and what sticks out of the view though the view does not scroll. */
export async function tooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate((selectors) => {
    const main = document.querySelector('#main');
    if (!main) return ['no view'];
    const named = (element: Element, by: number): string =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} by ${Math.round(by)}`;
    const boxes = selectors.flatMap((selector) => {
      const box = document.querySelector(selector);
      if (!box) return [`no ${selector}`];
      return box.scrollWidth > box.clientWidth ? [named(box, box.scrollWidth - box.clientWidth)] : [];
    });
    const right = main.getBoundingClientRect().left + main.clientWidth;
    const scrolls = (element: Element): boolean => {
      for (let at: Element | null = element; at && at !== main; at = at.parentElement)
        if (['auto', 'scroll', 'hidden'].includes(getComputedStyle(at).overflowX)) return true;
      return false;
    };
    const sticking = [...main.querySelectorAll('*')].filter((element) => {
      const box = element.getBoundingClientRect();
      const hidden = box.width <= 1 || getComputedStyle(element).position === 'fixed';
      return !hidden && box.right > right + 1 && !scrolls(element.parentElement ?? main);
    });
    return [
      ...boxes,
      ...sticking.slice(0, 8).map((element) => named(element, element.getBoundingClientRect().right - right)),
    ];
  }, BOXES);
}

/** Text that does not fit its box and is not there to be cut: a cell of a table has its whole text in the details. */
export async function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found = [...document.querySelectorAll('body *')].filter((element) => {
      if (
        element.closest('[role=grid], svg, .visually-hidden, [hidden]') ||
        !(element instanceof HTMLElement)
      )
        return false;
      // Only there to be read out.
      if (element.clientWidth <= 1) return false;
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
        (element) =>
          `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}: ${element.textContent.trim().slice(0, 40)}`,
      );
  });
}

/** Text in a column of a few letters, and icons that gave up their width: it fits, and nobody can read it. */
export async function squeezed(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const icons = [...document.querySelectorAll<SVGElement>('svg.lucide')].filter((icon) => {
      const { width, height } = icon.getBoundingClientRect();
      return height > 1 && width < Number(icon.getAttribute('width')) - 1;
    });
    const texts = [...document.querySelectorAll<HTMLElement>('#main *, [role=dialog] *')].filter(
      (element) => {
        const { clientWidth: width, clientHeight: height, textContent } = element;
        if (width <= 1 || element.childElementCount > 0 || textContent.trim().length < 8) return false;
        const { fontSize } = getComputedStyle(element);
        return width < 4 * parseFloat(fontSize) && height > 4 * parseFloat(fontSize);
      },
    );
    return [
      ...icons.map((icon) => `icon in ${icon.parentElement?.className}`),
      ...texts.map(
        ({ tagName, textContent }) => `${tagName.toLowerCase()}: ${textContent.trim().slice(0, 40)}`,
      ),
    ].slice(0, 8);
  });
}

/** Puts the text spacing of WCAG 1.4.12 on everything, or takes it away again. */
export const spaceText = (page: Page, spaced: boolean): Promise<void> =>
  page.evaluate((isSpaced) => {
    const sheet = new CSSStyleSheet();
    // https://www.w3.org/TR/WCAG22/#text-spacing
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
    );
    document.adoptedStyleSheets = isSpaced ? [sheet] : [];
  }, spaced);
