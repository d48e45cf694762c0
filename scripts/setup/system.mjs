// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import {
  distributionOf,
  installCommand,
  lineForPerson,
  missingPackages,
  updateCommand,
} from './packages.mjs';
import { ask, run, say } from './run.mjs';

const LISTS = '/var/lib/apt/lists';

/** @returns {import('./packages.mjs').Distribution | null} null where we install no system packages */
export function distribution() {
  if (process.platform !== 'linux' || !existsSync('/etc/os-release')) return null;
  return distributionOf(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * Installs what is missing, if this person may.
 * @param {readonly import('./packages.mjs').SystemPackage[]} wanted
 * @param {import('./packages.mjs').Distribution} system
 * @returns {Promise<boolean>} false: it could not be done, and the line to run was said
 */
export async function installSystemPackages(wanted, system) {
  const missing = missingPackages(wanted, existsSync, system);
  if (missing.length === 0) return true;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && ask(['sudo', '-n', 'true']) === null) {
    say(`system packages are missing. Please run, then try again:\n  ${lineForPerson(missing)}`);
    return false;
  }
  say(`installing ${missing.join(', ')} (a minute or two)`);
  const install = () => run(installCommand(missing, { isRoot }));
  // A fresh machine has no lists at all, and old lists name packages that are gone.
  let result = hasLists() ? await install() : null;
  if (!result?.ok) {
    const updated = await run(updateCommand({ isRoot }));
    result = updated.ok ? await install() : updated;
  }
  if (!result.ok) say(`apt-get failed:\n${result.output}\nPlease run:\n  ${lineForPerson(missing)}`);
  return result.ok;
}

const hasLists = () =>
  existsSync(LISTS) &&
  readdirSync(LISTS).some((name) => name.endsWith('_Packages') || name.includes('_Packages.'));
