import { availableParallelism } from 'node:os';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** A reporter's own option beats `--outputFile`, so the run on Node 24 would overwrite the other one's report. */
const REPORT =
  process.argv.find((arg) => arg.startsWith('--outputFile.json='))?.split('=')[1] ??
  'test-results/vitest.json';

/**
 * Tests that put something else in the place of a module (`vi.mock`): each file has modules of its own. All others share
 * them, which saves a third of the time in main and five sixths in the window; scripts/house/lint.test.ts holds them to it.
 * https://vitest.dev/guide/improving-performance#test-isolation
 */
const WITH_MOCKED_MODULES = ['src/main/app/**/*.test.ts', 'scripts/packaging.test.ts'];

export default defineConfig({
  plugins: [vue()],
  test: {
    // A limit for what never ends, not a measure of speed: the machine may be busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Many tests wait for a disk or another process: on two cores, one worker would leave them idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    setupFiles: ['./vitest.setup.ts'],
    // The default one is for people; the other is what CI counts.
    reporters: ['default', ['json', { outputFile: REPORT }]],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          setupFiles: ['./contract/judge/setup.ts'],
          include: [
            'src/{main,shared,simulator}/**/*.test.ts',
            'scripts/**/*.test.{ts,mjs}',
            'bench/**/*.test.ts',
            'e2e/support/**/*.test.ts',
          ],
          exclude: WITH_MOCKED_MODULES,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'mocked',
          environment: 'node',
          setupFiles: ['./contract/judge/setup.ts'],
          include: WITH_MOCKED_MODULES,
        },
      },
      {
        extends: true,
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          setupFiles: ['./src/renderer/src/testing/setup.ts'],
          isolate: false,
          include: ['{src/renderer,gallery}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'contract',
          environment: 'node',
          setupFiles: ['./contract/judge/setup.ts'],
          include: ['contract/**/*.test.ts'],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'tools',
          environment: 'node',
          include: ['tools/**/*.test.{ts,mjs}'],
        },
      },
    ],
  },
});
