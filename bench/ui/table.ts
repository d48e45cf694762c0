import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { startSimulatorProcess } from '../simulator-process.ts';
import { heapOf, planEveryone, rowsLoaded, startSignedIn, withProfile } from '../window/app.ts';

/** After loading, until the table has ranked its rows by every column, ms. */
const PREPARED_MS = 4_000;

/** Times in ms, each until what was asked for is on the screen; 16 ms is a single frame. */
export interface TableResult {
  readonly rows: number;
  /** From the plan's being there to its first rows on the screen, and to its last one in the table. */
  readonly firstRows: number;
  readonly load: number;
  readonly firstFilter: number;
  readonly firstSort: number;
  readonly sortAgain: number;
  /** First sort by a column where each row has another text. */
  readonly sortAddress: number;
  /** The slowest of five keys typed into the filter. */
  readonly filterKey: number;
  readonly selectAll: number;
  /** Frames while scrolling by 400 px a frame, and while the bar is thrown about: 95th percentile. */
  readonly scrollFrame: number;
  readonly jumpFrame: number;
  /** Memory of the window that the rows take, heap and buffers, rubbish collected, bytes. */
  readonly memory: number;
}

/** @returns ms from the first sight of the plan's table to the first of its rows on the screen, and to the last of them. */
const timeLoading = (page: Page): Promise<{ readonly firstRows: number; readonly load: number }> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        let began: number | null = null;
        let firstRows: number | null = null;
        const look = (): void => {
          const now = performance.now();
          const grid = document.querySelector('[role=grid][aria-label="Rows of the plan"]');
          if (grid) began ??= now;
          if (began !== null && grid?.querySelector('[data-position]')) firstRows ??= now - began;
          if (began !== null && firstRows !== null && grid?.getAttribute('aria-busy') === 'false')
            resolve({ firstRows, load: now - began });
          else requestAnimationFrame(look);
        };
        look();
      }),
  );

/** Does something to the table, and @returns ms until it is painted. */
const timed = (page: Page, act: { readonly click: string } | { readonly type: string }): Promise<number> =>
  page.evaluate(async (what) => {
    const painted = (): Promise<void> =>
      new Promise((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
      });
    await painted();
    const began = performance.now();
    if ('click' in what) {
      document.querySelector<HTMLElement>(what.click)!.click();
    } else {
      const field = document.querySelector<HTMLInputElement>('[aria-label="Filter Rows of the plan"]')!;
      field.value = what.type;
      field.dispatchEvent(new Event('input'));
    }
    await painted();
    return performance.now() - began;
  }, act);

/** @returns the 95th percentile of the frames while the table scrolls, ms. */
const scrolling = (page: Page, how: 'steadily' | 'jumping'): Promise<number> =>
  page.evaluate(async (way) => {
    const FRAMES = 180;
    const grid = document.querySelector('[role=grid][aria-label="Rows of the plan"]')!;
    const frame = (): Promise<number> =>
      new Promise((resolve) => {
        requestAnimationFrame(resolve);
      });
    const lengths: number[] = [];
    grid.scrollTop = 0;
    await frame();
    let before = await frame();
    for (let n = 1; n <= FRAMES; n += 1) {
      // A fixed walk over the whole height that never comes to the same place twice.
      grid.scrollTop = way === 'steadily' ? n * 400 : ((n * 61) % FRAMES) * (grid.scrollHeight / FRAMES);
      const now = await frame();
      lengths.push(now - before);
      before = now;
    }
    return lengths.sort((a, b) => a - b)[Math.floor(FRAMES * 0.95)]!;
  }, how);

async function measurePage(page: Page): Promise<TableResult> {
  const before = await heapOf(page);
  const loading = timeLoading(page);
  await planEveryone(page);
  const { firstRows, load } = await loading;
  await rowsLoaded(page, 'Rows of the plan');
  const rows =
    Number(await page.getByRole('grid', { name: 'Rows of the plan' }).getAttribute('aria-rowcount')) - 1;
  const firstFilter = await timed(page, { type: 'maria' });
  await timed(page, { type: '' });
  const firstSort = await timed(page, { click: '[title="Sort by Name"]' });
  await sleep(PREPARED_MS);
  const sortAgain = await timed(page, { click: '[title="Sort by Name"]' });
  const sortAddress = await timed(page, { click: '[title="Sort by Address"]' });
  const keys: number[] = [];
  for (const type of ['m', 'ma', 'mar', 'mari', 'maria']) keys.push(await timed(page, { type }));
  await timed(page, { type: '' });
  const selectAll = await timed(page, { click: '[role=columnheader] input[type=checkbox]' });
  const scrollFrame = await scrolling(page, 'steadily');
  const jumpFrame = await scrolling(page, 'jumping');
  const memory = (await heapOf(page)) - before;
  const filterKey = Math.max(...keys);
  return {
    rows,
    firstRows,
    load,
    firstFilter,
    firstSort,
    sortAgain,
    sortAddress,
    filterKey,
    selectAll,
    scrollFrame,
    jumpFrame,
    memory,
  };
}

/** The table of a plan of everyone. @param users of the simulated org; 98 % of them are in the plan. */
export async function measureTable(users: number): Promise<TableResult> {
  const simulator = await startSimulatorProcess({ users, limit: 100_000 });
  try {
    return await withProfile(async (profile) => {
      const app = await startSignedIn(profile, simulator);
      try {
        return await measurePage(app.page);
      } finally {
        await app.kill();
      }
    });
  } finally {
    await simulator.stop();
  }
}
