// Adds up the reports that the test runners wrote themselves: test-results/vitest.json and e2e.json.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

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
  const unit = read('vitest.json');
  const e2e = read('e2e.json');
  return {
    passed: (unit?.numPassedTests ?? 0) + (e2e?.stats.expected ?? 0),
    // A file that could not even be loaded has no test that failed, but the suite did.
    failed:
      (unit ? Math.max(unit.numFailedTests, unit.success ? 0 : 1) : 1) +
      (e2e ? e2e.stats.unexpected + e2e.stats.flaky + e2e.errors.length : 1),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { passed, failed } = countTests();
  console.log(`${passed} passed, ${failed} failed`);
}
