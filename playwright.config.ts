import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  timeout: 120_000,
  // A limit for what never comes, not a measure of speed: the machine may be busy.
  expect: { timeout: 20_000 },
  // One window at a time: two cores, and the keychain and the display are shared.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  projects: [
    { name: 'app', testIgnore: 'packaged/**' },
    // What `npm run package -- --stand-in` or `npm run package` has made.
    { name: 'packaged', testMatch: 'packaged/**/*.spec.ts' },
  ],
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
});
