import { spawnSync } from 'node:child_process';
import { desktopCommand } from '../../scripts/desktop.mjs';

/** Set for a bench that has a display and a keyring around it. */
const INSIDE = 'TOKENDESK_BENCH_INSIDE';

export const isInDesktop = (): boolean => process.env[INSIDE] !== undefined;

/** Builds the app and runs this very command again, with a display and a keyring. @returns its exit status */
export function runInDesktop(): number {
  const build = spawnSync('npm', ['run', '--silent', 'build'], {
    // What a bench prints may be JSON, and nothing else.
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (build.status !== 0) return build.status ?? 1;
  const [file = '', ...args] = desktopCommand([
    process.execPath,
    ...process.execArgv,
    ...process.argv.slice(1),
  ]);
  const run = spawnSync(file, args, { stdio: 'inherit', env: { ...process.env, [INSIDE]: '1' } });
  return run.status ?? 1;
}
