// `npm test`: every stage, each with its own verdict, then one line that counts the tests.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { countTests, failedTests } from './count-tests.mjs';
import { HAS_NODE_24, installNode24, node24 } from './node24.mjs';

/** @typedef {{ name: string, command: readonly string[], needs?: readonly string[], live?: boolean }} Stage */

await installNode24();

const npm = (/** @type {string[]} */ ...args) => ['npm', 'run', '--silent', ...args];

/** @type {readonly Stage[]} */
const TESTS = [
  { name: 'Unit and contract tests', command: ['npx', 'vitest', 'run'] },
  ...(HAS_NODE_24
    ? [
        {
          // What main and its parts do on the Node that Electron carries.
          name: 'Unit and contract tests on Node 24',
          command: [
            node24() ?? 'no Node 24',
            'node_modules/vitest/vitest.mjs',
            'run',
            '--project=unit',
            '--project=mocked',
            '--project=contract',
            '--outputFile.json=test-results/vitest-node24.json',
          ],
        },
      ]
    : []),
];

/** @type {readonly Stage[]} */
const CHECKS = [
  { name: 'Types', command: npm('check:types') },
  { name: 'Lint and borders', command: npm('check:lint') },
  { name: 'Format', command: npm('check:format') },
  { name: 'Unused code', command: npm('check:unused') },
];

/** @type {readonly Stage[]} */
const WINDOWS = [
  { name: 'Build', command: npm('build') },
  { name: 'Package', command: npm('package', '--', '--stand-in') },
  {
    name: 'End-to-end tests',
    command: ['npx', 'playwright', 'test'],
    needs: ['Build', 'Package'],
    live: true,
  },
];

/**
 * One step after the other; in it lanes beside each other, and in a lane one stage after the other. Windows have the
 * machine to themselves: beside the rest their tests take half as long again, and the rest itself two to three times as
 * long (docs/decisions/tests.md).
 */
const STEPS = [[TESTS, CHECKS], [WINDOWS]];

/** @type {Map<string, { ok: boolean, text: string }>} */
const verdicts = new Map();

/**
 * Runs a stage to its end and notes its verdict.
 * @param {Stage} stage unless it is `live`, what it prints comes as one block when it has ended
 * @returns {Promise<void>}
 */
function run({ name, command, needs, live = false }) {
  const missing = needs?.find((stage) => verdicts.get(stage)?.ok === false);
  if (missing) {
    verdicts.set(name, { ok: false, text: `not run: ${missing} failed` });
    return Promise.resolve();
  }
  const started = performance.now();
  const [file = '', ...args] = command;
  const title = `\n── ${name}`;
  if (live) console.log(title);
  const stdio = live ? 'inherit' : /** @type {const} */ (['ignore', 'pipe', 'pipe']);
  const child = spawn(file, args, { stdio, shell: process.platform === 'win32' });
  /** @type {Buffer[]} */
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => printed.push(chunk));
  return new Promise((resolve) => {
    /** @param {boolean} ok */
    const end = (ok) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      verdicts.set(name, { ok, text: `${ok ? 'passed' : 'FAILED'} in ${seconds} s` });
      if (!live) console.log(`${title}\n${Buffer.concat(printed).toString()}`.trimEnd());
      resolve();
    };
    child.once('error', (error) => {
      console.error(`${name}: ${error.message}`);
      end(false);
    });
    child.once('close', (status) => {
      end(status === 0);
    });
  });
}

rmSync('test-results', { recursive: true, force: true });
for (const lanes of STEPS)
  await Promise.all(
    lanes.map(async (lane) => {
      for (const stage of lane) await run(stage);
    }),
  );

console.log('\n── Summary');
for (const [name, { text }] of verdicts) console.log(`${name}: ${text}`);
for (const test of failedTests()) console.log(`FAILED ${test}`);
const { passed, failed } = countTests();
console.log(`${passed} passed, ${failed} failed`);
// No test at all is a failure too: the runners write their reports whenever they run.
process.exitCode = failed === 0 && passed > 0 && [...verdicts.values()].every((v) => v.ok) ? 0 : 1;
