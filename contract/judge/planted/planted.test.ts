import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs the planted tests in a process of their own, as `npm test` runs the others. */
const run = (): Promise<Report> =>
  new Promise((resolve, reject) => {
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    const config = join(import.meta.dirname, 'vitest.config.ts');
    execFile(
      process.execPath,
      [vitest, 'run', '--root', ROOT, '--config', config],
      { cwd: ROOT, env: { ...process.env, VITEST: undefined, FORCE_COLOR: undefined } },
      (error, stdout, stderr) => {
        // Its status is 1: two of its tests fail, which is what they are for.
        if (stdout === '') reject(new Error(stderr, { cause: error }));
        else resolve(JSON.parse(stdout) as Report);
      },
    );
  });

it('a planted wrong request and a planted wrong answer each fail their test, and are named', async () => {
  const report = await run();
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  expect(Object.fromEntries(results.map(({ title, status }) => [title, status]))).toEqual({
    'asks right': 'passed',
    'asks wrong': 'failed',
    'is answered wrong': 'failed',
  });
  const said = (title: string): string =>
    results.find((result) => result.title === title)?.failureMessages.join('\n') ?? '';
  expect(said('asks wrong')).toContain(
    'asked wrong: GET /api/v2/users: parameter expand is none of the values that there are',
  );
  expect(said('is answered wrong')).toContain(
    'answered wrong: GET /api/v2/tokens/timeout: inactivityTimeoutGroupBundles[].inactivityTimeoutUnit is none of',
  );
}, 120_000);
