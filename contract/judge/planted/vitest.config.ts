import { defineConfig } from 'vitest/config';

/** Runs the planted mistakes the way the project's contract tests run. */
export default defineConfig({
  test: {
    include: ['contract/judge/planted/planted.fixture.ts'],
    setupFiles: ['contract/judge/setup.ts'],
    reporters: ['json'],
  },
});
