// @ts-check
import { spawnSync } from 'node:child_process';

/**
 * Runs a command in this terminal.
 * @param {readonly string[]} command
 * @param {{ env?: Readonly<Record<string, string>>, timeout?: number, stdio?: import('node:child_process').StdioOptions }} [options] `env` is added to this process's; `timeout` in ms
 * @returns {number | null} its exit code; null when its time was over, or a signal ended it
 */
export function runHere([file = '', ...args], { env, ...options } = {}) {
  const shell = process.platform === 'win32';
  return spawnSync(file, args, { stdio: 'inherit', shell, ...options, env: { ...process.env, ...env } })
    .status;
}

/**
 * The same, and this process ends with it where it fails.
 * @param {readonly string[]} command
 * @param {Readonly<Record<string, string>>} [env]
 */
export function runOrExit(command, env = {}) {
  const status = runHere(command, { env });
  if (status !== 0) process.exit(status ?? 1);
}
