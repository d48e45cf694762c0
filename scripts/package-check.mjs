// @ts-check
// `npm run package:check`: makes the packaged layout with the stand-in in the place of Electron's binary, looks at what
// is in it, and runs it.
import { spawnSync } from 'node:child_process';
import { installNode24 } from './node24.mjs';

/** @param {readonly string[]} command */
function run([file = '', ...args]) {
  const { status } = spawnSync(file, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}
if (!(await installNode24())) process.exit(1);
run(['npm', 'run', '--silent', 'package', '--', '--stand-in']);
run(['npx', 'playwright', 'test', '--project=packaged']);
