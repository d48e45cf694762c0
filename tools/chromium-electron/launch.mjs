// @ts-check
// Stands in for Electron's executable: Node runs the app's main bundle, Chromium shows its windows (README.md).
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import inspector from 'node:inspector';
import Module, { createRequire, register } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { api, named } from './api.mjs';
import { app, start } from './app.mjs';
import { parseCommandLine } from './command-line.mjs';
import { runtime } from './runtime.mjs';

const args = process.argv.slice(2);
if (process.env['ELECTRON_RUN_AS_NODE']) {
  process.exit(spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1);
}

// As Electron finds its app: resources/app.asar beside the executable, else what the command line names.
const archive = path.join(import.meta.dirname, 'resources', 'app.asar');
const isPackaged = fs.existsSync(archive);
const appArguments = isPackaged ? [await unpackArchive(archive), ...args] : args;
const { preloads, switches, target, inspectPort } = parseCommandLine(appArguments, process.cwd());
const isFolder = fs.statSync(target).isDirectory();
const folder = isFolder ? target : path.dirname(target);
const manifest = path.join(folder, 'package.json');
runtime.appPath = isPackaged ? archive : folder;
runtime.folder = folder;
app.isPackaged = isPackaged;
runtime.switches = switches;
if (fs.existsSync(manifest)) runtime.manifest = JSON.parse(fs.readFileSync(manifest, 'utf8'));
const main = isFolder ? path.resolve(folder, runtime.manifest.main ?? 'index.js') : target;

/** The version of the npm package, whose API we stand in for; packaged, of the file that Electron's archives have too. */
function electronVersion() {
  const file = path.join(import.meta.dirname, 'version');
  if (isPackaged && fs.existsSync(file)) return fs.readFileSync(file, 'utf8').trim();
  try {
    return createRequire(path.join(folder, 'index.js'))('electron/package.json').version;
  } catch {
    return '0.0.0';
  }
}
const version = electronVersion();
if (switches.has('version')) {
  console.log(`v${version}`);
  process.exit(0);
}
Object.defineProperty(process.versions, 'electron', { value: version, enumerable: true });
// So that the app can say plainly what shows its window.
Object.defineProperty(process.versions, 'chromium-electron', { value: version, enumerable: true });
Object.assign(process, {
  type: 'browser',
  ...(!isPackaged && { defaultApp: true }),
  resourcesPath: isPackaged ? path.dirname(archive) : import.meta.dirname,
});
process.argv = [process.argv[1] ?? '', ...args];

if (process.getuid?.() === 0 && !switches.has('no-sandbox')) {
  // As in Electron, before any of the app's own code (electron_main_delegate.cc).
  console.error('Running as root without --no-sandbox is not supported. See https://crbug.com/638180.');
  process.exit(1);
}
provideElectron();
if (inspectPort !== null) inspector.open(inspectPort, '127.0.0.1'); // prints the line that Playwright waits for
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => app.quit());
// As in Electron, one failed promise does not end the app.
process.on('unhandledRejection', (error) => console.error('UnhandledPromiseRejection:', error));

try {
  for (const preload of preloads) createRequire(import.meta.url)(path.resolve(preload));
  await import(pathToFileURL(main).href);
} catch (error) {
  console.error('App threw an error during load\n', error);
  process.exit(1);
}
await start({ headless: isHeadless() });

/**
 * Node cannot read an archive, so the app runs from a copy of its content, which goes when it ends.
 * @param {string} file
 * @returns {Promise<string>} the folder
 */
async function unpackArchive(file) {
  const { extractAll } = await import('@electron/asar');
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'chromium-electron-app-'));
  process.on('exit', () => fs.rmSync(copy, { recursive: true, force: true }));
  extractAll(file, copy);
  return copy;
}

/** Gives `electron` to `require` (Playwright's loader, the inspector's console) and to `import` (the bundle). */
function provideElectron() {
  const loader = /** @type {any} */ (Module);
  const load = loader._load;
  loader._load = (/** @type {string} */ id, /** @type {unknown[]} */ ...rest) =>
    /^electron(\/(main|common))?$/.test(id) ? api : load(id, ...rest);
  /** @type {any} */ (globalThis)[Symbol.for('chromium-electron:electron')] = { named, api };
  register('./import-hooks.mjs', import.meta.url, { data: { names: Object.keys(named) } });
}

function isHeadless() {
  const wish = process.env['CHROMIUM_ELECTRON_HEADLESS'];
  if (wish) return wish !== '0';
  return !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
}
