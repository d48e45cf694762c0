// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LIBSECRET_HEADERS } from './packages.mjs';
import { canReach, run, say } from './run.mjs';
import { isInstalled, reasonToInstall } from './stamp.mjs';

/** @typedef {import('./stamp.mjs').Stamp} Stamp */

const GITHUB_LIMIT_MS = 3000;

/** @param {string} root @returns {Stamp | null} */
export const readStamp = (root) => readJson(stampFile(root));

/** @param {string} root @param {Stamp} stamp */
export function writeStamp(root, stamp) {
  mkdirSync(dirname(stampFile(root)), { recursive: true });
  writeFileSync(stampFile(root), `${JSON.stringify(stamp, null, 2)}\n`);
}

/** @param {string} root */
const stampFile = (root) => join(root, 'node_modules', '.tokendesk-setup.json');

/** @param {string} root */
export const hasKeytar = (root) =>
  existsSync(join(root, 'node_modules', 'keytar', 'build', 'Release', 'keytar.node'));

/** @param {string} root */
function present(root) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return {
    lock,
    nodeMajor: process.versions.node.split('.', 1)[0] ?? '',
    // Elsewhere keytar needs no headers.
    hasHeaders: process.platform !== 'linux' || existsSync(LIBSECRET_HEADERS),
    hasKeytar: hasKeytar(root),
  };
}

/**
 * Installs the npm packages if the last installation is not the one that is wanted now.
 * @param {string} root
 * @returns {Promise<boolean>} false: `npm ci` failed, and its words were said
 */
export async function installModules(root) {
  const now = present(root);
  const reason = reasonToInstall(readStamp(root), now);
  if (reason === null) return true;
  const stamp = { lock: now.lock, nodeMajor: now.nodeMajor, hadHeaders: now.hasHeaders };
  if (!readStamp(root) && isInstalledByHand(root) && now.hasKeytar) {
    writeStamp(root, stamp);
    return true;
  }
  say(`installing the npm packages: ${reason}`);
  const { ok, output } = await run([...npm(), 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: await buildEnvironment(),
  });
  if (!ok) {
    // npm ends with its manual page; what went wrong stands at the beginning.
    say(`npm ci failed:\n${output.split('\n').slice(0, 15).join('\n')}`);
    return false;
  }
  writeStamp(root, stamp);
  if (!hasKeytar(root)) {
    say('keytar could not be built: the app works, and keeps secrets for the session only.');
  }
  return true;
}

/** @param {string} root */
function isInstalledByHand(root) {
  const lock = readJson(join(root, 'package-lock.json'));
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'));
  return lock !== null && installed !== null && isInstalled(lock, installed);
}

/** Lets keytar's build find Node's headers on disk, where it would otherwise download them. */
async function buildEnvironment() {
  const env = { ...process.env };
  const prefix = dirname(dirname(process.execPath));
  const hasNodeHeaders = existsSync(join(prefix, 'include', 'node', 'node_api.h'));
  if (hasNodeHeaders) env.npm_config_nodedir ??= prefix;
  // Its prebuilt binary comes from GitHub; where that cannot be reached, do not wait for it.
  const canBuild = hasNodeHeaders && existsSync(LIBSECRET_HEADERS);
  if (canBuild && !(await canReachGitHub())) env.npm_config_build_from_source ??= 'true';
  return env;
}

/** @type {Promise<boolean> | undefined} */
let reachable;

/** Asked once; through a proxy a direct connection says nothing, so then the download itself must find out. */
export function canReachGitHub() {
  const { HTTPS_PROXY, https_proxy, ELECTRON_MIRROR } = process.env;
  if (HTTPS_PROXY || https_proxy || ELECTRON_MIRROR) return Promise.resolve(true);
  reachable ??= canReach('github.com', GITHUB_LIMIT_MS);
  return reachable;
}

/** The npm that runs us, else the one that came with this Node. @returns {string[]} */
function npm() {
  const beside = join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js'); // Windows
  const script = [process.env.npm_execpath ?? '', beside].find(
    (file) => file.endsWith('npm-cli.js') && existsSync(file),
  );
  return script ? [process.execPath, script] : ['npm'];
}

/** @param {string} file @returns {any} null where it is missing or damaged */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
