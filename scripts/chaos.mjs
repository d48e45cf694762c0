// @ts-check
// `npm run test:chaos -- --seed N --runs N`: e2e/chaos.spec.ts with more runs than `npm test` gives it.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runOrExit } from './here.mjs';

const USAGE = 'Usage: npm run test:chaos -- [--seed N] [--runs N, up to 40]';

const MOST_RUNS = 40;

/** For all runs together, ms. */
const LIMIT_MS = 660_000;

/** What Playwright writes (playwright.config.ts). */
const REPORT = 'test-results/e2e.json';

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

/**
 * What each run, or each keeping-out, tells of itself (e2e/chaos), by its annotation.
 * @param {any} suite
 * @param {string} wanted
 * @returns {{ users: number, returns: number, killed: number, troubles: string[], longestMomentMs: number, questions: number }[]}
 */
function toldIn(suite, wanted) {
  const own = (suite.specs ?? []).flatMap((/** @type {any} */ spec) =>
    spec.tests.flatMap((/** @type {any} */ test) => test.annotations),
  );
  return [
    ...own
      .filter((/** @type {any} */ { type }) => type === wanted)
      .map((/** @type {any} */ { description }) => JSON.parse(description)),
    ...(suite.suites ?? []).flatMap((/** @type {any} */ inner) => toldIn(inner, wanted)),
  ];
}

function printFigures() {
  const report = JSON.parse(readFileSync(REPORT, 'utf8'));
  const told = toldIn(report, 'chaos');
  const keptOut = toldIn(report, 'chaos of keeping out');
  /** @param {(run: (typeof told)[number]) => number} of */
  const sum = (of) => told.reduce((total, run) => total + of(run), 0);
  /** @type {Record<string, number>} */
  const troubles = {};
  for (const name of told.flatMap((run) => run.troubles)) troubles[name] = (troubles[name] ?? 0) + 1;
  console.log(
    `${told.length} runs, ${sum(({ users }) => users)} users, ${sum(({ killed }) => killed)} kills, ${sum(({ questions }) => questions)} dialogs`,
  );
  console.log(
    `Troubles: ${Object.entries(troubles)
      .map(([name, n]) => `${name} ${n}`)
      .join(', ')}`,
  );
  const returns = keptOut.reduce((total, one) => total + one.returns, 0);
  const kills = keptOut.reduce((total, one) => total + one.killed, 0);
  console.log(`${keptOut.length} times of keeping out: ${returns} returns, ${kills} kills`);
  console.log(
    `Longest moment of main: ${Math.max(...[...told, ...keptOut].map((run) => run.longestMomentMs)).toFixed(0)} ms`,
  );
}

const { seed, runs } = readArguments();
const env = { TOKENDESK_CHAOS_SEED: seed, TOKENDESK_CHAOS_RUNS: runs };
runOrExit(['npm', 'run', '--silent', 'build'], env);
runOrExit(['npx', 'playwright', 'test', 'e2e/chaos.spec.ts', `--global-timeout=${LIMIT_MS}`], env);
printFigures();
