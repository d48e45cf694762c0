// @ts-check
// `npm run demo`: the app on the demo organisation, to try by hand. Without a display, or with `-- --tour`, a guided
// tour through the real window instead, which leaves its pictures and its report in demo-output/.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { desktopCommand } from './desktop.mjs';

const ROOT = join(import.meta.dirname, '..');
const options = process.argv.slice(2);
if (options.some((option) => option !== '--tour' && option !== '--picture')) {
  console.error(
    'Usage: npm run demo [-- --tour [--picture]]   (--picture also makes the README’s picture anew)',
  );
  process.exit(2);
}
const linux = process.platform === 'linux';
const display = !linux || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const isTour = !display || options.length > 0;

/** A demo always begins anew, and never shows the connections of the person who runs it. */
const profile = mkdtempSync(join(tmpdir(), 'tokendesk-demo-'));
process.on('exit', () => rmSync(profile, { recursive: true, force: true }));

const node = process.execPath;
const [command = node, ...rest] = isTour
  ? desktopCommand([node, '--import', 'tsx', 'scripts/demo/tour.ts', profile, ...options])
  : [node, 'scripts/run-app.mjs', 'start', `--user-data-dir=${profile}`];

// A signal must not end xvfb-run and the keyring's shell before the tour: they could not clean up. So the tour is in
// a process group of its own, and ends when the pipe to it closes, in whatever way this process comes to its end.
const child = spawn(command, rest, {
  cwd: ROOT,
  stdio: [isTour ? 'pipe' : 'inherit', 'inherit', 'inherit'],
  detached: linux && isTour,
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => (isTour ? child.stdin?.end() : child.kill(signal)));
}
child.on('error', (error) => {
  console.error(`${command} could not be started: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code) => process.exit(code ?? 1));
