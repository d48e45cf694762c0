// `npm test`: every stage, each with its own verdict, then one line that counts the tests.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { countTests } from './count-tests.mjs';
import { desktopCommand } from './desktop.mjs';

const STAGES = [
  { name: 'Types', command: ['npm', 'run', '--silent', 'check:types'] },
  { name: 'Lint and borders', command: ['npm', 'run', '--silent', 'check:lint'] },
  { name: 'Format', command: ['npm', 'run', '--silent', 'check:format'] },
  { name: 'Unused code', command: ['npm', 'run', '--silent', 'check:unused'] },
  { name: 'Unit and contract tests', command: ['npx', 'vitest', 'run'] },
  { name: 'Build', command: ['npm', 'run', '--silent', 'build'] },
  { name: 'End-to-end tests', command: desktopCommand(['npx', 'playwright', 'test']), needs: 'Build' },
];

rmSync('test-results', { recursive: true, force: true });
const verdicts = new Map();
for (const { name, command, needs } of STAGES) {
  if (needs && verdicts.get(needs)?.ok === false) {
    verdicts.set(name, { ok: false, text: `not run: ${needs} failed` });
    continue;
  }
  console.log(`\n── ${name}`);
  const started = performance.now();
  const [file, ...args] = command;
  const { status } = spawnSync(file, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  verdicts.set(name, { ok: status === 0, text: `${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s` });
}

console.log('\n── Summary');
for (const [name, { text }] of verdicts) console.log(`${name}: ${text}`);
const { passed, failed } = countTests();
console.log(`${passed} passed, ${failed} failed`);
// No test at all is a failure too: the runners write their reports whenever they run.
process.exitCode = failed === 0 && passed > 0 && [...verdicts.values()].every((v) => v.ok) ? 0 : 1;
