// @ts-check
// `npm run package:smoke`: that a package starts, once, and ends. No more can be seen of it from outside: its debugger
// and its debugging port are switched off (docs/decisions/packages.md).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const START_LIMIT_MS = 60_000;
const SECOND_LIMIT_MS = 30_000;
const STEADY_MS = 10_000;

const dist = join(import.meta.dirname, '..', 'dist');
const PROGRAMS = {
  darwin: [/^mac/, 'Tokendesk.app/Contents/MacOS/Tokendesk'],
  win32: [/^win.*unpacked$/, 'Tokendesk.exe'],
  linux: [/^linux.*unpacked$/, 'tokendesk'],
};
const [folderName, program] = /** @type {[RegExp, string]} */ (
  PROGRAMS[/** @type {keyof typeof PROGRAMS} */ (process.platform)] ?? PROGRAMS.linux
);
const folder = readdirSync(dist).find((name) => folderName.test(name));
if (!folder) fail('there is no package; run `npm run package`');
const profile = mkdtempSync(join(tmpdir(), 'tokendesk-smoke-'));
process.on('exit', () => rmSync(profile, { recursive: true, force: true }));

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(`package:smoke: ${message}`);
  process.exit(1);
}

const start = () =>
  spawn(join(dist, folder, program), [`--user-data-dir=${profile}`], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });

const first = start();
const ended = once(first, 'exit');
const since = Date.now();
// Main writes there when it has begun, whatever the window does.
while (!readdirSync(profile).includes('logs') && !readdirSync(profile).includes('settings.json')) {
  if (first.exitCode !== null) fail(`it ended by itself with ${first.exitCode}`);
  if (Date.now() - since > START_LIMIT_MS) fail('it wrote nothing within a minute');
  await delay(200);
}
await delay(STEADY_MS);
if (first.exitCode !== null) fail(`it ended by itself with ${first.exitCode}`);

const second = start();
const [code] = await Promise.race([once(second, 'exit'), delay(SECOND_LIMIT_MS, ['still there'])]);
if (code !== 0) fail(`a second start should end by itself: ${code}`);

first.kill();
await Promise.race([ended, delay(SECOND_LIMIT_MS).then(() => fail('it does not end'))]);
console.log('package:smoke: it starts, once, and ends');
process.exit(0);
