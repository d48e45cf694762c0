// @ts-check
// `npm run setup`: makes this machine able to run and test the app. Plain Node, since nothing is installed yet;
// says next to nothing and takes a moment when nothing is to do.
//   --retry-electron   try to download Electron's binary again, although today's attempt failed
import { join } from 'node:path';
import { electronChoice, electronVersion } from './electron-environment.mjs';
import { downloadBinary, sandboxRemedyHere } from './setup/electron.mjs';
import { alone, lockFileOf } from './setup/lock.mjs';
import { canReachGitHub, installModules, readStamp, writeStamp } from './setup/modules.mjs';
import { BASE, neededToRun } from './setup/packages.mjs';
import { ask, say } from './setup/run.mjs';
import { mayTryElectron } from './setup/stamp.mjs';
import { distribution, installSystemPackages } from './setup/system.mjs';

const ROOT = join(import.meta.dirname, '..');
const LEAST_NODE = [20, 19];

process.exitCode = (await main()) ? 0 : 1;

async function main() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE;
  if (major < leastMajor || (major === leastMajor && minor < leastMinor)) {
    say(`Node ${LEAST_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`);
    return false;
  }
  try {
    return await alone(lockFileOf(ROOT), {
      onWait: () => say('another set-up of this folder is running; waiting for it'),
      work: setUp,
    });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return false;
  }
}

async function setUp() {
  const system = distribution();
  if (system && !(await installSystemPackages(BASE, system))) return false;
  if (!(await installModules(ROOT))) return false;
  if (electronChoice() !== 'electron') await downloadElectron();
  if (system) {
    const isOffered = (/** @type {string} */ name) => ask(['apt-cache', 'show', name]) !== null;
    const needed = neededToRun(electronChoice(), system, isOffered);
    if (!(await installSystemPackages(needed, system))) return false;
  }
  say(whatRuns(system));
  const remedy = electronChoice() === 'electron' ? sandboxRemedyHere(ROOT) : null;
  if (remedy) say(remedy);
  return true;
}

/** Once a day, and only where it can succeed: the binary comes from GitHub's releases. */
async function downloadElectron() {
  const stamp = readStamp(ROOT);
  const retry = process.argv.includes('--retry-electron');
  if (!stamp || !mayTryElectron(stamp, { now: Date.now(), retry })) return;
  if ((await canReachGitHub()) && (await downloadBinary(ROOT))) return;
  writeStamp(ROOT, { ...stamp, electronTriedAt: new Date().toISOString() });
}

/** @param {import('./setup/packages.mjs').Distribution | null} system @returns {string} one line */
function whatRuns(system) {
  switch (electronChoice()) {
    case 'electron':
      return `Electron ${electronVersion()} runs the app.`;
    case 'chromium': {
      const version = system && ask(['dpkg-query', '--show', '--showformat=${Version}', 'chromium']);
      const major = version ? ` ${version.split('.', 1)[0]}` : '';
      return `Chromium${major} stands in for Electron ${electronVersion()} (its binary could not be downloaded).`;
    }
    default:
      return system?.kind === 'ubuntu'
        ? "nothing can run the app: Electron's binary could not be downloaded, and Ubuntu has Chromium as a snap only, which cannot stand in. `npx install-electron` downloads it; or set CHROMIUM_PATH."
        : "nothing can run the app: Electron's binary could not be downloaded. `npx install-electron` tries again.";
  }
}
