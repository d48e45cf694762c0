import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';

/**
 * Where each worker makes a display and a keychain of its own (e2e/support/desktop.ts), two windows do not meet. On a
 * person's desktop there is one at a time: they would take the focus from each other.
 */
const OWN_DESKTOPS =
  process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];

/**
 * One more than there are cores: a test often waits for the network or a disk. On two cores the tests take 333 s with two
 * workers and 265 s with three. More than four gain nothing, and each has a Chromium of its own.
 */
const WORKERS = OWN_DESKTOPS ? Math.min(availableParallelism() + 1, 4) : 1;

/** The stand-in for Electron shows no window unless `CHROMIUM_ELECTRON_HEADLESS=0` asks for it; Electron itself does. */
process.env['CHROMIUM_ELECTRON_HEADLESS'] ??= '1';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  timeout: 120_000,
  // A limit for what never comes, not a measure of speed: the machine may be busy.
  expect: { timeout: 20_000 },
  workers: WORKERS,
  forbidOnly: Boolean(process.env.CI),
  projects: [
    { name: 'app', testIgnore: 'packaged/**' },
    // What `npm run package -- --stand-in` or `npm run package` has made.
    { name: 'packaged', testMatch: 'packaged/**/*.spec.ts' },
  ],
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
});
