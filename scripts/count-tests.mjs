// Adds up the reports that the test runners wrote themselves: test-results/vitest.json,
// vitest-node24.json and e2e.json.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { passed, failed } = countTests();
  console.log(`${passed} passed, ${failed} failed`);
}
