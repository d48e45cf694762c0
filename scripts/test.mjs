// `npm test`: every stage, each with its own verdict, then one line that counts the tests.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { countTests, failedTests } from './count-tests.mjs';
import { HAS_NODE_24, installNode24, node24 } from './node24.mjs';

/** @typedef {{ name: string, command: readonly string[], needs?: readonly string[], live?: boolean }} Stage */

await installNode24();

/**
 * The windows are the longest way and have the machine first; one lane of other work takes what they leave. With three
 * such lanes everything took a sixth longer, the windows most of all.
 */
const LESS_URGENT = process.platform === 'linux' ? ['nice', '-n', '19'] : [];
const npm = (/** @type {string[]} */ ...args) => ['npm', 'run', '--silent', ...args];

/**
 * Beside each other; within a lane one after the other.
 * @type {readonly (readonly Stage[])[]}
 */
const LANES = [
  [
    { name: 'Build', command: npm('build') },
    { name: 'Package', command: npm('package', '--', '--stand-in') },
    {
      name: 'End-to-end tests',
      command: ['npx', 'playwright', 'test'],
      needs: ['Build', 'Package'],
      live: true,
    },
  ],
  [
    { name: 'Unit and contract tests', command: [...LESS_URGENT, 'npx', 'vitest', 'run'] },
    ...(HAS_NODE_24
      ? [
          {
            // What main and its parts do on the Node that Electron carries.
            name: 'Unit and contract tests on Node 24',
            command: [
              ...LESS_URGENT,
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
    { name: 'Types', command: [...LESS_URGENT, ...npm('check:types')] },
    { name: 'Lint and borders', command: [...LESS_URGENT, ...npm('check:lint')] },
    { name: 'Format', command: [...LESS_URGENT, ...npm('check:format')] },
    { name: 'Unused code', command: [...LESS_URGENT, ...npm('check:unused')] },
  ],
];

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
await Promise.all(
  LANES.map(async (lane) => {
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
