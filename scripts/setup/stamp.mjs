// @ts-check

/**
 * What the last set-up did, kept in node_modules, so that it goes when they go.
 * @typedef {object} Stamp
 * @property {string} lock SHA-256 of package-lock.json
 * @property {string} nodeMajor
 * @property {boolean} hadHeaders libsecret's headers were there when the packages were installed
 * @property {string} [electronTriedAt] ISO time of the last failed download of Electron's binary
 */

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * @param {Stamp | null} stamp
 * @param {object} now
 * @param {string} now.lock
 * @param {string} now.nodeMajor
 * @param {boolean} now.hasHeaders
 * @param {boolean} now.hasKeytar
 * @returns {string | null} why the npm packages must be installed, in a person's words; null: they need not
 */
export function reasonToInstall(stamp, { lock, nodeMajor, hasHeaders, hasKeytar }) {
  if (!stamp) return 'they are not installed yet';
  if (stamp.lock !== lock) return 'package-lock.json changed';
  if (stamp.nodeMajor !== nodeMajor) return `Node ${stamp.nodeMajor} became ${nodeMajor}`;
  if (!hasKeytar && hasHeaders && !stamp.hadHeaders) return 'keytar can be built now';
  return null;
}

/**
 * @param {Stamp | null} stamp
 * @param {{ now: number, retry: boolean }} options `now` in milliseconds
 * @returns {boolean} whether to try Electron's download: once a day is enough where it cannot succeed
 */
export function mayTryElectron(stamp, { now, retry }) {
  if (retry || !stamp?.electronTriedAt) return true;
  const age = now - Date.parse(stamp.electronTriedAt);
  return !(age >= 0 && age < DAY_MS);
}

/**
 * Whether an installation that we did not make (`npm ci` by hand) is the one the lock file describes.
 * @param {{ packages?: Record<string, LockedPackage> }} lock package-lock.json
 * @param {{ packages?: Record<string, LockedPackage> }} installed node_modules/.package-lock.json, npm's own record
 * @typedef {{ version?: string, optional?: boolean }} LockedPackage
 */
export function isInstalled(lock, installed) {
  const wanted = Object.entries(lock.packages ?? {}).filter(([place]) => place !== '');
  return (
    wanted.length > 0 &&
    wanted.every(([place, { version, optional }]) => {
      const found = installed.packages?.[place];
      return found ? found.version === version : optional === true; // other systems' binaries are optional
    })
  );
}
