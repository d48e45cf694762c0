// @ts-check
// `npm run test:e2e -- [files and options of Playwright]`: end-to-end tests, which bring what a window and a keychain need.
// With `--package`, against the package that `npm run package -- --for-tests` has made.
import { spawnSync } from 'node:child_process';

const PACKAGE = '--package';
const args = process.argv.slice(2).filter((argument) => argument !== PACKAGE);
if (process.argv.includes(PACKAGE)) process.env['TOKENDESK_TEST_PACKAGE'] = '1';
const named = args.some((argument) => argument.startsWith('--project') || !argument.startsWith('-'));
const { status } = spawnSync('npx', ['playwright', 'test', ...(named ? [] : ['--project=app']), ...args], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
process.exitCode = status ?? 1;
