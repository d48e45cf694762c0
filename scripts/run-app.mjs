// @ts-check
// `npm run dev` and `npm start`: electron-vite with what runs the app here. Arguments after `--` reach the app.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { electronChoice, electronEnvironment } from './electron-environment.mjs';
import { passesOn } from './signals.mjs';

const COMMANDS = /** @type {Record<string, string>} */ ({ dev: 'dev', start: 'preview' });
const [task = '', ...appArguments] = process.argv.slice(2);
const command = COMMANDS[task];
if (!command) {
  console.error('Usage: node scripts/run-app.mjs dev|start [arguments of the app]');
  process.exit(2);
}

const choice = electronChoice();
if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
  if (choice === 'chromium') console.error('No display: the window is headless, nobody sees it.');
  else
    console.error('No display: Electron needs one. `xvfb-run -a npm start` gives it one that nobody sees.');
}
// Chromium's sandbox refuses to run as root.
const asRoot = process.getuid?.() === 0 ? ['--noSandbox'] : [];

// Its own script and not npx, which does not pass signals on.
const electronVite = join(
  import.meta.dirname,
  '..',
  'node_modules',
  'electron-vite',
  'bin',
  'electron-vite.js',
);
const child = spawn(process.execPath, [electronVite, command, ...asRoot, '--', ...appArguments], {
  stdio: 'inherit',
  env: { ...process.env, ...electronEnvironment() },
});
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (passesOn(signal, process.stdin)) child.kill(signal);
  });
}
child.on('exit', (code, signal) => {
  // A shell's convention: 128 + the signal's number (SIGTERM is 15).
  process.exit(code ?? (signal === 'SIGINT' ? 130 : 143));
});
