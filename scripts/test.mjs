// `npm test`: every stage, each with its own verdict, then one line that counts the tests.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { countTests } from './count-tests.mjs';
import { installNode24, node24 } from './node24.mjs';

/** @typedef {{ name: string, command: readonly string[], needs?: readonly string[] }} Stage */

await installNode24();
const node24Path = node24();

/** Beside each other: none of them waits for another, and what one core leaves the other takes. */
const SIDE_BY_SIDE = [
  [
    { name: 'Lint and borders', command: ['npm', 'run', '--silent', 'check:lint'] },
    { name: 'Package', command: ['npm', 'run', '--silent', 'package', '--', '--stand-in'] },
  ],
  [
    { name: 'Types', command: ['npm', 'run', '--silent', 'check:types'] },
    { name: 'Format', command: ['npm', 'run', '--silent', 'check:format'] },
    { name: 'Unused code', command: ['npm', 'run', '--silent', 'check:unused'] },
    { name: 'Build', command: ['npm', 'run', '--silent', 'build'] },
  ],
  [{ name: 'Unit and contract tests', command: ['npx', 'vitest', 'run'] }],
];

/** The window has the machine to itself, but for what it leaves over. */
const WINDOW = {
  name: 'End-to-end tests',
  command: ['npx', 'playwright', 'test'],
  needs: ['Build', 'Package'],
};

/**
 * What main and its parts do on the Node that Electron carries. One worker of the lowest priority beside the windows.
 * @type {readonly Stage[]}
 */
const BESIDE_THE_WINDOW = node24Path
  ? [
      {
        name: `Unit and contract tests on Node 24`,
        command: [
          ...(process.platform === 'linux' ? ['nice', '-n', '19'] : []),
          node24Path,
          'node_modules/vitest/vitest.mjs',
          'run',
          '--project=unit',
          '--project=contract',
          '--maxWorkers=1',
          '--outputFile.json=test-results/vitest-node24.json',
        ],
      },
    ]
  : [];

/** @type {Map<string, { ok: boolean, text: string }>} */
const verdicts = new Map();

/**
 * Runs a stage to its end and notes its verdict.
 * @param {Stage} stage
 * @param {'live' | 'together'} output `together`: what it prints comes as one block when it has ended.
 * @returns {Promise<void>}
 */
function run({ name, command, needs }, output) {
  const missing = needs?.find((stage) => verdicts.get(stage)?.ok === false);
  if (missing) {
    verdicts.set(name, { ok: false, text: `not run: ${missing} failed` });
    return Promise.resolve();
  }
  const started = performance.now();
  const [file = '', ...args] = command;
  const title = `\n── ${name}`;
  if (output === 'live') console.log(title);
  const stdio = output === 'live' ? 'inherit' : /** @type {const} */ (['ignore', 'pipe', 'pipe']);
  const child = spawn(file, args, { stdio, shell: process.platform === 'win32' });
  /** @type {Buffer[]} */
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => printed.push(chunk));
  return new Promise((resolve) => {
    /** @param {boolean} ok */
    const end = (ok) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      verdicts.set(name, { ok, text: `${ok ? 'passed' : 'FAILED'} in ${seconds} s` });
      if (output === 'together') console.log(`${title}\n${Buffer.concat(printed).toString()}`.trimEnd());
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
  SIDE_BY_SIDE.map(async (lane) => {
    for (const stage of lane) await run(stage, 'together');
  }),
);
await Promise.all([run(WINDOW, 'live'), ...BESIDE_THE_WINDOW.map((stage) => run(stage, 'together'))]);

console.log('\n── Summary');
for (const [name, { text }] of verdicts) console.log(`${name}: ${text}`);
const { passed, failed } = countTests({ onNode24: node24Path !== null });
console.log(`${passed} passed, ${failed} failed`);
// No test at all is a failure too: the runners write their reports whenever they run.
process.exitCode = failed === 0 && passed > 0 && [...verdicts.values()].every((v) => v.ok) ? 0 : 1;
