// @ts-check

/**
 * @typedef {object} SystemPackage
 * @property {string} name as Debian and Ubuntu call it
 * @property {string} [newName] its name since the 64-bit time change: Debian 13, Ubuntu 24.04
 * @property {string} file shows that it is there; `*` stands for the machine's library folder
 */

/** @type {(name: string, file: string, newName?: string) => SystemPackage} */
const pkg = (name, file, newName) => ({ name, file, ...(newName && { newName }) });

/** Needed whatever runs the app: to build keytar, for its keyring, for a window without a screen, to show names. */
export const BASE = [
  pkg('libsecret-1-0', '*/libsecret-1.so.0'),
  pkg('libsecret-1-dev', '/usr/include/libsecret-1/libsecret/secret.h'),
  pkg('pkg-config', '/usr/bin/pkg-config'),
  pkg('g++', '/usr/bin/g++'),
  pkg('make', '/usr/bin/make'),
  pkg('python3', '/usr/bin/python3'),
  pkg('gnome-keyring', '/usr/bin/gnome-keyring-daemon'),
  pkg('libsecret-tools', '/usr/bin/secret-tool'),
  pkg('dbus', '/usr/bin/dbus-run-session'),
  pkg('dbus', '/usr/bin/dbus-send'),
  pkg('xvfb', '/usr/bin/xvfb-run'),
  pkg('xauth', '/usr/bin/xauth'),
  pkg('fonts-noto-core', '/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf'),
  pkg('fonts-noto-cjk', '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'),
];

/** Libraries that Electron's own binary loads. */
const ELECTRON = [
  pkg('libgtk-3-0', '*/libgtk-3.so.0', 'libgtk-3-0t64'),
  pkg('libnss3', '*/libnss3.so'),
  pkg('libasound2', '*/libasound.so.2', 'libasound2t64'),
  pkg('libgbm1', '*/libgbm.so.1'),
];

/** Stands in for Electron (tools/chromium-electron). On Ubuntu it is a snap, whose confinement does not suit us. */
const CHROMIUM = [pkg('chromium', '/usr/bin/chromium')];

/** What the tests run where it is to be had: the same without windows. Debian has it since 2024, systems made of it may not. */
const CHROMIUM_FOR_TESTS = [pkg('chromium-headless-shell', '/usr/bin/chromium-headless-shell')];

/**
 * @param {'electron' | 'chromium' | 'nothing'} choice what runs the app now
 * @param {Pick<Distribution, 'kind'>} distribution
 * @param {(name: string) => boolean} isOffered whether the distribution has a package
 * @returns {readonly SystemPackage[]} what is needed to run the app and its tests
 */
export function neededToRun(choice, { kind }, isOffered) {
  if (choice === 'electron') return ELECTRON;
  if (kind !== 'debian') return [];
  return [...CHROMIUM, ...CHROMIUM_FOR_TESTS.filter(({ name }) => isOffered(name))];
}

/** What the build of keytar needs: with it, a `npm ci` that left keytar out is worth repeating. */
export const LIBSECRET_HEADERS = '/usr/include/libsecret-1/libsecret/secret.h';

/**
 * @typedef {object} Distribution
 * @property {'debian' | 'ubuntu'} kind
 * @property {boolean} hasNewNames libraries carry the suffix t64
 */

/**
 * @param {string} osRelease the text of /etc/os-release
 * @returns {Distribution | null} null for one whose packages we do not know
 */
export function distributionOf(osRelease) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const line of osRelease.split('\n')) {
    const [, key, value] = /^([A-Z_]+)="?(.*?)"?$/.exec(line.trim()) ?? [];
    if (key !== undefined && value !== undefined) fields[key] = value;
  }
  const family = [fields.ID, ...(fields.ID_LIKE ?? '').split(' ')];
  const version = Number(fields.VERSION_ID ?? Infinity); // Debian testing and unstable have no number
  if (family.includes('ubuntu'))
    return { kind: 'ubuntu', hasNewNames: fields.ID === 'ubuntu' && version >= 24.04 };
  if (family.includes('debian'))
    return { kind: 'debian', hasNewNames: fields.ID === 'debian' && version >= 13 };
  return null;
}

/**
 * @param {readonly SystemPackage[]} wanted
 * @param {(file: string) => boolean} exists
 * @param {Pick<Distribution, 'hasNewNames'>} distribution
 * @param {readonly string[]} [libraryFolders] where `*` is looked for
 * @returns {string[]} names for apt-get, each once
 */
export function missingPackages(wanted, exists, { hasNewNames }, libraryFolders = LIBRARY_FOLDERS) {
  const isThere = (/** @type {string} */ file) =>
    file.startsWith('*') ? libraryFolders.some((folder) => exists(folder + file.slice(1))) : exists(file);
  const names = wanted
    .filter(({ file }) => !isThere(file))
    .map(({ name, newName }) => (hasNewNames && newName) || name);
  return [...new Set(names)];
}

/** Debian's folders for 64-bit PCs and ARM, and the plain ones. */
const LIBRARY_FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'];

/**
 * @param {readonly string[]} packages
 * @param {{ isRoot: boolean }} rights
 * @returns {string[]} a command line; without root it begins with `sudo -n`, which never asks for a password
 */
export function installCommand(packages, { isRoot }) {
  return [...asRoot(isRoot), ...APT_GET, 'install', '--yes', '--no-install-recommends', ...packages];
}

/** @param {{ isRoot: boolean }} rights */
export const updateCommand = ({ isRoot }) => [...asRoot(isRoot), ...APT_GET, 'update'];

const APT_GET = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=120'];
const asRoot = (/** @type {boolean} */ isRoot) => (isRoot ? [] : ['sudo', '-n']);

/** @param {readonly string[]} packages @returns {string} the line for a person to run */
export const lineForPerson = (packages) =>
  `sudo apt-get update && sudo apt-get install --yes --no-install-recommends ${packages.join(' ')}`;
