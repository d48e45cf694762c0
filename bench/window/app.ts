import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchApp, type RunningApp } from '../../e2e/support/app.ts';
import { showView, signInWithClient } from '../../e2e/support/window.ts';
import type { SimulatorProcess } from '../simulator-process.ts';

/** What a phase of 100,000 users may take, ms: beyond it something hangs. */
export const PATIENCE_MS = 150_000;

/** The compiler of these files names functions by this helper, which is missing where Playwright runs them. */
const NAME_HELPER = 'globalThis.__name ??= (value) => value';

/** Does the work with a user-data folder of its own. */
export async function withProfile<T>(work: (profile: string) => Promise<T>): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'tokendesk-bench-'));
  try {
    return await work(profile);
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

/** Starts the app so that functions of these files can run in it. */
export async function launchWithHelper(
  profile: string,
  options: Parameters<typeof launchApp>[1],
): Promise<RunningApp> {
  const app = await launchApp(profile, options);
  await Promise.all([app.electron.evaluate(NAME_HELPER), app.page.evaluate(NAME_HELPER)]);
  return app;
}

/** Starts the app against that server and signs in with its client, whose limit is as high as the server's. */
export async function startSignedIn(profile: string, simulator: SimulatorProcess): Promise<RunningApp> {
  const app = await launchWithHelper(profile, { simulator });
  await signInWithClient(app.page, simulator, { label: 'Bench', remember: false });
  return app;
}

/** Chooses everyone, active and inactive, and waits until the plan is there; its rows are still on their way. */
export async function planEveryone(page: Page): Promise<void> {
  await showView(page, 'Revoke');
  await page
    .getByRole('group', { name: 'Further ways' })
    .getByRole('button', { name: 'Everyone', exact: true })
    .click();
  await page.getByRole('button', { name: 'Include everyone' }).click();
  await page.getByRole('button', { name: 'Look up the users' }).click();
  await planGrid(page).waitFor({ timeout: PATIENCE_MS });
}

export const planGrid = (page: Page) => page.getByRole('grid', { name: 'Rows of the plan' });

/** Waits until a table has all its rows. */
export async function rowsLoaded(page: Page, label: string): Promise<void> {
  await page.locator(`[role=grid][aria-label="${label}"][aria-busy=false]`).waitFor({ timeout: PATIENCE_MS });
}

/** What the window holds after its rubbish is collected, heap and buffers, bytes. */
export async function heapOf(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  // The buffers are newer than Playwright's description of the protocol.
  const usage: { readonly usedSize: number; readonly backingStorageSize?: number } =
    await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return usage.usedSize + (usage.backingStorageSize ?? 0);
}
