import type { ElectronApplication, Page } from '@playwright/test';

interface Watching {
  events: number;
  /** Users of the run with an outcome, and how it stands. */
  done: number;
  state: string;
  /** Length of each task that kept the window from answering for more than 50 ms. */
  longTasks: number[];
}

/** What the window has seen since `watchWindow`, or since it was last asked. */
export type Seen = Readonly<Watching>;

/** Counts, inside the window, every event that main sends it, and every task that blocks it. */
export async function watchWindow(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Watching = { events: 0, done: 0, state: '', longTasks: [] };
    Object.assign(window, { benchSeen: seen });
    for (const subscribe of Object.values(window.tokendesk.on))
      (subscribe as (listener: () => void) => unknown)(() => {
        seen.events += 1;
      });
    window.tokendesk.on['run.progress'](({ counts, state }) => {
      const { 'kept-back': _keptBack, ...outcomes } = counts;
      seen.done = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
      seen.state = state.kind;
    });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longTasks.push(duration);
    }).observe({ type: 'longtask' });
  });
}

/** @returns what was seen since the last time, and begins anew. */
export const takeSeen = (page: Page): Promise<Seen> =>
  page.evaluate(() => {
    const { benchSeen } = window as unknown as { benchSeen: Watching };
    const taken = { ...benchSeen };
    Object.assign(benchSeen, { events: 0, longTasks: [] });
    return taken;
  });

/** Waits until so many users of the run have an outcome, or until the run has ended. */
export async function runReaches(page: Page, users: number, timeout: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const { done, state } = (window as unknown as { benchSeen: Watching }).benchSeen;
      return done >= wanted || state === 'finished';
    },
    users,
    { timeout, polling: 200 },
  );
}

/** Bytes. */
export interface Memory {
  /** Resident now. */
  readonly resident: number;
  /** The most that was ever resident. */
  readonly peak: number;
}

/** Memory of the main process. */
export const memoryOfMain = (app: ElectronApplication): Promise<Memory> =>
  app.evaluate(() => ({
    resident: process.memoryUsage.rss(),
    // Told in KiB, whatever the system.
    peak: process.resourceUsage().maxRSS * 1024,
  }));

/** What main still holds after its rubbish is collected, bytes. Disturbs what is measured afterwards. */
export const heldByMain = (app: ElectronApplication): Promise<number> =>
  app.evaluate(() => {
    const { setFlagsFromString } = process.getBuiltinModule('node:v8');
    setFlagsFromString('--expose-gc');
    const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void;
    collect();
    return process.memoryUsage().heapUsed;
  });
