// @ts-check
// `npm run test:explore -- [--seconds N] [--seed N]`: the property tests with new seeds, one after the other in a new
// order each time, for a bounded time; says how to run again what failed.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runHere } from './here.mjs';

const USAGE = 'Usage: npm run test:explore [-- --seconds N (up to 3600)] [--seed N]';
const REPORT = 'test-results/explore.json';

function readArguments() {
  const option = /** @type {const} */ ({ type: 'string' });
  try {
    const { values } = parseArgs({ options: { seconds: option, seed: option } });
    const seconds = Number(values.seconds ?? 300);
    const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
    if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600 && Number.isInteger(seed) && seed >= 0)
      return { seconds, seed };
  } catch {
    // said below
  }
  console.error(USAGE);
  process.exit(2);
}

const { seconds, seed: firstSeed } = readArguments();
const until = Date.now() + seconds * 1000;
let whole = 0;
for (let seed = firstSeed; ; seed += 1) {
  const shuffled = ['vitest', 'run', '--sequence.shuffle', `--sequence.seed=${seed}`];
  const told = ['--reporter=dot', '--reporter=json', `--outputFile.json=${REPORT}`];
  const status = runHere(['npx', ...shuffled, ...told], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: Math.max(60_000, until - Date.now()),
    env: { TOKENDESK_TEST_SEED: String(seed), TOKENDESK_TEST_RUNS: '10' },
  });
  if (status === null) break; // the time is over
  if (status !== 0) {
    const files = JSON.parse(readFileSync(REPORT, 'utf8')).testResults.filter(
      (/** @type {{ status: string }} */ result) => result.status === 'failed',
    );
    console.error(
      `\nFailed with seed ${seed}. Again, and as a regression (fast-check prints the example above):`,
    );
    for (const { name } of files)
      console.error(
        `  TOKENDESK_TEST_SEED=${seed} TOKENDESK_TEST_RUNS=10 npx vitest run --sequence.shuffle --sequence.seed=${seed} ${name}`,
      );
    process.exit(1);
  }
  whole += 1;
  if (Date.now() >= until) break;
}
// A run that was cut short has shown nothing.
console.log(`${whole} whole runs from seed ${firstSeed} on: nothing failed.`);
process.exitCode = whole > 0 ? 0 : 1;
