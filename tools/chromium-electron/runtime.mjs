// @ts-check

/**
 * What the launcher learns and the API needs: one app, one Chromium, its windows.
 * @typedef {object} Manifest
 * @property {string} [name]
 * @property {string} [productName]
 * @property {string} [version]
 * @property {string} [main]
 * @property {string} [type]
 */
export const runtime = {
  /** @type {Manifest} */
  manifest: {},
  appPath: process.cwd(),
  /** Where the app's files are: `appPath`, or the copy of the archive that it names. */
  folder: process.cwd(),
  /** @type {Map<string, string>} */
  switches: new Map(),
  /** Until the main bundle has run and Chromium is started, the app is not ready. @type {import('./chromium.mjs').Chromium | null} */
  chromium: null,
  isQuitting: false,
};

/**
 * Electron reads inside of archives (https://www.electronjs.org/docs/latest/tutorial/asar-archives); Node, of their copy.
 * @param {string} file
 */
export const readablePath = (file) =>
  file.startsWith(`${runtime.appPath}/`) ? `${runtime.folder}${file.slice(runtime.appPath.length)}` : file;

/** @returns {import('./chromium.mjs').Chromium} */
export function chromium() {
  if (!runtime.chromium) throw new Error('chromium-electron: the app is not ready');
  return runtime.chromium;
}
