// Adds up the reports that the test runners wrote themselves: test-results/vitest.json,
// vitest-node24.json and e2e.json.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { HAS_NODE_24 } from './node24.mjs';

/** @param {string} file @returns {any} the report, or null when the runner did not get as far as writing one */
function read(file) {
  try {
    return JSON.parse(readFileSync(`test-results/${file}`, 'utf8'));
  } catch {
    return null;
  }
}

/** A runner that wrote no report counts as one failure: nothing is known about its tests. */
export function countTests() {
  const counts = [
    countOfVitest(read('vitest.json')),
    ...(HAS_NODE_24 ? [countOfVitest(read('vitest-node24.json'))] : []),
    countOfPlaywright(read('e2e.json')),
  ];
  return {
    passed: counts.reduce((sum, { passed }) => sum + passed, 0),
    failed: counts.reduce((sum, { failed }) => sum + failed, 0),
  };
}

/** @param {any} report */
const countOfVitest = (report) =>
  report
    ? {
        passed: report.numPassedTests,
        // A file that could not even be loaded has no test that failed, but the suite did.
        failed: Math.max(report.numFailedTests, report.success ? 0 : 1),
      }
    : { passed: 0, failed: 1 };

/** @param {any} report */
const countOfPlaywright = (report) =>
  report
    ? {
        passed: report.stats.expected,
        failed: report.stats.unexpected + report.stats.flaky + report.errors.length,
      }
    : { passed: 0, failed: 1 };

/**
 * What failed, so that the end of a long log says it: a line each, with the first line of its reason.
 * @returns {string[]}
 */
export function failedTests() {
  return [
    ...failuresOfVitest('vitest.json'),
    ...(HAS_NODE_24 ? failuresOfVitest('vitest-node24.json') : []),
    ...(read('e2e.json')?.suites ?? []).flatMap(failuresOfPlaywright),
  ];
}

/** @param {string} file */
const failuresOfVitest = (file) =>
  (read(file)?.testResults ?? []).flatMap(
    (/** @type {any} */ { name, message, status, assertionResults }) => {
      const failed = assertionResults.filter((/** @type {any} */ test) => test.status === 'failed');
      if (failed.length === 0) return status === 'failed' ? [line(name, message)] : [];
      return failed.map((/** @type {any} */ test) =>
        line(`${name} › ${test.fullName}`, test.failureMessages[0]),
      );
    },
  );

/** @param {any} suite @returns {string[]} */
const failuresOfPlaywright = ({ file, specs = [], suites = [] }) => [
  ...specs
    .filter((/** @type {any} */ { ok }) => !ok)
    .map((/** @type {any} */ { title, tests }) =>
      line(`${file} › ${title}`, tests[0]?.results.at(-1)?.error?.message),
    ),
  ...suites.flatMap(failuresOfPlaywright),
];

/** @param {string} test @param {string | undefined} reason */
const line = (test, reason = '') => `${test}: ${stripVTControlCharacters(reason).split('\n', 1)[0]}`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { passed, failed } = countTests();
  console.log(`${passed} passed, ${failed} failed`);
}
