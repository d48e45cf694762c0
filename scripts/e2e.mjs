// @ts-check
// `npm run test:e2e -- [files and options of Playwright]`: end-to-end tests, which bring what a window and a keychain need.
// With `--package`, against the package that `npm run package -- --for-tests` has made.
import { runHere } from './here.mjs';

const PACKAGE = '--package';
const args = process.argv.slice(2).filter((argument) => argument !== PACKAGE);
if (process.argv.includes(PACKAGE)) process.env['TOKENDESK_TEST_PACKAGE'] = '1';
const named = args.some((argument) => argument.startsWith('--project') || !argument.startsWith('-'));
process.exitCode = runHere(['npx', 'playwright', 'test', ...(named ? [] : ['--project=app']), ...args]) ?? 1;
