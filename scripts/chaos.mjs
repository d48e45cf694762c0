// @ts-check
// `npm run test:chaos -- --seed N --runs N`: e2e/chaos.spec.ts with more runs than `npm test` gives it.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { desktopCommand } from './desktop.mjs';

const USAGE = 'Usage: npm run test:chaos -- [--seed N] [--runs N, up to 40]';

const MOST_RUNS = 40;

/** For all runs together, ms. */
const LIMIT_MS = 600_000;

/** @returns {{ seed: string, runs: string }} */
function readArguments() {
  const option = /** @type {const} */ ({ type: 'string' });
  try {
    const { values } = parseArgs({ options: { seed: option, runs: option } });
    const { seed = '1', runs = '20' } = values;
    if (/^\d{1,6}$/.test(seed) && /^\d+$/.test(runs) && +runs >= 1 && +runs <= MOST_RUNS)
      return { seed, runs };
  } catch {
    // said below
  }
  console.error(USAGE);
  process.exit(2);
}

const { seed, runs } = readArguments();
/** @param {readonly string[]} command */
function run([file = '', ...args]) {
  const env = { ...process.env, TOKENDESK_CHAOS_SEED: seed, TOKENDESK_CHAOS_RUNS: runs };
  const { status } = spawnSync(file, args, { stdio: 'inherit', shell: process.platform === 'win32', env });
  if (status !== 0) process.exit(status ?? 1);
}
run(['npm', 'run', '--silent', 'build']);
run(
  desktopCommand([
    'npx',
    'playwright',
    'test',
    'e2e/chaos.spec.ts',
    '--reporter=list',
    `--global-timeout=${LIMIT_MS}`,
  ]),
);
