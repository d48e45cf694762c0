// @ts-check
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, say } from './run.mjs';

/** A download that stands still for so long will not go on, ms; a slow one may take as long as it likes. */
const STALL_MS = 60_000;

const MEGABYTE = 1_000_000;

/**
 * Downloads Electron's binary, about 110 MB. `@electron/get` writes it to the folder for temporary files and unpacks it
 * beside the package, so what has come can be seen there: slow is told apart from standing still.
 * @param {string} root
 * @returns {Promise<boolean>}
 */
export async function downloadBinary(root) {
  const folder = join(root, 'node_modules', 'electron');
  const temporary = mkdtempSync(join(tmpdir(), 'tokendesk-electron-'));
  say("downloading Electron's binary (about 110 MB; it may take a while)");
  let told = 0;
  const bytes = () => {
    const now = sizeOf(temporary) + sizeOf(join(folder, 'dist'));
    if (now >= told + 25 * MEGABYTE) {
      told = now;
      say(`${Math.round(now / MEGABYTE)} MB so far`);
    }
    return now;
  };
  try {
    const { ok, stalled } = await run([process.execPath, join(folder, 'install.js')], {
      cwd: root,
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
      stall: { bytes, limitMs: STALL_MS },
    });
    if (stalled)
      say(
        'the download stood still for a minute and was given up; `npm run setup -- --retry-electron` tries again.',
      );
    return ok;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** @param {string} folder @returns {number} bytes of the files in it, at any depth; 0 where there is none */
export function sizeOf(folder) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + sizeOfFile(join(entry.parentPath, entry.name)), 0);
  } catch {
    return 0;
  }
}

/** @param {string} file */
function sizeOfFile(file) {
  try {
    return statSync(file).size;
  } catch {
    return 0; // moved in this moment
  }
}

/**
 * Ubuntu 23.10 and later let no program make user namespaces unless a profile of AppArmor says so, and Electron from npm
 * has none: it dies with "The SUID sandbox helper binary was found, but is not configured correctly".
 * https://ubuntu.com/blog/ubuntu-23-10-restricted-unprivileged-user-namespaces
 * @param {object} system
 * @param {string | null} system.restricted what kernel.apparmor_restrict_unprivileged_userns says; null without it
 * @param {{ uid: number, mode: number } | null} system.helper owner and mode of chrome-sandbox
 * @param {boolean} system.isRoot
 * @param {string} system.folder where the binary is
 * @returns {string | null} what to run, for a person; null where the sandbox works
 */
export function sandboxRemedy({ restricted, helper, isRoot, folder }) {
  if (isRoot || restricted?.trim() !== '1') return null;
  const isSetUp = helper?.uid === 0 && (helper.mode & 0o4755) === 0o4755;
  if (isSetUp) return null;
  const file = join(folder, 'chrome-sandbox');
  return [
    'This system lets no program make user namespaces (AppArmor), so Electron cannot start its sandbox. Please run:',
    `  sudo chown root:root ${file} && sudo chmod 4755 ${file}`,
    'Again after each new Electron. The .deb package brings a profile of its own; nothing has to be done for it.',
  ].join('\n');
}

/** @param {string} root @returns {string | null} as `sandboxRemedy`, for this computer */
export function sandboxRemedyHere(root) {
  const folder = join(root, 'node_modules', 'electron', 'dist');
  return sandboxRemedy({
    restricted: readOrNull('/proc/sys/kernel/apparmor_restrict_unprivileged_userns'),
    helper: statOrNull(join(folder, 'chrome-sandbox')),
    isRoot: process.getuid?.() === 0,
    folder,
  });
}

/** @param {string} file */
function readOrNull(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

/** @param {string} file */
function statOrNull(file) {
  try {
    return statSync(file);
  } catch {
    return null;
  }
}
